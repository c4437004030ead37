"""What the bot says: the texts of data/replies, filled with facts; pure once loaded."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.clock import in_shop_zone
from bot.conversation.order_words import moment, order_status, yuan
from bot.conversation.state import Matter, State
from bot.conversation.steps import Ask, Grant, HandOver, Offer, Say
from bot.errors import DataError
from bot.remedies.verdict import RemedyOption, Verdict
from nlp.labels import ISSUE_NAMES

OFFER_STANDS = timedelta(hours=24)
APPROVAL_WITHIN = {"L1": timedelta(minutes=30), "L2": timedelta(hours=4), "S": timedelta(hours=4)}
TONES = ("neutral", "empathetic", "formal")  # the first is how shop.yaml itself speaks
CIRCLED = "①②③④⑤"


@dataclass(frozen=True, slots=True)
class Replies:
    """The shop's texts, checked at load."""

    texts: Mapping[str, Any]
    answers: Sequence[Mapping[str, Any]]

    def text(self, key: str, **facts: object) -> str:
        """Return the text of the key ("progress.done"), filled; raises KeyError when unknown."""
        entry: Any = self.texts
        for part in key.split("."):
            entry = entry[part]
        filled = str(entry).format(**facts)
        return "\n".join(line for line in filled.splitlines() if line.strip())


def load_replies(folder: Path) -> Replies:
    """Read the shop's texts in the tone that it chose.

    Raises DataError naming file and key of the first mistake.
    """
    texts = _read(folder / "shop.yaml")
    answers = _read(folder / "answers.yaml")
    if not isinstance(texts, dict) or not isinstance(answers, list):
        raise DataError(f"{folder}: shop.yaml must be a mapping and answers.yaml a list")
    _check_braces(folder / "shop.yaml", texts, "")
    return Replies(_in_tone(folder, texts), answers)


