"""A text that would fail at a customer, or may not be said, is refused when the shop starts."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from bot.conversation.saying.known_texts import FACTS_OF
from bot.conversation.saying.replies import TONES, load_replies
from bot.errors import DataError
from bot.settings import DATA_DIR


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped texts."""
    return shutil.copytree(DATA_DIR / "replies", tmp_path / "replies")


def change(file: Path, old: str, new: str) -> None:
    """Replace one place of the file, which must be there once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def reword(file: Path, key: str, line: str) -> int:
    """Put another line in the place of a text of one line; return its number."""
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, old in enumerate(lines) if old.startswith(f"{key}:"))
    lines[number : number + 1] = [line] if line else []
    file.write_text("\n".join(lines), encoding="utf-8")
    return number + 1


def refusal(folder: Path) -> str:
    """Return why the texts are refused."""
    with pytest.raises(DataError) as caught:
        load_replies(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


NO_TEXT = "expected a text; a number, date, yes or no stands in double quotes"
LEFT_OUT = "{correction} is left out; the program fills it in, it must stay"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("thank: 谢谢{姓名}再见", "thank: unknown {姓名}; no facts are known here"),
        ("thank: 谢谢{name}", "thank: unknown {name}; no facts are known here"),
        ("thank: 谢谢{}", "thank: unknown {}; no facts are known here"),
        ("thank: 谢谢{0}", "thank: unknown {0}; no facts are known here"),
        ("thank: 谢谢｛姓名｝", "thank: full-width '｛'; write the braces { and }"),
        ("thank: 谢谢 {", "thank: a brace is wrong: Single '{' encountered in format string"),
        ("thank: 谢谢 }", "thank: a brace is wrong: Single '}' encountered in format string"),
        ("thank: 给好评才退", "thank: forbidden text '给好评才退': it is void or unlawful"),
        ("thank: 本店拥有最终解释权",
         "thank: forbidden text '最终解释权': it is void or unlawful"),
        ("thank:", f"thank: {NO_TEXT}"),
        ("thank: 2026", f"thank: {NO_TEXT}"),
        ("thank: [好, 的]", f"thank: {NO_TEXT}"),
        ("thank: ''", "thank: says nothing"),
        ("thank: {}", f"thank: {NO_TEXT}"),
        ("thank: {a: 好}", "thank.a: the bot has no such text; did you mean thank?"),
        ("thnak: 不客气", "thnak: the bot has no such text; did you mean thank?"),
        ("tone: brusque", "tone: unknown 'brusque'; allowed: neutral, empathetic, formal"),
        ("corrected: 已改好", f"corrected: {LEFT_OUT}"),
        ("corrected: 已改为{corection}", "corrected: unknown {corection}; allowed: correction"),
        ("corrected: 已改为{correction!r}",
         "corrected: unknown {correction!r}; allowed: correction"),
        ("corrected: 已改为{correction:d}",
         "corrected: unknown {correction:d}; allowed: correction"),
        ("corrected: 已改为{correction.x}",
         "corrected: unknown {correction.x}; allowed: correction"),
        ("staff_hours: {opens: 9, closes: '22:00', on_call: []}",
         "staff_hours: expected opens and closes ('09:00'), on_call ([E1, …])"),
        ("staff_hours: {opens: '09:00', closes: '22:00'}",
         "staff_hours: expected opens and closes ('09:00'), on_call ([E1, …])"),
        ("staff_hours: nine to ten",
         "staff_hours: expected opens and closes ('09:00'), on_call ([E1, …])"),
        ("staff_hours: {opens: '22:00', closes: '09:00', on_call: []}",
         "staff_hours: opens must be before closes"),
        ("staff_hours: {opens: '09:00', closes: '22:00', on_call: [E99]}",
         "staff_hours.on_call: expected reasons from E1 to E14 in brackets"),
        ("staff_hours: {opens: '09:00', closes: '22:00', on_call: [[E1]]}",
         "staff_hours.on_call: expected reasons from E1 to E14 in brackets"),
        ("staff_hours: {opens: '09:00', closes: '22:00', on_call: [{E1: 1}]}",
         "staff_hours.on_call: expected reasons from E1 to E14 in brackets"),
    ],
)  # fmt: skip
def test_a_wrong_text_is_refused_with_file_key_and_line(folder: Path, line: str, why: str) -> None:
    key = line.partition(":")[0].replace("thnak", "thank")
    number = reword(folder / "shop.yaml", key, line)
    assert refusal(folder) == f"{folder / 'shop.yaml'}: {why} (line {number})"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("- a list", "must be a mapping"),
        ("", "must be a mapping"),
        ("a: [", ", line 1, column 5: expected the node content, but found '<stream end>'"),
        ("beside: 好", "beside: is no text itself: its texts stand below it, indented (line 1)"),
        ("thank: 好: 的", ", line 1, column 9: mapping values are not allowed here: "
         "a text that contains ': ' stands in double quotes"),
        ("thank: 好\nthank: 的", ", line 2, column 1: key 'thank' is given twice"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_texts_is_refused(folder: Path, content: str, why: str) -> None:
    (folder / "shop.yaml").write_text(content, encoding="utf-8")
    assert refusal(folder).endswith(why)


@pytest.mark.parametrize("key", ["thank", "ai_label", "corrected", "order_known"])
def test_a_missing_text_is_refused(folder: Path, key: str) -> None:
    reword(folder / "shop.yaml", key, "")
    assert f"shop.yaml: {key}: is missing; every text of the bot stays" in refusal(folder)


def test_all_that_is_missing_is_named_at_once(folder: Path) -> None:
    for key in ("thank", "corrected", "order_known"):
        reword(folder / "shop.yaml", key, "")
    change(folder / "shop.yaml", "\n  refund: 全额退款 {amount}\n", "\n")
    assert refusal(folder).endswith(
        "shop.yaml: thank, order_known, corrected, option.refund: are missing; "
        "every text of the bot stays"
    )


def test_a_text_of_several_lines_may_hold_a_full_width_colon(folder: Path) -> None:
    reword(folder / "shop.yaml", "thank", "thank: |-\n  已登记：\n  wifi：已登记\n")
    assert load_replies(folder).text("thank") == "已登记：\nwifi：已登记"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("\n  freight_shop: ", "\n  freight_shopp: ",
         "beside.freight_shopp: the bot has no such text; did you mean beside.freight_shop?"),
        ("\n  refund: 全额退款 {amount}\n", "\n",
         "option.refund: is missing; every text of the bot stays"),
        ("\n  refund: 全额退款 {amount}\n", "\n  refund: 全额退款 {amount_fen}\n",
         "option.refund: unknown {amount_fen}; allowed: amount"),
        ("{E2: 60, ", "{", "handed_over_within.E2: is missing; every text of the bot stays"),
        ("{E2: 60, ", "{E2: 1h, ",
         "handed_over_within.E2: expected a whole number of minutes, 1 or more"),
        ("{E2: 60, ", "{E2: 0, ",
         "handed_over_within.E2: expected a whole number of minutes, 1 or more"),
        ("{E2: 60, ", "{E2: 60, E13: 60, ", "handed_over_within.E13: the bot has no such text"),
    ],
)  # fmt: skip
def test_a_text_of_a_section_is_named_with_it(folder: Path, old: str, new: str, why: str) -> None:
    change(folder / "shop.yaml", old, new)
    assert f"shop.yaml: {why}" in refusal(folder)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("greeting: 您好", "greeting: the bot has no such text"),
        ("acknowledge: 您好", "acknowledge: is no text itself"),
        ("thank: 谢谢{name}", "thank: unknown {name}"),
        ("thank: {}", "thank: expected a text"),
        ("acknowledge: {}", "acknowledge: is no text itself"),
        ("acknowledge: {defect: {}}", "acknowledge.defect: expected a text"),
        ("thank: 给好评才退", "thank: forbidden text '给好评才退'"),
        ("- a list", "must be a mapping"),
        ("thank: 好: 的", ", line 1, column 9: mapping values are not allowed here"),
    ],
)
def test_a_mistake_in_a_tone_is_named(folder: Path, content: str, why: str) -> None:
    change(folder / "shop.yaml", "\ntone: neutral\n", "\ntone: formal\n")
    (folder / "tone_formal.yaml").write_text(content, encoding="utf-8")
    found = refusal(folder)
    assert "tone_formal.yaml" in found
    assert why in found


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a: mapping", "must be a list of entries with words and text"),
        ("- words: []", "0: an entry has words and text, and nothing else (line 1)"),
        ("- {words: [7], text: 好}",
         "0.words: expected words in brackets; numbers stand in quotes"),
        ("- {words: 发票, text: 好}", "0.words: expected words in brackets"),
        ("- {words: ['']  , text: 好}", "0.words: expected words in brackets"),
        ("- {words: [], text: }", "0.text: expected a text (line 1)"),
        ("- {words: [], text: 一经售出概不退换}", "0.text: forbidden text '一经售出概不退换'"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_answers_is_named(folder: Path, content: str, why: str) -> None:
    (folder / "answers.yaml").write_text(content, encoding="utf-8")
    assert f"answers.yaml: {why}" in refusal(folder)


def test_a_missing_file_is_one_clear_line(folder: Path) -> None:
    (folder / "answers.yaml").unlink()
    assert refusal(folder) == (
        f"{folder / 'answers.yaml'}: cannot be read: No such file or directory"
    )


@pytest.mark.parametrize("tone", TONES)
def test_what_is_shipped_starts_in_every_tone(folder: Path, tone: str) -> None:
    change(folder / "shop.yaml", "\ntone: neutral\n", f"\ntone: {tone}\n")
    assert load_replies(folder).text("thank")


def test_a_text_may_be_worded_otherwise(folder: Path) -> None:
    reword(folder / "shop.yaml", "corrected", "corrected: 好，{correction}已改，{correction}。")
    assert load_replies(folder).text("corrected", correction="地址") == "好，地址已改，地址。"


def test_every_text_that_the_program_names_is_known() -> None:
    """A key that is written in full in the code is one that the shop's texts must have."""
    code = "".join(f.read_text("utf-8") for f in Path("bot").rglob("*.py"))
    named = set(re.findall(r'replies\.text\(\s*"([a-z_0-9A-Z.]+)"', code))
    assert len(named) > 20
    assert named - set(FACTS_OF) == set()


