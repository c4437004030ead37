"""The flat layout of orders in CSV and Excel: which columns there are, and what they are called.

One row is one order line: the same sku at another price or quantity is another line, but a line
alike in every cell is refused, for whether two were bought or one was written twice only the
file's owner can say; and one sku has one title. Columns of the order itself are written once or
repeated alike; columns of a payment, parcel, discount or return add one whenever they differ from
those above. A blank cell says nothing. Every amount column exists in fen (`…_fen`) and in yuan
(`…_yuan`); Chinese amount headers mean yuan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.orders.cells import (
    Value,
    plain,
    read_boolean,
    read_code,
    read_deadline,
    read_fen,
    read_integer,
    read_list,
    read_text,
    read_time,
    read_yuan,
    word_reader,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the part of the record it belongs to, the field there, how to read a cell."""

    name: str
    part: str  # order, customer, address, invoice, line, payment, discount, shipment, return
    field: str
    read: Callable[[str], Value]
    aliases: tuple[str, ...] = ()


_STATUS = word_reader(
    {"待付款": "unpaid", "未付款": "unpaid", "待发货": "paid", "已付款": "paid",
     "已发货": "shipped", "待收货": "shipped",
     "已签收": "delivered", "已完成": "completed", "交易成功": "completed",
     "已取消": "cancelled", "交易关闭": "cancelled"}
)  # fmt: skip
_CATEGORY = word_reader(
    {"手机": "phone", "电脑": "pc", "家电": "appliance", "小家电": "small", "数码配件": "small",
     "服装": "clothing", "服饰": "clothing", "鞋包": "clothing", "家居": "home", "食品": "food",
     "生鲜": "fresh", "美妆": "cosmetics", "化妆品": "cosmetics", "定制": "custom",
     "虚拟": "virtual", "其他": "other"}
)  # fmt: skip
_PAYMENT = word_reader(
    {"成功": "success", "支付成功": "success", "失败": "failed", "已退款": "refunded"}
)
_RETURN = word_reader(
    {"已申请": "requested", "已同意": "approved", "已寄出": "shipped", "已收到": "received",
     "已退款": "refunded", "已拒绝": "refused"}
)  # fmt: skip
_INVOICE = word_reader({"未开": "none", "已申请": "requested", "已开": "issued", "有误": "wrong"})


def _money(name: str, part: str, field: str, *chinese: str) -> tuple[Column, Column]:
    return (
        Column(f"{name}_fen", part, field, read_fen),
        Column(f"{name}_yuan", part, field, read_yuan, chinese),
    )


