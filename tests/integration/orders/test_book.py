"""The embedded order book on both databases: found, changed once, never paid back too much."""

from __future__ import annotations

import asyncio
import multiprocessing
from typing import Any

import pytest
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError

from bot.errors import OrderSystemRefused, StorageError
from bot.order_record import OrderCommand, OrderRecord
from bot.orders.book import PUT_AT_ONCE, OrderBook
from bot.orders.demo import demo_orders
from models import Database
from models.order import book_entry, book_order
from tests.factories import NOW, HandClock
from tests.unit.orders.samples import delivered, order, order_data

NO = "JF20261101900"
PAID_FEN = 12780


def command(kind: str, amount_fen: int = 0, *, key: str = "k1", **detail: Any) -> OrderCommand:
    return OrderCommand(
        idempotency_key=key, kind=kind, order_no=NO, amount_fen=amount_fen, detail=detail
    )


@pytest.fixture
def book(database: Database, clock: HandClock) -> OrderBook:
    """An empty book under a clock that stands still."""
    return OrderBook(database, clock)


async def found(book: OrderBook) -> OrderRecord:
    record = await book.find(NO)
    assert record is not None
    return record


async def test_a_record_comes_back_as_it_was_put(book: OrderBook) -> None:
    """Nothing is lost on the way through the database, not even a zone's moment."""
    records = demo_orders(NOW)
    await book.put(records)
    for record in records:
        assert await book.find(record.order_no) == record


async def test_an_order_that_cannot_be_read_hides_none_of_the_others(
    book: OrderBook, database: Database
) -> None:
    await book.put([order(), order(order_no="JF20261101901")])
    spoilt = update(book_order).where(book_order.c.order_no == NO).values(record={"lines": []})
    await database.write(lambda c: c.execute(spoilt))
    assert [o.order_no for o in await book.search(telegram_id=42)] == ["JF20261101901"]


@pytest.mark.parametrize(
    "typed", ["jf20261101900", "  JF20261101900\n", "ＪＦ２０２６１１０１９００"]
)
async def test_an_order_is_found_however_it_is_typed(book: OrderBook, typed: str) -> None:
    """Case, blanks and full-width digits of a Chinese keyboard do not matter."""
    await book.put([order()])
    assert await book.find(typed) == order()


async def test_an_unknown_order_is_none(book: OrderBook) -> None:
    """Absent is an answer."""
    assert await book.find("JF0") is None
    assert await book.history("JF0") == []
    assert await book.outcome("never") is None


@pytest.mark.parametrize("phone", ["13800001111", "+86 138-0000-1111", "138 0000 1111"])
async def test_a_customer_is_found_by_the_full_phone(book: OrderBook, phone: str) -> None:
    """However it is written, newest first; a part of it finds nobody."""
    older = order(order_no="OLD", placed_at="2026-01-01T00:00:00+08:00")
    await book.put(
        [older, order(), order(order_no="X", customer={"name": "b", "phone": "139111"})]
    )
    assert [o.order_no for o in await book.search(phone=phone)] == [NO, "OLD"]
    assert await book.search(phone=phone[-4:]) == []


async def test_a_customer_is_found_by_telegram_id(book: OrderBook) -> None:
    """What is given must all match; nothing given finds nobody."""
    await book.put([order()])
    assert await book.search(telegram_id=42) == [order()]
    assert await book.search(telegram_id=42, phone="13900000000") == []
    assert await book.search() == []


async def test_a_refund_is_seen_in_record_history_and_outcome(
    book: OrderBook, clock: HandClock
) -> None:
    """The three places agree on what was done and when."""
    await book.put([order()])
    result = await book.execute(command("refund", PAID_FEN))
    (entry,) = await book.history(NO)
    assert (await found(book)).status == "cancelled"
    assert (entry.kind, entry.amount_fen, entry.at) == ("refund", PAID_FEN, clock.now)
    assert entry.reference == result.reference == f"RF-{NO}-1"
    assert entry.note == "退款 ¥127.80；订单已取消"
    assert await book.outcome("k1") == result


async def test_history_is_newest_last(book: OrderBook, clock: HandClock) -> None:
    """Even where several things were done in one moment."""
    await book.put([delivered()])
    for index, kind in enumerate(("trace", "reship", "expedite")):
        await book.execute(command(kind, key=f"k{index}"))
    clock.advance(hours=1)
    await book.execute(command("goodwill", 500, key="k9"))
    assert [e.kind for e in await book.history(NO)] == ["trace", "reship", "expedite", "goodwill"]


