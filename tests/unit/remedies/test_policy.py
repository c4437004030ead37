"""Reading the policy: every mistake is named by file, rule and key, with what is allowed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import DataError, PolicyError
from bot.remedies.assess import assess
from bot.remedies.claim import Claim
from bot.remedies.conditions import CONDITIONS
from bot.remedies.files import SCHEMAS, json_schema
from bot.remedies.policy import Policy, check_policy, load_policy, policy_from
from bot.remedies.rulebook import FORMULAS, When
from bot.remedies.verdict import RemedyKind
from bot.remedies.words import WORDS
from bot.yaml_files import _check_signs
from nlp.labels import ISSUES, TYPES
from tests.unit.remedies.judge_for_tests import POLICY, POLICY_DIR, judge
from tests.unit.remedies.orders_for_tests import ago, event, order, parcel, payment, shipped

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Return a function that copies the shipped policy and changes one place in one file."""

    def edit(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "policy"
        shutil.copytree(POLICY_DIR, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return edit


def test_the_shipped_policy_has_no_findings() -> None:
    assert check_policy(POLICY_DIR, date(2026, 11, 24)) == []


def test_a_policy_of_which_nothing_is_in_force_yet_is_told() -> None:
    (found,) = check_policy(POLICY_DIR, POLICY.valid_from - timedelta(days=1))
    assert found == f"shop.yaml: key valid_from: no version is in force before {POLICY.valid_from}"
    assert check_policy(POLICY_DIR, POLICY.valid_from) == []


def test_a_file_of_rules_that_is_not_listed_is_told(tmp_path: Path) -> None:
    folder = shutil.copytree(POLICY_DIR, tmp_path / "policy")
    (folder / "rules_more.yaml").write_text("rules: []\n", encoding="utf-8")
    assert check_policy(folder) == [
        "rules_more.yaml lies here but is not listed under rule_files of shop.yaml"
    ]


def test_every_issue_has_rules_and_every_condition_a_test() -> None:
    assert all(POLICY.rules_of[issue] for issue in (*ISSUES, "none"))
    assert set(CONDITIONS) == set(When.model_fields)
    assert set(POLICY.checked) == {*TYPES, "none"}


def test_every_kind_has_a_name_and_a_time() -> None:
    assert set(POLICY.kind_names) == {kind.value for kind in RemedyKind}
    assert set(POLICY.within) >= {kind.value for kind in RemedyKind}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("rules_quality.yaml", "needs: [photo, item]", "need: [photo, item]",
         "rules_quality.yaml, rule fresh.most_bad: key need: unknown key; allowed: escalate,"),
        ("rules_logistics.yaml", "ship_late_over: 0", "late: 0",
         "rules_logistics.yaml, rule ship.late: key when.late: unknown key; allowed: "),
        ("rules_logistics.yaml", "ship_late_over: oos_after_late_hours", "ship_late_over: soon",
         "rules_logistics.yaml, rule ship.out_of_stock: key when.ship_late_over: unknown 'soon'; "
         "allowed: after_sale_days,"),
        ("rules_logistics.yaml", "state: [paid], ship", "state: [payed], ship",
         "rule ship.out_of_stock: key when.state.0: Input should be 'unpaid'"),
        ("rules_amount.yaml", "amount: double_charge", "amount: everything",
         "rule double_charge.twice: key options.0.amount: unknown formula 'everything'; allowed: "
         "clamp, discount_missing,"),
        ("rules_logistics.yaml", "{formula: clamp, rate: late}", "{formula: clamp, rate: tardy}",
         "rule ship.late: key options.amount.rate: unknown 'tardy'; allowed: attitude_sorry,"),
        ("rules_logistics.yaml", "{formula: clamp, rate: late}", "{formula: clamp, share: 0.1}",
         "rule ship.late: key options.1.amount: formula 'clamp' takes rate"),
        ("rules_amount.yaml", "kind: price_difference", "kind: price_diff",
         "rules_amount.yaml, rule price_drop.protected: key options.0.kind: Input should be"),
        ("rules_amount.yaml", "id: overcharge.owed", "id: double_charge.twice",
         "rules_amount.yaml, rule double_charge.twice: key id: used before"),
        ("rules_amount.yaml", "liability: shop.freight", "liability: shop.fright",
         "rule fee.free_shipping: key liability: unknown 'shop.fright'; allowed: carrier."),
        ("rules_amount.yaml", "issues: [price_drop]", "issues: [prize_drop]",
         "rule price_drop.protected: key issues: unknown 'prize_drop'; allowed: address,"),
        ("rules_quality.yaml", "issues: [counterfeit]", "issues: [defect]",
         "shop.yaml: key rule_files: issue counterfeit has no rule in any of the files"),
        ("rules_amount.yaml", "tier: statutory", "tier: generous",
         "rule double_charge.twice: key options.0.tier: Input should be 'statutory' or"),
        ("rules_amount.yaml", ", tier: statutory", "",
         "rule double_charge.twice: key options.0: kind 'partial_refund' needs amount and tier"),
        ("rules_no_fault.yaml", "{kind: cancel}", "{kind: cancel, return_freight: shop}",
         "rule none.cancel_unpaid: key options.0: kind 'cancel' takes no return_freight"),
        ("rules_after_sales.yaml", "would_change: 商品有质量问题、破损", "# would_change: 商品",
         "rule refused.excluded: key (whole): a rule that rejects must say in would_change"),
        ("rules_amount.yaml", "{double_sum}", "{double}",
         "rules_amount.yaml, rule double_charge.twice: key reasons: unknown {double}; allowed: "),
        ("rules_amount.yaml", "{double_sum}", "{double_sum",
         "rules_amount.yaml, rule double_charge.twice: key reasons: a brace is wrong"),
        ("rules_after_sales.yaml", "商品完好即可", "本店保留最终解释权",
         "rule refused.7d: key reasons: forbidden text '最终解释权': it is void or unlawful"),
        ("shop.yaml", "coupon: 今天发到您的账户", "coupon: 给好评才退",
         "shop.yaml: key within.coupon: forbidden text '给好评才退'"),
        ("shop.yaml", "coupon: 今天发到您的账户", "coupon: 今天发到{item}",
         "shop.yaml: key within.coupon: unknown {item}; allowed: after_sale_days,"),
        ("liability.yaml", "费用不用您出", "签收即视为认可",
         "liability.yaml: key table.stock.late.responsibility: forbidden text '签收即视为认可'"),
        ("liability.yaml", "cause: customer_entry", "cause: nobody",
         "liability.yaml: key table.order.customer_entry.cause: unknown 'nobody'; allowed: "),
        ("liability.yaml", "liable: customer", "liable: buyer",
         "liability.yaml: key table.order.customer_entry.liable: Input should be 'shop'"),
        ("shop.yaml", "ship_hours: 48", "ship_hour: 48",
         "shop.yaml: key defaults.ship_hour: unknown key; allowed: after_sale_days,"),
        ("shop.yaml", "late: {rate: 0.05, min_yuan: 5,", "late: {rate: 0.05, min_yuan: 500,",
         "shop.yaml: key rates.late: min_yuan is above max_yuan"),
        ("shop.yaml", "late: {rate: 0.05,", "late: {rate: 5,",
         "shop.yaml: key rates.late.rate: Input should be less than or equal to 1"),
        ("shop.yaml", "  bot_yuan: 50", "  bot_yuan: fifty",
         "shop.yaml: key limits.bot_yuan: 'fifty' is no number; write one such as"),
        ("shop.yaml", "  repair: 720", "  mend: 720",
         "shop.yaml: key after_return: unknown 'mend'"),
        ("shop.yaml", "  repair: 720", "  reship: 720",
         "shop.yaml: key after_return: 'reship' is under promised too"),
        ("shop.yaml", "  - rules_amount.yaml", "  - rules_sums.yaml", "rules_sums.yaml: cannot"),
        ("shop.yaml", "valid_from: 2026", "valid_from: 2026-13-01 #",
         "column 13: '2026-13-01': month must be in 1..12"),
        ("shop.yaml", "max_options: 3", "max_options: 3\nmax_options: 4",
         "shop.yaml, line 22, column 1: key 'max_options' is given twice"),
        ("rules_amount.yaml", "when: {owed: [double_charge]}", "when: {owed: [double_charge]",
         "rules_amount.yaml, line 7, column"),
        ("rules_amount.yaml", "rules:", "regeln:", "rules_amount.yaml: expected one key, rules"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(edited: Edit, file: str, old: str, new: str, said: str) -> None:
    folder = edited(file, old, new)
    with pytest.raises(PolicyError) as caught:
        load_policy(folder)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert check_policy(folder) == [str(caught.value)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(("ship_hours: 48 ", f"ship_hours: {figure} ")
          for figure in (".inf", ".nan", "-1", "1.0e+15", "48:00", "0120", "yes", "true", '"48"')),
        ("undecided_days: 14", "undecided_days: 3661"),
        ("other: 90", "other: 99999999"),
        ("other: 90", "other: -1"),
        ("invoice: 240", "invoice: 1.0e+300"),
        ("invoice: 240", "invoice: 24:00"),
        ("repair: 720", "repair: .inf"),
        ("approval_hours: 24", "approval_hours: .inf"),
        ("bot_yuan: 50 ", "bot_yuan: 1e999 "),
        ("bot_yuan: 50 ", "bot_yuan: on "),
        ("late: {rate: 0.05", "late: {rate: true"),
        ("times: [1.5, 2]", "times: [1.5, .inf]"),
        ("carrier: 7", "carrier: 1.0e+12"),
        ("max_options: 3", "max_options: true"),
        ("max_options: 3", "max_options: 99999999999999999999"),
        ("valid_from: 2026-09-01", "valid_from: 86400"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_meant_is_refused_with_its_line(
    edited: Edit, old: str, new: str
) -> None:
    folder = edited("shop.yaml", old, new)
    lines = (folder / "shop.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if new.strip() in text)
    with pytest.raises(PolicyError) as caught:
        load_policy(folder)
    key = re.escape(new.split(":")[0])
    pattern = rf"shop\.yaml: key \S*\b{key}[.\w]*: .* \(line {line}\)"
    assert re.fullmatch(pattern, str(caught.value))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ship_hours: 48 ", "ship_hours: 0 "),
        ("ship_hours: 48 ", "ship_hours: 0.5 "),
        ("ship_hours: 48 ", "ship_hours: +48. "),
        ("ship_hours: 48 ", "ship_hours: 4.8e1 "),
        ("other: 90", "other: 3660"),
        ("invoice: 240", "invoice: 87840"),
        ("free_return: false", "free_return: yes"),
        ("goodwill: {rate: 0.30", "goodwill: {rate: 0"),
    ],
)
def test_an_unusual_number_may_be_meant(edited: Edit, old: str, new: str) -> None:
    load_policy(edited("shop.yaml", old, new))


@pytest.mark.parametrize(
    "slip",
    [
        "{{x}}", "!!int ''", "!!int abc", "!!bool abc", "!!timestamp abc", "[" * 5000,
        "{? [a, b] : 3}", "*nowhere", "&a [*a]", "!!omap 5", "!!python/name:os.system ''",
    ],
)  # fmt: skip
def test_a_slip_of_yaml_is_one_line_with_its_place(edited: Edit, slip: str) -> None:
    folder = edited("shop.yaml", "max_options: 3 ", f"max_options: {slip} ")
    with pytest.raises(PolicyError, match=r"\bline 21\b") as caught:
        load_policy(folder)
    assert str(caught.value).startswith("shop.yaml")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("shop.yaml", "patient_issues: [invoice", "patient_issues: [invoic",
         "shop.yaml: key patient_issues: unknown 'invoic'; allowed: address,"),
        ("shop.yaml", "refused: [defect", "refused: [defct",
         "shop.yaml: key defers.refused: unknown 'defct'; allowed: address,"),
        ("shop.yaml", "  refused: [defect", "  refusd: [defect",
         "shop.yaml: key defers: unknown 'refusd'; allowed: address,"),
        ("shop.yaml", "    E5: ", "    E99: ", "shop.yaml: key texts.escalated.E99: "),
        ("shop.yaml", "refund: 退款\n", 'refund: ""\n',
         "shop.yaml: key kind_names.refund: is empty"),
        ("rules_logistics.yaml",
         "- 您的订单{paid_on}付款，{ship_promise}，到现在已超出{ship_late}。", "- ' '",
         "rules_logistics.yaml, rule ship.late: key reasons.0: is empty"),
        ("rules_logistics.yaml", "ground: 电子商务法第20条，按承诺时间交付", "ground: ''",
         "rules_logistics.yaml, rule ship.in_time: key ground: is empty"),
        ("platforms/douyin_example.yaml", "orders: [抖音, douyin]", 'orders: [""]',
         "platforms/douyin_example.yaml: key orders.0: is empty"),
        ("platforms/douyin_example.yaml", "source: 抖音", "source: '' #",
         "platforms/douyin_example.yaml: key source: is empty"),
        ("platforms/douyin_example.yaml", "rates:", "defaults: {no_reason_days: 4000}\nrates:",
         "platforms/douyin_example.yaml: key defaults: no_reason_days: 4000 is more than 3660"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_and_an_empty_text_are_refused(
    edited: Edit, file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(edited(file, old, new))
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: ", "version：", "full-width '：'; write ':'"),
        ("valid_from: ", "patient_issues: [slow，damaged]\nvalid_from: ", "full-width '，'"),
    ],
)
def test_a_full_width_sign_of_yaml_is_named_with_its_line(
    edited: Edit, old: str, new: str, said: str
) -> None:
    with pytest.raises(PolicyError, match=rf"^shop\.yaml:\d+: {said}"):
        load_policy(edited("shop.yaml", old, new))


@pytest.mark.parametrize(
    "text",
    [
        "# version：1",
        "a: 您好：请看",
        "a: [您好，请看]",
        "a: 'x，y'",
        "- 您的订单（paid，已付）：好",
        "a: |-\n  wifi：已登记\n\n  wifi：好",
        "a:\n  b: >2 # folded\n    wifi：已登记",
        "- |\n wifi：已登记",
        "- a: |-\n    wifi：已登记",
    ],
)
def test_full_width_signs_in_sentences_are_let_be(text: str) -> None:
    _check_signs("x.yaml", text)


@pytest.mark.parametrize(
    "text",
    [
        "a: |-\n  好\nwifi：已登记",
        "- a: |-\n    好\n  wifi：已登记",
        "a:\n  b: |-\n    好\n  wifi：已登记",
        "# a: |-\n  wifi：已登记",
        "a: |- b\n  wifi：已登记",
    ],
)
def test_a_full_width_sign_behind_a_text_of_several_lines_is_named(text: str) -> None:
    with pytest.raises(DataError, match="full-width"):
        _check_signs("x.yaml", text)


def test_a_policy_in_another_encoding_is_to_be_saved_anew(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_bytes("version: '1'\nname: 店\n".encode("gb18030"))
    with pytest.raises(PolicyError, match=r"shop\.yaml:2: not UTF-8; save the file as UTF-8"):
        load_policy(tmp_path)


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"shop\.yaml: cannot be read"):
        load_policy(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        ("rules_amount.yaml", "没有多收。", "亲亲，没有多收。",
         "overcharge.right: key reasons: better without '亲亲'"),
        ("rules_amount.yaml", "  - id: overcharge.owed\n    issues: [overcharge, double_charge]\n"
         "    when: {owed: [overcharge]}", "  - id: overcharge.owed\n    issues: [overcharge]",
         "rule overcharge.right: never reached, an earlier rule always holds first"),
        ("rules_quality.yaml", "  - id: damaged.too_late\n    issues: [damaged]",
         "  - id: damaged.too_late\n    issues: [spec]",
         "issue damaged: no rule without further conditions for state delivered"),
        ("shop.yaml", "quiet_hours: 48", "quiet_hours: 80",
         "shop.yaml: key defaults.quiet_hours: 80 is above no_update_hours (72)"),
        ("shop.yaml", "bot_yuan: 50 ", "bot_yuan: 600 ",
         "shop.yaml: key limits.bot_yuan: 600 is above agent_yuan (500)"),
        ("shop.yaml", " statutory_yuan: 8000 ", " statutory_yuan: 30000 ",
         "shop.yaml: key limits.statutory_yuan: 30000 is above supervisor_statutory_yuan (20000)"),
        ("shop.yaml", "  supervisor_yuan: 5000", "  supervisor_yuan: 50000",
         "shop.yaml: key limits.supervisor_yuan: 50000 is above supervisor_statutory_yuan"),
        ("shop.yaml", "customer_day_yuan: 500 ", "customer_day_yuan: 40 ",
         "shop.yaml: key limits.bot_yuan: 50 is above customer_day_yuan (40)"),
        ("shop.yaml", "bot_day_yuan: 1000000 ", "bot_day_yuan: 1000 ",
         "shop.yaml: key limits.statutory_yuan: 8000 is above bot_day_yuan (1000)"),
        ("shop.yaml", "  no_reason_days: 7         # 七日无理由，从签收次日算起\n", "",
         "shop.yaml: key defaults.no_reason_days: not given, so 7 counts; write it"),
        ("shop.yaml", "  agent_yuan: 500\n", "",
         "shop.yaml: key limits.agent_yuan: not given, so 500 counts; write it"),
        ("shop.yaml", "{up_to: 0.5, rate: 0.5}", "{up_to: 0.5, rate: 0.2}",
         "shop.yaml: key defaults.fresh_steps: a larger bad share must not get a smaller rate"),
        ("rules_logistics.yaml", "quiet_over: no_update_hours}", "quiet_over: 24}",
         "rule parcel.quiet: never reached, an earlier rule always holds first"),
        ("rules_logistics.yaml", "{state: [paid], ship_late_over: 0}",
         "{state: [paid], receipt_days_up_to: 7}",
         "rule ship.late: can never hold: receipt_days_up_to needs a parcel, and in state paid"),
        ("rules_logistics.yaml", "[courier]\n    when: {state: [paid]}",
         "[courier]\n    when: {state: [paid, delivered]}",
         "rules courier.not_sent and courier.long_ago: overlap, and only their order decides"),
        ("rules_quality.yaml", "share: 0.2}", "share: 0.4}",
         "rule food.damaged: share 0.4 is above partial_refund_cap"),
        ("shop.yaml", "  quality:\n", "  qualities:\n",
         "checked: type quality says nothing of what was looked at"),
        ("rules_amount.yaml", "      - 您的订单{paid_on}付款，这件商品下单时没有价保承诺。\n", "",
         "rule price_drop.no_promise: every reason may be left out"),
        ("shop.yaml", "    E11: ", "    E10: ",
         "rule counterfeit.person: texts.escalated says nothing for E11"),
        ("shop.yaml", "  reship: 24\n", "",
         "shop.yaml: key within.reship: says '24小时内', but promised and after_return have no"),
        ("shop.yaml", "  coupon: today\n", "",
         "shop.yaml: key within.coupon: says '今天', but promised and after_return have no"),
        ("shop.yaml", "  return_refund: 48\n", "",
         "shop.yaml: key within.return_refund: says '{return_review_hours}内', but promised"),
        ("shop.yaml", "  price_sorry:", "  unused: {rate: 0.1, max_yuan: 5}\n  price_sorry:",
         "rate unused: no rule uses it"),
        ("liability.yaml", "  order.system:\n", "  order.spare:\n    {link: 下单, problem: 无, "
         "liable: shop, cost_bearer: shop, cause: no_fault, responsibility: 无。}\n"
         "  order.system:\n", "liability order.spare: no rule uses it"),
    ],
)  # fmt: skip
def test_a_policy_that_works_may_still_be_objected_to(
    edited: Edit, file: str, old: str, new: str, finding: str
) -> None:
    folder = edited(file, old, new)
    load_policy(folder)
    assert any(found.startswith(finding) for found in check_policy(folder))


def test_what_a_platform_has_from_the_shop_is_objected_to_once(edited: Edit) -> None:
    folder = edited("shop.yaml", " statutory_yuan: 8000 ", " statutory_yuan: 30000 ")
    assert check_policy(folder) == [
        "shop.yaml: key limits.statutory_yuan: 30000 is above supervisor_statutory_yuan (20000)"
    ]


def test_an_admin_may_change_a_number(edited: Edit) -> None:
    policy = load_policy(edited("shop.yaml", "no_reason_days: 7 ", "no_reason_days: 15 "))
    assert policy.defaults.no_reason_days == 15


def test_defaults_written_in_code_and_in_the_file_agree() -> None:
    """The shipped file states every default, and as the code has it."""
    shipped = (POLICY_DIR / "shop.yaml").read_text(encoding="utf-8")
    assert type(POLICY.defaults)() == POLICY.defaults
    assert type(POLICY.limits)() == POLICY.limits
    assert all(f"  {name}:" in shipped for name in type(POLICY.defaults).model_fields)


def test_the_readme_explains_every_condition_formula_kind_and_fact() -> None:
    readme = (POLICY_DIR / "README.md").read_text(encoding="utf-8")
    names = [*When.model_fields, *FORMULAS, *(kind.value for kind in RemedyKind)]
    absent = [name for name in names if f"`{name}`" not in readme and f" {name}," not in readme]
    assert absent == []
    assert [name for name in WORDS if f"`{{{name}}}`" not in readme] == []


def test_the_worked_example_of_the_readme_works(edited: Edit) -> None:
    late = "late: {rate: 0.05, min_yuan: 5, max_yuan: 50}"
    folder = edited("shop.yaml", late, "late: {rate: 0.08, min_yuan: 8, max_yuan: 50}")
    shutil.copytree(POLICY_DIR, folder / "versions" / "2026-09-default")
    text = (folder / "shop.yaml").read_text(encoding="utf-8")
    text = text.replace("version: 2026-09-default", "version: 2026-12-shop")
    text = text.replace("valid_from: 2026-09-01", "valid_from: 2026-12-01")
    (folder / "shop.yaml").write_text(text, encoding="utf-8")
    assert check_policy(folder) == []
    policy = load_policy(folder)
    assert compensation(policy, "2026-11-30T12:00:00+08:00") == ("2026-09-default", 500)
    assert compensation(policy, "2026-12-02T12:00:00+08:00") == ("2026-12-shop", 800)


def late_by(version: str, since: str, late: str) -> tuple[tuple[str, str], ...]:
    return (
        ("version: 2026-09-default", f"version: {version}"),
        ("valid_from: 2026-09-01", f"valid_from: {since}"),
        ("late: {rate: 0.05, min", f"late: {{rate: {late}, min"),
    )


def beside(folder: Path, *changes: tuple[str, str]) -> Path:
    """Put another version beside the policy of the folder."""
    place = folder / "versions" / changes[0][1].removeprefix("version: ")
    shutil.copytree(POLICY_DIR, place)
    text = (place / "shop.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (place / "shop.yaml").write_text(text, encoding="utf-8")
    return folder


def compensation(policy: Policy, placed: str, **changes: Any) -> tuple[str, int]:
    """Return the version that decides on a late order placed then, and what it pays."""
    at = datetime.fromisoformat(placed)
    record = order("paid", placed_at=at, paid_at=at, payments=(payment(at=at),), **changes)
    said = Claim(issue="not_shipped")
    verdict = assess(policy, record, said, at + timedelta(hours=50))
    paid = next(o.amount_fen for o in verdict.options if o.kind == RemedyKind.COMPENSATION)
    return verdict.policy_version, paid


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        ("2026-08-31T23:59:59+08:00", ("2026-09-default", 500)),  # older than every version
        ("2026-09-01T00:00:00+08:00", ("2026-09-default", 500)),
        ("2026-11-30T23:59:59+08:00", ("2026-09-default", 500)),
        ("2026-12-01T00:00:00+08:00", ("2026-12-shop", 800)),
        ("2026-11-30T16:00:00+00:00", ("2026-12-shop", 800)),  # the shop's midnight
    ],
)
def test_what_was_promised_when_an_order_was_placed_binds(
    edited: Edit, placed: str, expected: tuple[str, int]
) -> None:
    folder = edited("shop.yaml", "max_options: 3", "max_options: 3")
    policy = load_policy(beside(folder, *late_by("2026-12-shop", "2026-12-01", "0.08")))
    assert compensation(policy, placed) == expected


def test_an_edition_reads_again_from_its_own_texts(edited: Edit) -> None:
    folder = edited("shop.yaml", "max_options: 3", "max_options: 3")
    policy = load_policy(beside(folder, *late_by("2026-12-shop", "2026-12-01", "0.08")))
    for edition in (policy, *policy.others):
        again = policy_from(edition.files)
        assert (again.digest, again.version, again.platform) == (
            edition.digest, edition.version, edition.platform,
        )  # fmt: skip
    assert len({edition.digest for edition in (policy, *policy.others)}) == 4


@pytest.mark.parametrize(
    ("version", "since", "said"),
    [
        ("2026-09-default", "2026-12-01", "need names and first days of their own"),
        ("2026-12-shop", "2026-09-01", "need names and first days of their own"),
    ],
)
def test_two_versions_need_names_and_days_of_their_own(
    edited: Edit, version: str, since: str, said: str
) -> None:
    folder = edited("shop.yaml", "max_options: 3", "max_options: 3")
    with pytest.raises(PolicyError, match=said):
        load_policy(beside(folder, *late_by(version, since, "0.08")))


def test_a_mistake_in_a_version_names_its_folder(edited: Edit) -> None:
    folder = edited("shop.yaml", "max_options: 3", "max_options: 3")
    beside(folder, ("version: 2026-09-default", "version: next"), ("max_options", "most_options"))
    with pytest.raises(PolicyError, match=r"^versions/next/shop\.yaml: key most_options: unknown"):
        load_policy(folder)


QUIET = parcel(shipped_at=ago(hours=90), events=(event(ago(hours=80), "到达"),))


@pytest.mark.parametrize(
    ("platform", "fen", "told"),
    [
        (None, 2_000, "本店补偿20%（5–100元）"),
        ("天猫", 2_000, "本店补偿20%（5–100元）"),
        ("抖音", 2_500, "本店补偿25%（5–100元，抖音规则）"),
    ],
)
def test_of_platform_and_shop_the_better_figure_counts(
    platform: str | None, fen: int, told: str
) -> None:
    verdict = judge(shipped(shipments=(QUIET,), platform=platform), "no_tracking")
    paid = next(o for o in verdict.options if o.kind == RemedyKind.COMPENSATION)
    assert paid.amount_fen == fen
    assert any(told in reason for reason in verdict.reasons)


def test_a_platform_never_worsens_what_the_shop_gives() -> None:
    """The example's 1 % for late dispatch stays below the shop's 5 %, and so has no effect."""
    verdict = judge(order("paid", paid_at=ago(hours=50), platform="抖音"), "not_shipped")
    assert [o.amount_fen for o in verdict.options if o.kind == RemedyKind.COMPENSATION] == [500]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("shop.yaml", "no_reason_days: 7 ", "no_reason_days: 3 ",
         "shop.yaml: key defaults.no_reason_days: 3 gives less than the law's 7"),
        ("shop.yaml", "return_review_hours: 48", "return_review_hours: 169",
         "shop.yaml: key defaults.return_review_hours: 169 gives less than the law's 168"),
        ("shop.yaml", "phone: 365", "phone: 364",
         "shop.yaml: key defaults.warranty_days.phone: 364 days are below the law's 365"),
        ("platforms/douyin_example.yaml", "late: {rate", "tardy: {rate",
         "platforms/douyin_example.yaml: key rates: unknown 'tardy'; allowed: attitude_sorry,"),
        ("platforms/douyin_example.yaml", "rates:", "defaults: {bot_yuan: 1}\nrates:",
         "platforms/douyin_example.yaml: key defaults: unknown 'bot_yuan'; allowed: after_sale"),
        ("platforms/douyin_example.yaml", "example: true", "sample: true",
         "platforms/douyin_example.yaml: key example: Field required"),
    ],
)  # fmt: skip
def test_what_the_law_or_a_platform_file_does_not_allow_is_named(
    edited: Edit, file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(edited(file, old, new))
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_editors_schemas_are_those_of_the_code(name: str) -> None:
    file = POLICY_DIR / "schema" / f"{name}.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == json_schema(name)


def test_every_file_of_the_policy_names_its_schema() -> None:
    for file in POLICY_DIR.rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        prefix = "# yaml-language-server: $schema="
        assert first.startswith(prefix)
        assert (file.parent / first.removeprefix(prefix)).resolve().is_file()


def test_no_two_remedies_have_one_name() -> None:
    """A report counts them by name: a refusal must not read like an explanation."""
    assert len(set(POLICY.kind_names.values())) == len(POLICY.kind_names)