def _calls() -> list[ast.Call]:
    """Return where the program asks for a text."""
    trees = (ast.parse(f.read_text("utf-8")) for f in Path("bot").rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return [
        node
        for node in nodes
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("replies.text")
        and node.args
    ]


def test_every_fact_of_a_text_is_given_where_the_call_names_them() -> None:
    checked = 0
    for call in _calls():
        key, facts = call.args[0], {keyword.arg for keyword in call.keywords}
        if isinstance(key, ast.Constant) and None not in facts:  # None: **facts
            checked += 1
            assert FACTS_OF[str(key.value)] <= facts, ast.unparse(call)
    assert checked > 20


def test_a_key_that_is_put_together_leads_to_texts_that_need_no_more_than_is_given() -> None:
    checked = 0
    for call in _calls():
        key, facts = call.args[0], {keyword.arg for keyword in call.keywords}
        if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
            checked += 1
            begun = [k for k in FACTS_OF if k.startswith(str(key.values[0].value))]
            assert any(None in facts or FACTS_OF[k] <= facts for k in begun), ast.unparse(call)
    assert checked > 5


@pytest.mark.parametrize("tone", TONES)
def test_the_shops_name_is_written_once_and_said_everywhere(folder: Path, tone: str) -> None:
    reword(folder / "shop.yaml", "shop_name", "shop_name: 青{禾}家居")
    reword(folder / "shop.yaml", "tone", f"tone: {tone}")
    change(folder / "shop.yaml", "thank: 不客气，", "thank: 我是{shop}，{{shop}}，")
    replies = load_replies(folder)
    assert replies.shop_name == "青{禾}家居"
    assert "青{禾}家居" in replies.text("greet")
    assert "解纷小铺" not in replies.text("greet")
    if tone == TONES[0]:
        assert replies.text("thank").startswith("我是青{禾}家居，{shop}，")


def test_no_text_must_name_the_shop(folder: Path) -> None:
    change(folder / "shop.yaml", "您好，我是{shop}的智能客服", "您好，我是智能客服")
    assert load_replies(folder).text("greet").startswith("您好，我是智能客服（AI）。")


@pytest.mark.parametrize("name", ["", "''", "' '", "2026", "[店]", '"a\\nb"', "店" * 31])
def test_a_shop_without_a_name_is_refused(folder: Path, name: str) -> None:
    number = reword(folder / "shop.yaml", "shop_name", f"shop_name: {name}")
    why = f"shop_name: expected a name of at most 30 signs (line {number})"
    assert refusal(folder).endswith(why)
    reword(folder / "shop.yaml", "shop_name", "")
    assert "shop_name: expected a name" in refusal(folder)