async def test_the_same_key_is_the_same_deed(book: OrderBook) -> None:
    """A repeat is answered with the first result and pays nothing."""
    await book.put([delivered()])
    first = await book.execute(command("partial_refund", 1000))
    assert await book.execute(command("partial_refund", 1000)) == first
    assert len(await book.history(NO)) == 1


async def test_a_key_does_not_serve_another_deed(book: OrderBook) -> None:
    """Answering it with the first result would hide that nothing was done."""
    await book.put([delivered()])
    await book.execute(command("partial_refund", 1000))
    with pytest.raises(OrderSystemRefused, match="已用于另一项操作"):
        await book.execute(command("partial_refund", 2000))


async def test_more_than_was_received_is_never_paid_back(book: OrderBook) -> None:
    """All kinds of money count together, and a refusal leaves no trace."""
    await book.put([delivered()])
    await book.execute(command("partial_refund", 10000, key="a"))
    await book.execute(command("coupon", 2000, key="b"))
    before = await found(book)
    with pytest.raises(OrderSystemRefused, match=r"超过可退余额 ¥7\.80"):
        await book.execute(command("goodwill", 781, key="c"))
    assert await found(book) == before
    assert await book.outcome("c") is None
    await book.execute(command("goodwill", 780, key="d"))


async def test_money_that_went_back_elsewhere_counts(book: OrderBook) -> None:
    """A return that another system refunded is not refunded again."""
    gone = {"no": "TH1", "state": "refunded", "amount_fen": 11980,
            "requested_at": "2026-11-23T12:00:00+08:00"}  # fmt: skip
    await book.put([delivered(returns=[gone])])
    with pytest.raises(OrderSystemRefused, match=r"超过可退余额 ¥8\.00"):
        await book.execute(command("refund", 11980))


async def test_a_surplus_payment_is_paid_back_only_once(book: OrderBook) -> None:
    """What remains after it is the order's own price."""
    payments = [order_data()["payments"][0] | {"id": name} for name in ("P1", "P2")]
    await book.put([delivered(payments=payments)])
    await book.execute(command("refund", PAID_FEN, key="a"))
    assert (await found(book)).received_fen == PAID_FEN
    with pytest.raises(OrderSystemRefused, match="超过可退余额"):
        await book.execute(command("refund", PAID_FEN + 1, key="b"))
    await book.execute(command("return_refund", PAID_FEN, key="c"))


async def test_an_unknown_order_takes_no_command(book: OrderBook) -> None:
    """Nothing is written for it."""
    with pytest.raises(OrderSystemRefused, match="不存在"):
        await book.execute(command("trace"))


async def test_a_shipped_order_is_not_cancelled(book: OrderBook) -> None:
    """Neither are its goods called back by a word."""
    await book.put([delivered()])
    with pytest.raises(OrderSystemRefused, match="已发货，不能取消订单"):
        await book.execute(command("cancel"))


async def test_racing_tasks_with_one_key_do_one_deed(book: OrderBook) -> None:
    """Twenty at once get one result and leave one entry."""
    await book.put([delivered()])
    results = await asyncio.gather(
        *(book.execute(command("partial_refund", 1000)) for _ in range(20))
    )
    assert len({result.reference for result in results}) == 1
    assert len(await book.history(NO)) == 1


async def test_racing_refunds_never_exceed_what_was_received(book: OrderBook) -> None:
    """Of ten full refunds with keys of their own, one is carried out."""
    await book.put([delivered()])
    outcomes = await asyncio.gather(
        *(book.execute(command("refund", PAID_FEN, key=f"k{i}")) for i in range(10)),
        return_exceptions=True,
    )
    assert sum(isinstance(o, OrderSystemRefused) for o in outcomes) == 9
    assert len(await book.history(NO)) == 1


def refund_in_a_process(url: str, key: str, barrier: Any, answers: Any) -> None:
    """Wait for the others, then refund; put the reference or the refusal into the queue."""
    database = Database(url)

    async def run() -> str:
        barrier.wait()
        result = await OrderBook(database).execute(command("refund", PAID_FEN, key=key))
        return result.reference

    try:
        answers.put(asyncio.run(run()))
    except OrderSystemRefused as refused:
        answers.put(f"refused: {refused}")
    finally:
        database.close()


