"""What the bot says: every text is there, fills, and keeps to the service rules."""

from __future__ import annotations

import ast
import shutil
import string
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import in_shop_zone
from bot.conversation.saying import offers, options, progress, wording
from bot.conversation.saying.done import done_text
from bot.conversation.saying.order_words import moment, order_status
from bot.conversation.saying.replies import TONES, load_replies
from bot.conversation.shapes.steps import HandOver, Say
from bot.money import yuan
from bot.settings import DATA_DIR
from tests.factories import NOW
from tests.unit.conversation.talk import (
    LATE,
    ORDERS,
    REPLIES,
    STALLED,
    Talk,
    executing,
    finished,
    offered,
    resolved,
)

ROOM = Path(wording.__file__).parent.parent
# Put together by code, so there is no text of that name; or only the beginning of a name.
COMPUTED = {
    "arrival_again", "asked_after", "beside", "courier_phone", "in_parcels", "order_status",
    "progress", "remedy_", "return_status",
}  # fmt: skip
# Policy §6 forbids the first eight, §4.1 the others.
FORBIDDEN = [
    "最终解释权", "一经售出概不退换", "签收即视为认可", "特价商品不退不换", "付款后合同不成立",
    "法律规定最多赔三倍运费", "给好评才退", "撤销投诉才赔",
    "马上", "一定", "系统规定", "公司规定", "亲亲", "好评", "删除评价", "恶意",
    "自己联系快递", "自行联系快递", "自己找快递", "加微信", "微信转账", "支付宝转账", "私下",
    "后果自负", "撤销投诉", "撤诉", "改差评", "换个理由", "其他理由", "不想要了的理由",
]  # fmt: skip


def literals(name: str) -> Iterator[tuple[str, str]]:
    """Yield what the room's code passes by this keyword, with the file."""
    for file in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == name:
                for part in ast.walk(node.value):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value, file.name


def texts(part: Any = None, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of the shop's with its key."""
    for key, value in (REPLIES.texts if part is None else part).items():
        if isinstance(value, dict):
            yield from texts(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", str(value)


TEXTS = dict(texts())
WORDINGS = sorted({key for key, _ in literals("wording") if "{" not in key})


@pytest.mark.parametrize("key", WORDINGS)
def test_every_wording_that_code_names_exists(key: str) -> None:
    assert key in TEXTS or key in COMPUTED


@pytest.mark.parametrize("outcome", ["done", "uncertain", "refused"])
def test_every_outcome_that_is_told_has_a_text(outcome: str) -> None:
    assert f"remedy_{outcome}" in TEXTS


def test_every_text_is_used() -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in ROOM.rglob("*.py"))
    unused = [k for k in TEXTS if k.split(".")[0] not in written and "remedy_" not in k]
    assert unused == []


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_fills(key: str) -> None:
    names = {name for _, name, _, _ in string.Formatter().parse(TEXTS[key]) if name}
    assert REPLIES.text(key, **dict.fromkeys(names, "某")).strip() != "" or TEXTS[key] == ""


@pytest.mark.parametrize("key", TEXTS)
def test_no_text_uses_a_forbidden_phrase(key: str) -> None:
    assert [phrase for phrase in FORBIDDEN if phrase in TEXTS[key]] == []


@pytest.mark.parametrize("place", range(len(REPLIES.answers)))
def test_no_answer_uses_a_forbidden_phrase(place: int) -> None:
    text = REPLIES.answers[place]["text"]
    assert [phrase for phrase in FORBIDDEN if phrase in text] == []


def test_the_last_answer_fits_every_question() -> None:
    assert wording.answer(REPLIES, "完全不相干的问题") == REPLIES.answers[-1]["text"]


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        REPLIES.text("no.such.key")


def test_facts_with_braces_are_left_as_they_are() -> None:
    told = REPLIES.text("order_unknown", order_no="{0}{x}")
    assert "{0}{x}" in told


def test_regret_is_expressed_once_in_a_matter() -> None:
    talk = Talk()
    told = [
        wording.wording(REPLIES, Say(about="x", wording="ask_order_no", facts={"matter": "1"}), s)
        for s in (offered().state, talk.state)
    ]
    assert ["抱歉" in text for text in told] == [True, False]


def test_the_place_in_the_queue_is_told() -> None:
    step = HandOver(reason="E8", level="L1")
    assert [
        part in offers.hand_over_text(REPLIES, step, ahead, NOW)
        for ahead, part in ((0, "您排在第1位"), (3, "前面还有3位"))
    ] == [True, True]


def at(hour: int, minute: int = 0) -> datetime:
    """Return a moment of the day of NOW, on the shop's clock."""
    return in_shop_zone(NOW).replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("reason", "now", "part"),
    [
        ("E7", at(10), "10分钟内联系"),
        ("E7", at(21, 50), "10分钟内联系"),
        ("E7", at(21, 51), "最迟11月25日 09:01前联系"),
        ("E7", at(8, 50), "20分钟内联系"),
        ("E5", at(18), "4小时内答复"),
        ("E5", at(18, 1), "最迟11月25日 09:01前答复"),
        ("E5", at(3), "最迟11月24日 13:00前答复"),
        ("E2", at(3), "1小时内联系"),  # food: somebody is on call
        ("E10", at(23), "1小时内联系"),
        ("E8", at(3), "人工服务时间是每天09:00–22:00，您排在第1位"),
        ("E8", at(9), "转接人工。您排在第1位"),
    ],
)
def test_outside_their_hours_people_are_promised_from_the_morning(
    reason: str, now: datetime, part: str
) -> None:
    assert part in offers.hand_over_text(REPLIES, HandOver(reason=reason, level="L2"), 0, now)


