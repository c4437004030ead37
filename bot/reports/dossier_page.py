"""A dossier as one HTML file that needs nothing else: to read, to print, to hand over; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from bot.conversation.saying.issue_names import issue_name
from bot.conversation.saying.order_words import RETURN_STATE, STATUS
from bot.conversation.saying.reasons import reason_words
from bot.delivery.remedy_states import STATE_IN_CHINESE
from bot.money import yuan
from bot.remedies.policy import Policy
from bot.reports.dossier import Dossier, Json
from bot.reports.names import (
    DEEDS,
    DISPUTE_STATES,
    PARTIES,
    payee_words,
    shop_time,
    subject_words,
)

PAID = {"success": "成功", "failed": "失败", "refunded": "已退"}
SENDERS = {"customer": "顾客", "bot": "机器人", "agent": "客服", "system": "系统"}
PROMISE_STATES = {"open": "进行中", "kept": "已兑现", "broken": "未兑现", "void": "不再需要"}
STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.65 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif;
  color: #1d2433; background: #fff; max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem;
  border-bottom: 2px solid #d7dce5; padding-bottom: .25rem; }
.note { color: #566072; font-size: .875rem; margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem;
  border-bottom: 1px solid #e4e8ef; overflow-wrap: anywhere; }
th { color: #566072; font-weight: 600; white-space: nowrap; }
td:first-child { white-space: nowrap; }
code { font-size: .8rem; } p { margin: .35rem 0; } .scroll { overflow-x: auto; }
figure { margin: 1rem 0; break-inside: avoid; } img { max-width: 100%; max-height: 24cm; }
figcaption { color: #566072; font-size: .875rem; }
.said { white-space: pre-wrap; } ul { margin: .25rem 0; padding-left: 1.2rem; }
@media print { h2 { break-after: avoid; } tr { break-inside: avoid; } body { padding: 0; } }
"""


def dossier_page(dossier: Dossier, policy: Policy) -> str:
    """Return the file's text."""
    dispute = dossier.dispute
    title = f"纠纷 {dispute['id']} 卷宗"
    sections = (
        ("案情", _case(dispute, policy)),
        ("订单", _order(dossier.order)),
        ("经过", _timeline(dossier.timeline)),
        ("判断与依据", _verdicts(dossier.verdicts, policy)),
        ("方案与台账", _remedies(dossier.remedies, policy)),
        ("对顾客的承诺", _promises(dossier.promises)),
        ("凭证", _evidence(dossier.evidence)),
        ("对话", _messages(dossier.messages)),
        ("操作记录", _audit(dossier.audit)),
    )
    body = "".join(f"<section><h2>{name}</h2>{text}</section>" for name, text in sections)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title}</title><style>{STYLE}</style>'
        f'</head><body><h1>{title}</h1><p class="note">导出于 {shop_time(dossier.made_at)}，'
        f"时间均为店铺所在时区。</p>{body}</body></html>\n"
    )


def _case(dispute: Json, policy: Policy) -> str:
    escalated = dispute["escalated"]
    liability = dispute["liability"]
    issues = (issue_name(issue, dispute["wish"]) for issue in dispute["issues"])
    cause = policy.causes.get(dispute["cause"] or "", dispute["cause"])
    return _pairs(
        ("订单号", dispute["order_no"]),
        ("问题", "、".join(issues)),
        ("状态", DISPUTE_STATES.get(dispute["state"], dispute["state"])),
        ("提出", shop_time(dispute["opened_at"])),
        ("结束", shop_time(dispute["closed_at"])),
        ("升级", escalated and f"{reason_words(escalated['reason'])}（{escalated['level']}）"),
        ("对客责任", PARTIES.get(dispute["liable"] or "")),
        ("最终承担", PARTIES.get(dispute["cost_bearer"] or "")),
        ("可能成因", cause),
        ("责任说明", liability["reason"]),
        ("责任认定", f"{liability['by']}改判" if liability["by"] else None),
    )


def _order(record: Json | None) -> str:
    if record is None:
        return _nothing("没有核对过订单。")
    address = record["address"]
    return _pairs(
        ("状态", STATUS.get(record["status"], record["status"])),
        ("下单人", f"{record['customer']['name']} {record['customer']['phone']}"),
        ("商品", [_line(line) for line in record["lines"]]),
        ("商品合计", yuan(record["goods_fen"])),
        ("优惠", [_discount(one) for one in record.get("discounts", ())]),
        ("运费", yuan(record["freight_fen"])),
        ("付款", [_payment(one) for one in record.get("payments", ())]),
        ("下单时间", shop_time(record["placed_at"])),
        ("承诺发货", shop_time(record.get("promised_ship_by"))),
        ("承诺送达", shop_time(record.get("promised_deliver_by"))),
        ("包裹", [_parcel(one) for one in record.get("shipments", ())]),
        ("退货", [_return(one) for one in record.get("returns", ())]),
        ("收货", " ".join(str(address[k]) for k in ("name", "phone", "province", "city",
                                                  "district", "detail"))),
    )  # fmt: skip


def _line(line: Json) -> str:
    return f"{line['title']} ×{line['quantity']} 实付{yuan(line['paid_fen'])}"