@pytest.mark.parametrize("keys", [("k", "k", "k"), ("a", "b", "c")], ids=["one key", "own keys"])
async def test_racing_processes_do_one_deed(
    book: OrderBook, database_url: str, keys: tuple[str, ...]
) -> None:
    """With one key all hear of the one deed; with keys of their own the others are refused."""
    await book.put([order()])
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(len(keys)), context.Queue()
    workers = [
        context.Process(target=refund_in_a_process, args=(database_url, key, barrier, answers))
        for key in keys
    ]
    for worker in workers:
        worker.start()
    heard = [await asyncio.to_thread(answers.get, timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    done = [answer for answer in heard if answer == f"RF-{NO}-1"]
    assert len(done) == (len(keys) if len(set(keys)) == 1 else 1)
    assert len(await book.history(NO)) == 1


async def test_put_is_all_or_nothing(book: OrderBook) -> None:
    """One record that the database cannot hold, far behind, takes back the first thousand."""
    good = [order(order_no=f"A{i:05}") for i in range(2 * PUT_AT_ONCE)]
    bad = order(order_no="Z", customer={"name": "a", "phone": "1380000", "telegram_id": 2**70})
    with pytest.raises((DBAPIError, OverflowError)):
        await book.put([*good, bad])
    assert await book.find("A00000") is None


async def test_put_replaces_an_order(book: OrderBook) -> None:
    """The newer file is the truth about what the shop knows."""
    await book.put([order()])
    await book.put([delivered(customer={"name": "韩梅梅", "phone": "13900002222"})])
    assert (await found(book)).status == "delivered"
    assert await book.search(phone="13800001111") == []
    assert len(await book.search(phone="13900002222")) == 1


@pytest.mark.parametrize(
    "done",
    [
        command("refund", PAID_FEN),
        command("correct_order", correction="改成L码"),
        command("invoice", correction="北京大学"),
    ],
    ids=lambda done: done.kind,
)
async def test_an_older_file_does_not_undo_a_remedy(book: OrderBook, done: OrderCommand) -> None:
    """The book's entries are applied again to what is imported."""
    await book.put([order()])
    await book.execute(done)
    changed = await found(book)
    await book.put([order()])
    assert await found(book) == changed


async def test_an_import_does_not_open_a_refunded_order_again(book: OrderBook) -> None:
    """Whether the file knows of the refund or not, nothing is left to pay back."""
    await book.put([order()])
    await book.execute(command("refund", PAID_FEN, key="a"))
    knowing = await found(book)
    for record in (order(), knowing):
        await book.put([record])
        with pytest.raises(OrderSystemRefused, match=r"超过可退余额 ¥0\.00"):
            await book.execute(command("goodwill", 1, key="b"))


async def test_a_return_goes_on_as_the_file_says(book: OrderBook) -> None:
    """A number that the file knows further on is not set back to approved."""
    await book.put([delivered()])
    result = await book.execute(command("return_refund", 11980))
    arrived = {"no": result.reference, "state": "received", "amount_fen": 11980,
               "requested_at": NOW.isoformat(), "received_at": NOW.isoformat()}  # fmt: skip
    await book.put([delivered(returns=[arrived])])
    assert [back.state for back in (await found(book)).returns] == ["received"]


async def rewrite(database: Database, **changes: Any) -> None:
    """Store the entry's command as another release would have written it."""

    def do(connection: Connection) -> None:
        stored = connection.execute(select(book_entry.c.command)).scalar_one()
        connection.execute(update(book_entry).values(command=stored | changes))

    await database.write(do)


async def test_what_a_newer_release_added_is_left_out(book: OrderBook, database: Database) -> None:
    await book.put([order()])
    await book.execute(command("refund", PAID_FEN))
    await rewrite(database, channel="a field of the next release")
    kept = (await found(book)).snapshot()
    kept["customer"]["level"] = "a field of the next release"
    await database.write(lambda c: c.execute(update(book_order).values(record=kept)))
    assert (await found(book)).received_fen == 0
    await book.put([order()])
    assert len(await book.history(NO)) == 1
    assert (await found(book)).received_fen == 0


async def test_a_deed_that_cannot_be_read_is_not_forgotten(
    book: OrderBook, database: Database
) -> None:
    """Its order takes no command and no import, which would pay a refund twice."""
    await book.put([order()])
    await book.execute(command("refund", PAID_FEN))
    await rewrite(database, amount_fen="a great deal")
    with pytest.raises(StorageError, match=NO):
        await book.put([order()])
    with pytest.raises(StorageError, match="k1"):
        await book.execute(command("goodwill", 1, key="k2"))