@pytest.mark.parametrize(
    ("tier", "now", "due"),
    [
        ("L1", at(10), "11月24日 10:30"),
        ("L1", at(21, 45), "11月25日 09:15"),
        ("L2", at(0), "11月24日 13:00"),
        ("S", at(20), "11月25日 11:00"),
    ],
)
def test_an_approval_is_promised_in_staff_hours(tier: str, now: datetime, due: str) -> None:
    assert moment(REPLIES.approval_due(tier, now)) == due


def test_the_answer_about_the_hours_names_those() -> None:
    hours = REPLIES.staff_hours
    told = f"{hours.opens.hour}:{hours.opens:%M}–{hours.closes.hour}:{hours.closes:%M}"
    assert told in wording.answer(REPLIES, "客服几点上班")


@pytest.mark.parametrize(
    ("talk", "part"),
    [
        (offered(), "方案已经给您"),
        (offered().pick("refund"), "方案已经给您"),
        (executing(), "正在办理"),
        (executing("compensation", STALLED, "no_tracking"), "等人工复核"),
        (finished(executing(), "uncertain"), "等订单系统的回执"),
        (resolved(), "已经办妥"),
        (offered().say("算了，不用处理了"), "已按您的意思撤销"),
        (offered().say(intent="want_human"), "已转给同事"),
    ],
    ids=[
        "offered",
        "confirming",
        "executing",
        "approval",
        "uncertain",
        "done",
        "let go",
        "person",
    ],
)
def test_progress_is_told_from_the_record(talk: Talk, part: str) -> None:
    assert part in progress.progress(REPLIES, talk.matter, talk.state)


def test_no_matter_has_no_progress() -> None:
    assert progress.progress(REPLIES, None, Talk().state) == REPLIES.text("progress_none")


@pytest.mark.parametrize(
    ("fen", "words"), [(0, "¥0.00"), (5, "¥0.05"), (1990, "¥19.90"), (299900, "¥2,999.00")]
)
def test_a_sum_reads_as_customers_write_it(fen: int, words: str) -> None:
    assert yuan(fen) == words


def test_a_moment_reads_on_the_shops_clock() -> None:
    assert moment("2026-11-20T18:05:00+00:00") == "11月21日 02:05"