def _discount(one: Json) -> str:
    return f"{one['name']} {yuan(one['cut_fen'])}{'' if one['applied'] else '（未生效）'}"


def _payment(one: Json) -> str:
    return f"{one['method']} {one['id']} {yuan(one['amount_fen'])} {PAID[one['status']]}"


def _parcel(one: Json) -> str:
    shown = (
        f"{one['carrier']} {one['tracking_no']}",
        f"发出 {shop_time(one['shipped_at'])}" if one.get("shipped_at") else "",
        f"签收 {shop_time(one['delivered_at'])}" if one.get("delivered_at") else "",
        f"签收人 {one['signed_by']}" if one.get("signed_by") else "",
        f"{one['weight_grams']} 克" if one.get("weight_grams") is not None else "",
    )
    return "，".join(part for part in shown if part)


def _return(one: Json) -> str:
    return f"{one['no']} {RETURN_STATE[one['state']]} {yuan(one['amount_fen'])}"


def _timeline(entries: Sequence[Json]) -> str:
    return _table(("时间", "经过"), ((shop_time(e["at"]), e["text"]) for e in entries))


def _verdicts(verdicts: Sequence[Json], policy: Policy) -> str:
    rows = (
        (
            shop_time(one["at"]),
            f"{one['rule']}\n政策 {one['policy_version']}",
            "\n".join([*one["checked"], *one["reasons"], one.get("responsibility", "")]).strip(),
            "\n".join(_remedy(option, policy) for option in one["options"]),
        )
        for one in verdicts
    )
    return _table(("时间", "规则", "事实与理由", "允许的方案"), rows)


def _remedies(remedies: Sequence[Json], policy: Policy) -> str:
    rows = (
        (
            str(one["id"]),
            _remedy(one, policy),
            STATE_IN_CHINESE.get(one["state"], one["state"]),
            f"{one['rule']}\n政策 {one['policy_version']}",
            "\n".join(
                part
                for part in (
                    f"收款 {payee_words(one['payee'])}" if one["payee"] else "",
                    f"{one['decided_by']}审批" if one["decided_by"] else "",
                    one["reason"] or "",
                )
                if part
            ),
            f"{shop_time(one['created_at'])}\n{shop_time(one['updated_at'])}",
        )
        for one in remedies
    )
    return _table(("编号", "方案", "状态", "依据", "收款与审批", "提出 / 更新"), rows)


def _remedy(one: Mapping[str, Any], policy: Policy) -> str:
    name = policy.kind_names.get(one["kind"], one["kind"])
    return f"{name} {yuan(one['amount_fen'])}" if one["amount_fen"] else str(name)


def _promises(promises: Sequence[Json]) -> str:
    rows = (
        (
            shop_time(p["made_at"]),
            p["said"],
            shop_time(p["due_at"]) or "寄回后起算",
            PROMISE_STATES[p["state"]],
        )
        for p in promises
    )
    return _table(("时间", "答应了什么", "最迟", "结果"), rows)


def _evidence(evidence: Sequence[Json]) -> str:
    rows = (
        (
            shop_time(one["at"]),
            f"消息 {one['message_id']}（{SENDERS.get(one['from'], one['from'])}）",
            f"{one['mime']} {one['size']} 字节",
            one["sha256"],
        )
        for one in evidence
    )
    table = _table(("时间", "来自", "文件", "SHA-256"), rows)
    return table + "".join(_figure(one) for one in evidence if one["photo"])


def _figure(one: Json) -> str:
    caption = escape(f"消息 {one['message_id']}，{shop_time(one['at'])}")
    source = escape(one["photo"], quote=True)
    return (
        f'<figure><img src="{source}" alt="{caption}"><figcaption>{caption}</figcaption></figure>'
    )


def _messages(messages: Sequence[Json]) -> str:
    rows = (
        (
            shop_time(one["at"]),
            one["staff"] or SENDERS.get(one["from"], one["from"]),
            _said(one),
        )
        for one in messages
    )
    return _table(("时间", "谁", "说了什么"), rows)


def _said(one: Json) -> str:
    note = "【内部备注】" if one["kind"] == "note" else ""
    file = "【照片或文件】" if one["attachment_id"] else ""
    edits = "".join(f"\n（改前：{edit['text']}）" for edit in one["edits"])
    return f"{note}{file}{one['text']}{edits}"


def _audit(entries: Sequence[Json]) -> str:
    rows = (
        (
            shop_time(e["at"]),
            e["who"] or "机器人",
            DEEDS.get(e["deed"], e["deed"]),
            subject_words(e["subject"]),
        )
        for e in entries
    )
    return _table(("时间", "谁", "操作", "对象"), rows)


def _pairs(*pairs: tuple[str, Any]) -> str:
    rows = (
        f"<tr><th>{escape(name)}</th><td>{_value(value)}</td></tr>"
        for name, value in pairs
        if value
    )
    return f"<table>{''.join(rows)}</table>"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"<ul>{''.join(f'<li>{escape(str(one))}</li>' for one in value)}</ul>"
    return escape(str(value))


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    cells = ["".join(f'<td class="said">{escape(str(cell))}</td>' for cell in row) for row in rows]
    if not cells:
        return _nothing("没有。")
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="scroll">{table}</div>'


def _nothing(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'
