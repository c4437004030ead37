"""The shop's data and the program's closed sets name the same things, in both directions."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from bot.conversation.deciding.missing import MISSING_WORDING
from bot.conversation.replaying.details import STOPS
from bot.conversation.saying.reasons import REASONS
from bot.conversation.saying.replies import APPROVAL_WITHIN, load_replies
from bot.conversation.words.things import verdict_words
from bot.orders.demo import demo_orders, demo_stories
from bot.orders.effects import KINDS as CARRIED_OUT
from bot.remedies.lint import texts_of
from bot.remedies.policy import load_policy
from bot.remedies.rulebook import Party, Rule
from bot.remedies.verdict import Freight, Missing, RemedyKind, Tier
from bot.remedies.words import known_words
from bot.settings import DATA_DIR
from nlp.corpus import load_corpus
from nlp.labels import FLAGS, INTENTS, ISSUES, TYPE_OF, TYPES
from tests.factories import NOW

ROOT = Path(__file__).resolve().parents[1]
POLICY = load_policy(DATA_DIR / "policy")
REPLIES = load_replies(DATA_DIR / "replies")
EXAMPLES = load_corpus(DATA_DIR / "corpus")
ESCALATIONS = [f"E{number}" for number in range(1, 15)]  # policy §4.3
SPOKEN = {RemedyKind.EXPLAIN, RemedyKind.REJECT, RemedyKind.HANDOVER}
CONSOLE_WORDS = (ROOT / "bot/console/static/console/words.js").read_text("utf-8")
LEAST_LINES = 20  # fewer examples of a label teach nothing


@pytest.mark.parametrize("kind", RemedyKind)
def test_every_remedy_has_the_words_of_its_button(kind: RemedyKind) -> None:
    assert REPLIES.text(f"option.{kind.value}", amount="¥1.00") != ""


@pytest.mark.parametrize("kind", sorted(set(RemedyKind) - SPOKEN))
def test_every_remedy_that_is_carried_out_has_a_text_for_its_end(kind: RemedyKind) -> None:
    assert REPLIES.text(f"done.{kind.value}") != ""


@pytest.mark.parametrize("kind", sorted(set(RemedyKind) - SPOKEN))
def test_every_remedy_that_is_offered_can_be_carried_out(kind: RemedyKind) -> None:
    assert kind.value in CARRIED_OUT


@pytest.mark.parametrize("kind", RemedyKind)
def test_every_remedy_has_a_name_and_a_time_in_the_policy(kind: RemedyKind) -> None:
    assert (kind.value in POLICY.kind_names, kind.value in POLICY.within) == (True, True)


@pytest.mark.parametrize("section", ["option", "done"])
def test_no_text_stands_for_an_unknown_remedy(section: str) -> None:
    assert set(REPLIES.texts[section]) - {kind.value for kind in RemedyKind} == set()


@pytest.mark.parametrize("payer", get_args(Freight))
def test_every_payer_of_the_way_back_has_words(payer: str) -> None:
    assert payer in REPLIES.texts["freight"]


@pytest.mark.parametrize("issue", [*ISSUES, "none"])
def test_every_issue_is_acknowledged(issue: str) -> None:
    assert REPLIES.text(f"acknowledge.{issue}") != ""


@pytest.mark.parametrize("issue", [*ISSUES, "none"])
def test_every_issue_has_a_rule(issue: str) -> None:
    assert len(POLICY.rules_of[issue]) > 0


@pytest.mark.parametrize("type_", [*TYPES, "none"])
def test_every_type_says_what_was_checked(type_: str) -> None:
    assert len(POLICY.checked[type_]) > 0


@pytest.mark.parametrize("code", ESCALATIONS)
def test_every_escalation_has_words(code: str) -> None:
    assert len(REPLIES.text(f"handed_over.{code}", place="您排在第1位，", within="4小时内")) > 10


def test_no_words_stand_for_an_unknown_escalation() -> None:
    assert set(REPLIES.texts["handed_over"]) == set(ESCALATIONS)


def test_every_escalation_that_code_or_policy_makes_is_known() -> None:
    code = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "bot" / "conversation").rglob("*.py")
    )
    made = set(re.findall(r'"(E\d+)"', code))
    made |= {reason for reason, _ in STOPS.values()}
    made |= {rule.escalate.reason for rule in POLICY.rules if rule.escalate}
    assert made <= set(ESCALATIONS)


@pytest.mark.parametrize("tier", sorted(set(get_args(Tier)) - {"bot"}))
def test_every_tier_above_the_bot_has_a_time_to_approve(tier: str) -> None:
    assert tier in APPROVAL_WITHIN


SPANS = {"分钟": 1, "小时": 60, "天": 24 * 60}  # minutes


def spans_in(text: str) -> set[int]:
    """Return the spans of time that a text names, in minutes."""
    found = re.findall(r"(\d+)(分钟|小时|天)内", text)
    return {int(number) * SPANS[unit] for number, unit in found}


@pytest.mark.parametrize("code", ESCALATIONS)
def test_a_hand_over_names_a_time_where_one_is_watched_and_no_other(code: str) -> None:
    watched = code in REPLIES.texts["handed_over_within"]
    text = REPLIES.texts["handed_over"][code]
    assert ("{within}" in text, spans_in(text)) == (watched, set())
    assert watched == (code in REPLIES.texts["promised"]["person"])


@pytest.mark.parametrize("text", REPLIES.texts["missed"].values())
def test_a_miss_promises_what_its_hand_over_is_watched_for(text: str) -> None:
    assert ("{within}" in text, spans_in(text)) == (True, set())


def test_who_is_on_call_is_called_for_a_reason_that_there_is() -> None:
    assert set(REPLIES.texts["staff_hours"]["on_call"]) <= set(ESCALATIONS)


@pytest.mark.parametrize("term", POLICY.within)
def test_the_time_that_a_remedy_names_is_the_time_that_is_watched(term: str) -> None:
    promised, text = POLICY.promised.get(term), POLICY.within[term]
    if promised == "today":
        assert "今天" in text
    elif promised is not None:
        assert float(promised) * 60 in spans_in(text)


@pytest.mark.parametrize("missing", get_args(Missing))
def test_every_missing_fact_can_be_asked_for(missing: str) -> None:
    key = MISSING_WORDING[missing]
    assert REPLIES.text(key, acknowledge="", wanted="") != ""


@pytest.mark.parametrize(
    "phrase",
    [
        verdict_words.PICTURE, verdict_words.IF_LOST, verdict_words.OF_REFUSING,
        verdict_words.LOST,
        verdict_words.ASK_AROUND, verdict_words.FREIGHT, *verdict_words.IN_VAIN.values(),
    ],
)  # fmt: skip
def test_what_is_looked_for_in_reasons_is_said_by_some_rule(phrase: re.Pattern[str]) -> None:
    said = {
        f"{rule}.{key}" for rule, key, text in texts_of(POLICY)
        if key in {"reasons", "would_change", "ground"} and phrase.search(text)
    }  # fmt: skip
    assert said


@pytest.mark.parametrize("rule", POLICY.rules, ids=lambda rule: rule.id)
def test_the_wording_of_every_rule_fills(rule: Rule) -> None:
    sentences = [*rule.reasons, rule.ground, rule.would_change or ""]
    names = {n for s in sentences for _, n, _, _ in string.Formatter().parse(s) if n is not None}
    assert names - known_words(POLICY) == set()
    assert all(s.format(**dict.fromkeys(names, "某")) for s in sentences if s)


@pytest.mark.parametrize("rule", POLICY.rules, ids=lambda rule: rule.id)
def test_every_rule_names_a_cell_of_the_liability_table(rule: Rule) -> None:
    assert rule.liability in POLICY.liability


@pytest.mark.parametrize(
    "phrase",
    ["亲亲", "马上", "一定会", "系统规定", "公司规定", "恶意", "自己联系快递", "自行联系快递",
     "自己找快递", "加微信", "微信转账", "支付宝转账", "私下", "后果自负", "撤销投诉", "撤诉",
     "改差评", "换个理由", "其他理由"],
)  # fmt: skip
def test_no_text_of_the_policy_breaks_the_service_rules(phrase: str) -> None:
    assert [where for where, _, text in texts_of(POLICY) if phrase in text] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [("CAUSES", POLICY.causes), ("PARTIES", get_args(Party)), ("ISSUES", ISSUES),
     ("TYPES", TYPES), ("REMEDIES", [kind.value for kind in RemedyKind]),
     ("REASONS", ESCALATIONS)],
)  # fmt: skip
def test_the_consoles_page_has_words_for_every_code(name: str, codes: Iterable[str]) -> None:
    found = re.search(rf"const {name} = \{{(.*?)\}};", CONSOLE_WORDS, re.DOTALL)
    assert found, name
    assert set(codes) <= set(re.findall(r"(\w+): [\"\[]", found[1]))


def test_the_consoles_words_for_reasons_are_the_houses() -> None:
    assert dict(re.findall(r'(E\d+): \["(.*?)"', CONSOLE_WORDS)) == REASONS


@pytest.mark.parametrize("issue", [*ISSUES, "none"])
def test_every_issue_is_in_the_corpus(issue: str) -> None:
    primary = Counter(e.issues[0] if e.issues else "none" for e in EXAMPLES)
    assert primary[issue] >= LEAST_LINES


def test_no_label_of_the_corpus_is_unknown() -> None:
    assert {issue for example in EXAMPLES for issue in example.issues} <= set(ISSUES)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_in_the_corpus(intent: str) -> None:
    assert sum(example.intent == intent for example in EXAMPLES) >= LEAST_LINES


@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_is_in_the_corpus(flag: str) -> None:
    assert sum(flag in example.flags for example in EXAMPLES) > 0


def test_every_intent_that_code_asks_for_is_known() -> None:
    code = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "bot" / "conversation").rglob("*.py")
    )
    named = set(re.findall(r'"(want_\w+|ask_policy|ask_product|order_status)"', code))
    assert named - set(INTENTS) == set()


def documented() -> set[str]:
    """Return the settings that the README tells of."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return set(re.findall(r"JIEFEN_[A-Z_]+[A-Z]", text))


def read_by_code() -> set[str]:
    """Return the settings that the program reads."""
    text = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'"(JIEFEN_[A-Z_]+[A-Z])"', text))


def test_every_setting_is_documented() -> None:
    assert read_by_code() - documented() == set()


def test_every_documented_setting_is_read() -> None:
    assert documented() - read_by_code() == set()


def test_every_story_of_the_demo_is_about_a_known_issue() -> None:
    stories = demo_stories()
    assert {story.issue for story in stories} <= {*ISSUES, "none"}
    assert [s for s in stories if s.dispute_type != TYPE_OF.get(s.issue, "none")] == []


def test_every_story_of_the_demo_has_its_order() -> None:
    numbers = {order.order_no for order in demo_orders(NOW)}
    assert {story.order_no for story in demo_stories()} <= numbers


@pytest.mark.parametrize(
    "folder", sorted(p for p in DATA_DIR.iterdir() if p.is_dir()), ids=lambda p: p.name
)
def test_every_folder_of_data_says_what_it_is(folder: Path) -> None:
    assert (folder / "README.md").exists()


def test_data_holds_no_code() -> None:
    assert list(DATA_DIR.rglob("*.py")) == []
