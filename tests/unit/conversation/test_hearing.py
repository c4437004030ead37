"""What of an understanding is kept, and what of it is believed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from bot.conversation.shapes.events import Heard
from bot.conversation.words.matters.complaint import asks_of_broken
from bot.conversation.words.matters.hearing import (
    ASSERTED_AT,
    THERE_AT,
    is_foreign,
    may_go_on,
    to_heard,
)
from nlp.extraction import Slots
from nlp.understanding import IssueScore, Understanding


def understood(text: str = "杯子碎了", **changes: Any) -> Understanding:
    """Return an understanding that asserts a damaged article."""
    score = IssueScore("damaged", "quality", 0.97)
    values: dict[str, Any] = {
        "text": text,
        "tokens": (),
        "issues": (score,),
        "primary": "damaged",
        "primary_type": "quality",
        "probability": 0.97,
        "confident": True,
        "intent": "complain",
        "flags": (),
        "signs": (),
        "slots": Slots(),
        "artefact": "a1",
    }
    known = {**values, **changes}  # fields that these tests say nothing of are left empty
    return Understanding(**{f.name: known.get(f.name, ()) for f in fields(Understanding)})


def test_a_certain_issue_is_asserted() -> None:
    heard = to_heard(understood())
    assert (heard.issues, heard.confident, heard.guess) == (("damaged",), True, None)


def test_an_issue_probable_enough_is_asserted_without_certainty() -> None:
    heard = to_heard(understood(confident=False, probability=ASSERTED_AT))
    assert (heard.issues, heard.confident, heard.guess) == (("damaged",), False, None)


def test_an_improbable_issue_is_only_a_guess() -> None:
    scores = (IssueScore("damaged", "quality", THERE_AT - 0.01),)
    doubtful = {"confident": False, "probability": ASSERTED_AT - 0.01, "issues": scores}
    heard = to_heard(understood(**doubtful))
    assert (heard.issues, heard.guess) == ((), "damaged")


def test_what_the_words_tell_comes_first() -> None:
    close = (IssueScore("defect", "quality", 0.9), IssueScore("damaged", "quality", 0.8))
    told = {"primary": "defect", "probability": 0.5, "confident": False, "issues": close}
    assert to_heard(understood("衣服收到就破了个洞", **told)).issues == ("damaged", "defect")


def test_an_unlikely_issue_is_not_told_apart() -> None:
    alone = (IssueScore("defect", "quality", 0.9),)
    heard = to_heard(understood("收到就破了个洞", primary="defect", issues=alone))
    assert heard.issues == ("defect",)


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("外套退回去，你们四天前就收着了，钱呢？", ("refund_delay",)),
        ("退货你们早签收了钱还没给我", ("refund_delay",)),
        ("退回去你们收到了，钱多久到账", ()),
        ("如果退回去你们收到了钱还没到怎么办", ()),
    ],
)
def test_a_return_without_its_money_is_a_matter(text: str, issues: tuple[str, ...]) -> None:
    calm = {"primary": "none", "issues": (), "confident": False, "probability": 0.8}
    assert to_heard(understood(text, **calm)).issues == issues


@pytest.mark.parametrize(("text", "guess"), [("杯子昨天到的", None), ("杯子昨天碎的", "damaged")])
def test_what_only_came_is_not_asked_about(text: str, guess: str | None) -> None:
    scores = (IssueScore("damaged", "quality", THERE_AT - 0.01),)
    doubtful = {"confident": False, "probability": ASSERTED_AT - 0.01, "issues": scores}
    heard = to_heard(understood(text, **doubtful))
    assert (heard.issues, heard.guess) == ((), guess)


def test_where_nothing_is_the_matter_nothing_is_asserted() -> None:
    heard = to_heard(understood(primary="none"))
    assert (heard.issues, heard.guess) == ((), None)


@pytest.mark.parametrize(
    ("sign", "matter"),
    [("food_foreign_body", "spoiled"), ("food_illness", "spoiled"), ("fire", "defect"),
     ("injury", "defect"), ("regulator", None), ("food_expired", None)],
)  # fmt: skip
def test_a_danger_is_on_record_under_its_matter(sign: str, matter: str | None) -> None:
    heard = to_heard(understood(primary="none", issues=(), signs=(sign,)))
    assert heard.issues == ((matter,) if matter else ())


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("多出来那八块是啥钱，邮费？", "fee"),
        ("多收了我20", "overcharge"),
        ("安装费多收了", "fee"),
        ("退货少退了我20块，说扣了手续费", "overcharge"),
        ("多扣了我100块，不是运费的问题", "overcharge"),
    ],
)
def test_a_charge_that_is_named_is_a_fee(text: str, issue: str) -> None:
    scores = (IssueScore("overcharge", "amount", 0.9),)
    assert to_heard(understood(text, primary="overcharge", issues=scores)).issues == (issue,)


@pytest.mark.parametrize("issue", ["process", "attitude"])
def test_who_calls_himself_our_service_and_cheats_is_no_matter_of_service(issue: str) -> None:
    scores = (IssueScore(issue, "after_sales", 0.9),)
    unsure = understood(primary=issue, issues=scores, signs=("fraud",), confident=False)
    assert (to_heard(unsure).issues, to_heard(unsure).guess) == ((), None)
    sure = understood(primary=issue, issues=scores, signs=("fraud",))
    assert to_heard(sure).issues == (issue,)


def test_a_late_refund_beside_a_false_agent_is_still_a_late_refund() -> None:
    scores = (IssueScore("refund_delay", "after_sales", 0.9),)
    told = {"primary": "refund_delay", "issues": scores, "signs": ("fraud",)}
    assert to_heard(understood(**told, confident=False)).issues == ("refund_delay",)


@pytest.mark.parametrize("text", ["你好，反映个情况", "想咨询个事", "跟你们反应一下问题"])
def test_who_only_opens_has_told_nothing_yet(text: str) -> None:
    scores = (IssueScore("defect", "quality", 0.5),)
    unsure = {"primary": "defect", "issues": scores, "confident": False, "probability": 0.5}
    heard = to_heard(understood(text, **unsure))
    assert (heard.issues, heard.guess, heard.intent) == ((), None, "complain")


def test_a_danger_goes_before_the_silence_that_met_it() -> None:
    silence = (IssueScore("no_response", "after_sales", 0.9),)
    heard = to_heard(understood(primary="no_response", issues=silence, signs=("fire",)))
    assert heard.issues == ("defect", "no_response")
    assert to_heard(understood(primary="no_response", issues=silence)).issues == ("no_response",)


def test_what_the_classifier_asserts_of_a_danger_stands() -> None:
    assert to_heard(understood(signs=("food_foreign_body",))).issues == ("damaged",)


def test_an_issue_beside_the_first_must_be_likelier_than_not() -> None:
    scores = (
        IssueScore("damaged", "quality", 0.97),
        IssueScore("courier", "logistics", 0.5),
        IssueScore("slow", "logistics", 0.49),
    )
    assert to_heard(understood(issues=scores)).issues == ("damaged", "courier")


def test_the_primary_issue_comes_first() -> None:
    scores = (IssueScore("courier", "logistics", 0.9), IssueScore("damaged", "quality", 0.8))
    assert to_heard(understood(issues=scores)).issues == ("damaged", "courier")


def test_what_the_classifier_makes_of_other_languages_is_not_believed() -> None:
    heard = to_heard(understood("Where is my parcel? It never came."))
    assert (heard.foreign, heard.issues, heard.guess) == (True, (), None)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my parcel?",
        "Où est mon colis ?",
        "Где моя посылка?",
        "どこですかわたしのにもつは",
        "订单DEMO123，where is my parcel",
        "订单号：JF20261101001 I want to get my money back",
        "顺丰快递 SF1234567890123 has not arrived, please help",
        "where is my order 快递单号 773123456789012",
        "I paid 35.5元 but you sent nothing",
        "你好 can you please refund my order",
        "https://item.shop.cn/12345.html is this still for sale",
        "尾号1024 my package is lost please check",
        "mi paquete no ha llegado todavía",
        "wann kommt mein paket an",
    ],
)
def test_a_sentence_without_chinese_is_foreign(text: str) -> None:
    assert is_foreign(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "ok", "XXL", "JF26112401001", "收到 thank you very much", "😀", "sf", "kf", "3Q",
        "hello 在吗", "iPhone 15 什么时候发货", "iPhone 15 Pro Max",
        "iPhone 15 Pro Max 256GB 坏了", "订单DEMO123 还没到", "https://item.shop.cn/12345.html",
        "快递单号 SF1234567890123", "Apple Watch Ultra 怎么退", "hi 亲 退款ok吗",
        "no no no 不要了", "", "plz发货", "size: XL color: black 发错了", "Nike Air Force",
        "The North Face 羽绒服破了 not ok", "用 Windows 装不上 error 怎么办啊",
    ],
)  # fmt: skip
def test_a_few_letters_are_no_foreign_sentence(text: str) -> None:
    assert is_foreign(text) is False


@pytest.mark.parametrize(
    ("heard", "before", "goes_on"),
    [
        (Heard(intent="complain"), Heard(intent="inform"), True),
        (Heard(intent="other", guess="fee"), Heard(intent="greet"), True),
        (Heard(intent="complain", issues=("slow",)), Heard(), False),
        (Heard(intent="thank"), Heard(), False),
        (Heard(intent="ask_policy"), Heard(), False),
        (Heard(intent="other", signs=("human",)), Heard(), False),
        (Heard(intent="other"), Heard(signs=("human",)), False),
        (Heard(intent="other"), Heard(foreign=True), False),
    ],
)
def test_only_what_names_no_matter_goes_on(heard: Heard, before: Heard, goes_on: bool) -> None:
    assert may_go_on(heard, before) is goes_on


@pytest.mark.parametrize(
    ("flags", "signs", "heard"),
    [
        (("safety",), (), ("injury",)),
        (("safety",), ("fire",), ("fire",)),
        (("privacy", "anger"), (), ("privacy",)),
        (("legal",), (), ()),
        ((), (), ()),
    ],
)
def test_a_grave_flag_that_only_the_classifier_saw_brings_its_sign(
    flags: tuple[str, ...], signs: tuple[str, ...], heard: tuple[str, ...]
) -> None:
    assert to_heard(understood(flags=flags, signs=signs)).signs == heard


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("收到衣服破洞 要退货", ("damaged",)), ("衣服不喜欢 要退货", ()),
        ("没破没脏 要退货", ()), ("破了能退货吗", ()),
    ],
)  # fmt: skip
def test_a_flaw_told_with_a_wish_is_no_mere_wish(text: str, issues: tuple[str, ...]) -> None:
    scores = (IssueScore("damaged", "quality", THERE_AT - 0.01),)
    doubtful = {"confident": False, "probability": ASSERTED_AT - 0.01, "issues": scores}
    assert to_heard(understood(text, intent="want_return", **doubtful)).issues == issues


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("锅坏了想退货", ("defect",)), ("锅坏了 退", ("defect",)),
        ("想退货 锅坏了", ("defect",)), ("我锅好像坏了，麻烦退一下", ("defect",)),
        ("灯不亮了要换一个", ("defect",)), ("水壶漏水要退", ("defect",)),
        ("不锈钢锅裂了我要换货", ("defect",)), ("锅没坏 想退货", ()), ("不是坏了 就想退货", ()),
        ("怕坏了想退货", ()), ("快坏了想退", ()), ("会坏的想退货", ()),
        ("要是坏了我要退货", ()), ("坏了能退吗", ()), ("锅坏了能退吗", ()),
        ("锅坏没坏都想退", ()), ("不小心摔坏了想退货", ()), ("我自己弄坏了想退", ()),
        ("旧锅坏了想换新", ()), ("家里锅坏了想换一个", ()), ("朋友说坏了想退货", ()),
        ("以前买的锅坏了 这个不想要了退货", ()), ("锅坏了才买的 不要了想退货", ()),
        ("盒子坏了想退货", ()), ("坏了退运费吗", ()), ("心情坏了想退货", ()),
    ],
)  # fmt: skip
def test_a_fault_told_with_a_wish_wins_over_a_calm_reading(
    text: str, issues: tuple[str, ...]
) -> None:
    calm = {"primary": "none", "primary_type": "none", "issues": (), "intent": "want_return"}
    assert to_heard(understood(text, **calm)).issues == issues


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("锅坏了能退吗", True), ("灯不亮了能换吗", True), ("锅坏了的话能退吗", False),
        ("坏了能退吗", False), ("要是锅坏了能退吗", False), ("锅没坏能退吗", False),
    ],
)  # fmt: skip
def test_broken_goods_are_asked_of(text: str, asked: bool) -> None:
    assert asks_of_broken(text) is asked


@pytest.mark.parametrize(("probability", "told"), [(0.58, False), (0.88, True)])
def test_an_issue_that_opens_a_dispute_of_its_own_must_be_surer(
    probability: float, told: bool
) -> None:
    scores = (
        IssueScore("price_drop", "amount", 1.0),
        IssueScore("defect", "quality", probability),
    )
    heard = to_heard(understood("刚买三天就降了200", primary="price_drop", issues=scores))
    assert ("defect" in heard.issues) is told