COLUMNS: Final = (
    Column("order_no", "order", "order_no", read_code, ("订单号", "订单编号")),
    Column("placed_at", "order", "placed_at", read_time, ("下单时间", "创建时间")),
    Column("paid_at", "order", "paid_at", read_time, ("付款时间",)),
    Column("promised_ship_by", "order", "promised_ship_by", read_deadline, ("承诺发货时间",)),
    Column(
        "promised_deliver_by", "order", "promised_deliver_by", read_deadline, ("承诺送达时间",)
    ),
    Column("status", "order", "status", _STATUS, ("订单状态", "状态")),
    *_money("goods", "order", "goods_fen", "商品总额"),
    *_money("freight", "order", "freight_fen", "运费", "邮费"),
    Column("free_shipping", "order", "free_shipping", read_boolean, ("包邮", "是否包邮")),
    Column("platform", "order", "platform", read_text, ("平台", "渠道")),
    Column("discounts", "order", "discounts", read_list),
    Column("payments", "order", "payments", read_list),
    Column("shipments", "order", "shipments", read_list),
    Column("returns", "order", "returns", read_list),
    Column("customer_name", "customer", "name", read_text, ("客户姓名", "买家姓名", "姓名")),
    Column("phone", "customer", "phone", read_code, ("手机号", "手机", "联系电话", "电话")),
    Column("telegram_id", "customer", "telegram_id", read_integer),
    Column("email", "customer", "email", read_text, ("邮箱",)),
    Column("sku", "line", "sku", read_code, ("商品编码", "货号")),
    Column("title", "line", "title", read_text, ("商品名称", "商品标题", "商品")),
    Column("category", "line", "category", _CATEGORY, ("类目", "品类")),
    Column("quantity", "line", "quantity", read_integer, ("数量", "件数")),
    *_money("unit_price", "line", "unit_price_fen", "单价"),
    *_money("line_paid", "line", "paid_fen", "实付金额", "商品实付"),
    *_money("current_price", "line", "current_price_fen", "现价"),
    Column("supplier", "line", "supplier", read_text, ("供应商",)),
    Column("warehouse", "line", "warehouse", read_text, ("仓库", "发货仓")),
    Column("price_protect_days", "line", "price_protect_days", read_integer, ("价保天数",)),
    *_money("declared_value", "line", "declared_value_fen", "赠品价值"),
    Column(
        "no_reason_excluded", "line", "no_reason_excluded", read_boolean, ("不支持七天无理由",)
    ),
    Column("discount_name", "discount", "name", read_text, ("优惠名称",)),
    *_money("discount_threshold", "discount", "threshold_fen", "优惠门槛"),
    *_money("discount_cut", "discount", "cut_fen", "优惠金额"),
    Column("discount_applied", "discount", "applied", read_boolean, ("优惠已生效",)),
    Column("payment_id", "payment", "id", read_code, ("支付流水号", "交易号")),
    Column("payment_method", "payment", "method", read_text, ("支付方式",)),
    *_money("payment_amount", "payment", "amount_fen", "支付金额"),
    Column("payment_at", "payment", "at", read_time, ("支付时间",)),
    Column("payment_status", "payment", "status", _PAYMENT, ("支付状态",)),
    Column("carrier", "shipment", "carrier", read_text, ("快递公司", "物流公司")),
    Column(
        "tracking_no", "shipment", "tracking_no", read_code, ("快递单号", "物流单号", "运单号")
    ),
    Column("shipped_at", "shipment", "shipped_at", read_time, ("发货时间",)),
    Column("delivered_at", "shipment", "delivered_at", read_time, ("签收时间",)),
    Column("signed_by", "shipment", "signed_by", read_text, ("签收人",)),
    Column("weight_grams", "shipment", "weight_grams", read_integer, ("重量克", "重量(克)")),
    Column("tracking_events", "shipment", "events", read_list),
    Column("return_no", "return", "no", read_code, ("退货单号", "售后单号")),
    Column("return_state", "return", "state", _RETURN, ("退货状态", "售后状态")),
    *_money("return_amount", "return", "amount_fen", "退款金额"),
    Column("return_requested_at", "return", "requested_at", read_time, ("退货申请时间",)),
    Column("return_received_at", "return", "received_at", read_time, ("退货签收时间",)),
    Column("return_refunded_at", "return", "refunded_at", read_time, ("退款时间",)),
    Column("address_name", "address", "name", read_text, ("收货人", "收件人")),
    Column("address_phone", "address", "phone", read_code, ("收货电话", "收件电话")),
    Column("province", "address", "province", read_text, ("省", "省份")),
    Column("city", "address", "city", read_text, ("市", "城市")),
    Column("district", "address", "district", read_text, ("区", "区县")),
    Column("address_detail", "address", "detail", read_text, ("详细地址", "收货地址", "地址")),
    Column("invoice_kind", "invoice", "kind", read_text, ("发票类型",)),
    Column("invoice_title", "invoice", "title", read_text, ("发票抬头",)),
    Column("invoice_state", "invoice", "state", _INVOICE, ("发票状态",)),
)
# The parts of which an order has several, and what the record calls them.
LISTS: Final = {"line": "lines", "payment": "payments", "discount": "discounts",
                "shipment": "shipments", "return": "returns"}  # fmt: skip
REQUIRED: Final = (
    ("order", "order_no"), ("customer", "name"), ("customer", "phone"), ("order", "placed_at"),
    ("order", "status"), ("line", "sku"), ("line", "title"), ("line", "category"),
    ("line", "quantity"), ("line", "unit_price_fen"), ("line", "paid_fen"), ("address", "detail"),
)  # fmt: skip


def header_key(header: str) -> str:
    """Return a header as it is compared: width, case, blanks and a trailing (元) do not count."""
    folded = "".join(plain(header).lower().split())
    return folded.removesuffix("(元)")


BY_HEADER: Final[Mapping[str, Column]] = {
    header_key(name): column for column in COLUMNS for name in (column.name, *column.aliases)
}