def _in_tone(folder: Path, texts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the texts with those that the chosen tone words otherwise."""
    tone = texts.get("tone", TONES[0])
    if tone not in TONES:
        allowed = ", ".join(TONES)
        raise DataError(f"{folder / 'shop.yaml'}: tone: unknown {tone!r}; allowed: {allowed}")
    if tone == TONES[0]:
        return texts
    file = folder / f"tone_{tone}.yaml"
    changes = _read(file)
    if not isinstance(changes, dict):
        raise DataError(f"{file}: must be a mapping")
    _check_braces(file, changes, "")
    return _reworded(file, texts, changes, "")


def _reworded(
    file: Path, texts: Mapping[str, Any], changes: Mapping[str, Any], path: str
) -> dict[str, Any]:
    """Put each changed text in its place; it must be there, and carry no other facts."""
    told = dict(texts)
    for key, text in changes.items():
        here = f"{path}{key}"
        if key not in texts or isinstance(texts[key], dict) != isinstance(text, dict):
            raise DataError(f"{file}: {here}: shop.yaml has no such text")
        if isinstance(text, dict):
            told[key] = _reworded(file, texts[key], text, f"{here}.")
            continue
        if strange := sorted(_names(text) - _names(texts[key])):
            raise DataError(f"{file}: {here}: unknown {{{strange[0]}}}")
        told[key] = text
    return told


def _names(text: object) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


def _read(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"{file}: {error}") from error


def _check_braces(file: Path, texts: Mapping[str, Any], path: str) -> None:
    for key, value in texts.items():
        here = f"{path}{key}"
        if isinstance(value, dict):
            _check_braces(file, value, f"{here}.")
            continue
        try:
            list(string.Formatter().parse(str(value)))
        except ValueError as error:
            raise DataError(f"{file}: {here}: {error}") from error


def option_label(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return the words of a button: what, how much, and who pays the way back."""
    what = replies.text(f"option.{option['kind']}", amount=yuan(option["amount_fen"]))
    return what + replies.text(f"freight.{option['return_freight']}")


def wording(replies: Replies, step: Ask | Say, state: State) -> str:
    """Return the text of a question or a remark."""
    facts = dict(step.facts)
    matter = state.matter(facts.get("matter"))
    if step.wording == "order_status":
        record = state.orders[facts["order_no"]].record
        return order_status(record or {})
    if step.wording == "progress":
        return progress(replies, matter, state)
    if step.wording in {"ask_policy", "ask_product"}:
        return answer(replies, str(facts["question"]))
    return replies.text(step.wording, **_facts(replies, facts, matter, state))


def _facts(
    replies: Replies, facts: dict[str, Any], matter: Matter | None, state: State
) -> dict[str, Any]:
    if "issue" in facts:
        facts["issue"] = issue_words(facts["issue"])
    facts["acknowledge"] = _acknowledge_once(replies, matter, state)
    if matter is not None:
        facts["progress"] = progress(replies, matter, state)
    if "option" in facts:
        option = facts["option"]
        facts["option"] = option_label(replies, option) + _change_to(replies, option)
        facts["within"] = f"{option['within']}。" if option.get("within") else ""
    elif matter is not None and matter.remedy is not None:
        facts.update(_remedy_facts(replies, matter))
    return facts


def _change_to(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return what would be changed to, so that nobody confirms an address they did not read."""
    correction = option.get("detail", {}).get("correction")
    shown = correction and option["kind"] in {"correct_order", "intercept", "invoice"}
    return replies.text("change_to", correction=correction) if shown else ""


def _acknowledge_once(replies: Replies, matter: Matter | None, state: State) -> str:
    """Return the words of regret for the matter, before its first question only."""
    if matter is None or any(key.startswith(f"{matter.id}:") for key in state.asked):
        return ""
    return replies.text(f"acknowledge.{matter.issue}")


def _remedy_facts(replies: Replies, matter: Matter) -> dict[str, Any]:
    remedy = matter.remedy
    if remedy is None:
        return {}
    return {
        "option": option_label(replies, remedy.option),
        "done": replies.texts["done"].get(remedy.option["kind"], ""),
        "reference": f"办理编号 {remedy.reference}。" if remedy.reference else "",
        "reason": remedy.note,
    }


def issue_words(issue: str) -> str:
    """Return the issue's Chinese name."""
    return ISSUE_NAMES.get(issue, "订单问题")


def progress(replies: Replies, matter: Matter | None, state: State) -> str:
    """Return where a matter stands, from the record and not from memory."""
    if matter is None:
        return replies.text("progress_none")
    verdict = matter.verdict or {}
    facts = {
        "what": issue_words(matter.issue),
        "order_no": matter.order_no or "（未提供）",
        **_remedy_facts(replies, matter),
    }
    # What staff wrote beside a refusal stands for the verdict's reasons; most write nothing.
    facts["reason"] = facts.get("reason") or "".join(verdict.get("reasons", ()))
    told = replies.text(f"progress.{_progress_key(matter)}", **facts)
    order = state.orders.get(matter.order_no or "")
    history = "；".join(order.history) if order and order.owned else ""
    return f"{told}\n办理记录：{history}" if history else told


def _progress_key(matter: Matter) -> str:
    if matter.stage == "ended":
        done = matter.remedy and matter.remedy.state == "done" and matter.end == "resolved"
        told = matter.remedy and matter.remedy.option["kind"] == "explain"
        return "done" if done and not told else "rejected" if told else matter.end or "resolved"
    if matter.remedy and matter.remedy.state in {"uncertain", "failed"}:
        return matter.remedy.state
    return {
        "gathering": "open",
        "offered": "offered",
        "confirming": "offered",
        "approval": "awaiting_approval",
    }.get(matter.stage, matter.stage)


def answer(replies: Replies, question: str) -> str:
    """Return the shop's answer to a question of policy."""
    for entry in replies.answers:
        if not entry["words"] or any(word in question for word in entry["words"]):
            return str(entry["text"])
    return replies.text("unclear")


def offer_text(replies: Replies, step: Offer, matter: Matter, state: State, now: datetime) -> str:
    """Return the whole offer: fact, responsibility, options, one ask, deadline."""
    options = step.verdict.options
    lines = [
        f"{CIRCLED[place]} {_option_line(replies, option)}" for place, option in enumerate(options)
    ]
    asked = "offer_ask_many" if len(options) > 1 else "offer_ask_one"
    ask = replies.text(asked, deadline=_deadline(now + OFFER_STANDS))
    again = bool(matter.declined or matter.concessions) and not step.again
    key = "offer_more" if matter.concessions and not step.again else "offer_again"
    return replies.text(
        key if again else "offer",
        acknowledge=_acknowledge_once(replies, matter, state),
        reasons="\n".join(step.verdict.reasons),
        responsibility=step.verdict.responsibility,
        options="\n".join(lines),
        ask=ask,
    )


def _option_line(replies: Replies, option: RemedyOption) -> str:
    """Return what an option gives, by when, and what comes with it."""
    note = option.detail.get("note")
    label = option_label(replies, option_dict(option))
    if option.kind in {"explain", "reject"}:
        return label
    line = f"{label}，{within(replies, option)}"
    return f"{line}（{note}）" if note else line


def within(replies: Replies, option: RemedyOption) -> str:
    """Return by when an option takes effect; what needs a review promises no more than that."""
    if option.tier == "bot":
        return option.within
    hours = "30分钟" if option.tier == "L1" else "4小时"
    return replies.text("review_first", hours=hours, within=option.within)


def grant_text(replies: Replies, step: Grant, matter: Matter, state: State, now: datetime) -> str:
    """Return what is said when a remedy is granted, told, or sent for approval."""
    if step.option.kind in {"explain", "reject"} and matter.picked:
        return replies.text("understood")  # the reasons were read in the offer
    if step.option.kind in {"explain", "reject"}:
        return replies.text(
            "told",
            acknowledge=_acknowledge_once(replies, matter, state),
            reasons="\n".join(step.verdict.reasons),
        )
    label = option_label(replies, option_dict(step.option))
    if step.option.tier == "bot":
        return replies.text("granted", option=label)
    deadline = _deadline(now + APPROVAL_WITHIN[step.option.tier])
    return replies.text("granted_approval", option=label, deadline=deadline)


def hand_over_text(replies: Replies, step: HandOver, ahead: int) -> str:
    """Return what is said when a person takes over; `ahead` is how many wait before."""
    place = replies.text("place_nth", ahead=ahead) if ahead else replies.text("place_first")
    return replies.text(f"handed_over.{step.reason}", place=place)


def _deadline(when: datetime) -> str:
    return moment(in_shop_zone(when))


def option_dict(option: RemedyOption) -> dict[str, Any]:
    """Return an option as events and buttons keep it."""
    return {
        "kind": str(option.kind),
        "amount_fen": option.amount_fen,
        "return_freight": option.return_freight,
        "rule": option.rule,
        "tier": option.tier,
        "within": option.within,
        "promise": option.promise,
        "money": option.money,
        "detail": dict(option.detail),
    }


def verdict_dict(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as events and the dispute's row keep it."""
    return {
        "rule": verdict.rule,
        "policy_version": verdict.policy_version,
        "policy_digest": verdict.policy_digest,
        "facts": dict(verdict.facts),
        "options": [option_dict(option) for option in verdict.options],
        "reasons": list(verdict.reasons),
        "checked": list(verdict.checked),
        "liable": verdict.liable,
        "cost_bearer": verdict.cost_bearer,
        "cause": verdict.cause,
        "responsibility": verdict.responsibility,
    }