@pytest.mark.parametrize("order_no", list(ORDERS))
def test_every_order_can_be_told(order_no: str) -> None:
    told = order_status(ORDERS[order_no], None, late=False)
    assert order_no in told
    assert "None" not in told


def test_a_refund_that_was_made_says_when_and_its_latest_arrival() -> None:
    back = {"state": "refunded", "amount_fen": 10138, "refunded_at": "2026-11-22T02:00:00+00:00"}
    told = order_status({**ORDERS[LATE], "returns": [back]}, None, late=False)
    assert "退款已完成，金额¥101.38，11月22日已原路退回，1–7个工作日到账，最迟12月1日。" in told
    back = {"state": "refunded", "amount_fen": 10138, "refunded_at": None}
    told = order_status({**ORDERS[LATE], "returns": [back]}, None, late=False)
    assert told.endswith("退款已完成，金额¥101.38。")


def test_an_option_says_what_how_much_and_who_pays_the_way_back() -> None:
    option = {"kind": "return_refund", "amount_fen": 8900, "return_freight": "shop"}
    assert options.option_label(REPLIES, option) == "退货退款 ¥89.00（运费我们承担）"


def test_the_facts_of_a_parcel_are_told() -> None:
    assert "等待发货" in order_status(ORDERS[LATE], None, late=False)


def in_tone(folder: Path, tone: str) -> Path:
    """Return a copy of the shop's texts in which that tone is chosen."""
    shutil.copytree(DATA_DIR / "replies", folder)
    text = (folder / "shop.yaml").read_text(encoding="utf-8")
    assert "\ntone: neutral\n" in text
    chosen = text.replace("\ntone: neutral\n", f"\ntone: {tone}\n")
    (folder / "shop.yaml").write_text(chosen, encoding="utf-8")
    return folder


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_keeps_to_the_service_rules(tmp_path: Path, tone: str) -> None:
    spoken = dict(texts(load_replies(in_tone(tmp_path / "replies", tone)).texts))
    assert spoken.keys() == TEXTS.keys()
    wrong = [(k, p) for k, text in spoken.items() for p in FORBIDDEN if p in text]
    assert wrong == []
    assert "AI" in spoken["greet"]
    assert all("AI" in spoken[k] and "转人工" in spoken[k] for k in ("greet", "ai_label"))


@pytest.mark.parametrize("tone", TONES[1:])
def test_a_tone_acknowledges_every_issue_in_its_own_words(tmp_path: Path, tone: str) -> None:
    spoken = dict(texts(load_replies(in_tone(tmp_path / "replies", tone)).texts))
    same = [k for k in TEXTS if k.startswith("acknowledge.") and spoken[k] == TEXTS[k]]
    assert same == []


def test_a_confirmed_remedy_that_the_facts_no_longer_allow_is_said_to_be_off() -> None:
    """The order was cancelled and paid back elsewhere between the offer and the yes."""
    talk = offered().pick("refund")
    paid_back = [payment | {"status": "refunded"} for payment in ORDERS[LATE]["payments"]]
    talk.orders = {LATE: ORDERS[LATE] | {"status": "cancelled", "payments": paid_back}}
    talk.pick("confirm")
    (told,) = talk.told
    assert told.startswith("办理前我又核对了一遍订单")
    assert "“全额退款 ¥199.00”现在办不了" in told
    assert len(told.splitlines()) > 1, "the ground is told"


def test_what_was_offered_on_a_condition_is_confirmed_and_done_on_it() -> None:
    exchange = {
        "kind": "exchange", "amount_fen": 0, "return_freight": "shop",
        "detail": {"note": "寄回后先查验", "correction": "44码"},
    }  # fmt: skip
    assert options.condition_of(REPLIES, exchange) == "，寄回后先查验"
    told = done_text(REPLIES, exchange)
    assert "寄回后先查验。" in told
    assert "新件按“44码”给您准备。" in told
    plain = {**exchange, "detail": {}}
    assert options.condition_of(REPLIES, plain) == ""
    assert "查验" not in done_text(REPLIES, plain)
    assert "新件按" not in done_text(REPLIES, plain)
