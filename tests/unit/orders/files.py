"""Files of orders for the tests of their import, and what is found wrong with one."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SHANGHAI
from bot.errors import OrderImportError
from bot.orders.ingest import read_orders

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
HEADER = "订单号,客户姓名,手机号,下单时间,状态,商品编码,商品名称,类目,数量,单价,实付金额,收货地址"
ROW = "A1,李雷,13800001111,2026-11-20 10:00,待发货,S1,T恤,服装,2,59.90,119.80,杭州文三路1号"


def jsonl(*records: Any) -> str:
    """Return the records, one a line."""
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and return it."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def errors_of(file: Path) -> list[str]:
    """Return the mistakes found, without the folder before the file's name."""
    with pytest.raises(OrderImportError) as caught:
        read_orders(file, NOW)
    return [error.removeprefix(f"{file.parent}/") for error in caught.value.errors]


def row(**changes: str) -> str:
    """Return the sound row with cells replaced, named by their header."""
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True))
    return ",".join((cells | changes).values())
