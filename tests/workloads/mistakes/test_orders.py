"""The tests that a team would write of the service; go_examples/mistakes/orders/orders_test.go has the same cases."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bench.workloads.mistakes import orders
from bench.workloads.mistakes.orders import InvalidError, Item, Order
from bench.workloads.mistakes.service import STANDARD_SHIPPING, ConflictError, Service
from bench.workloads.mistakes.store import Store

MUG = {"sku": "mug", "quantity": 2, "cents": 900}


def body(customer: str = "Ada", items: object = (MUG,), **fields: object) -> bytes:
    return json.dumps({"customer": customer, "items": items, **fields}).encode()


async def quick(sku: str) -> int:
    return len(sku) * 100


@asynccontextmanager
async def serving(
    stock: int = 100,
    carrier: Callable[[str], Awaitable[int]] = quick,
    mail: Callable[[str], None] = lambda _: None,
    patience_ms: int = 1_000,
) -> AsyncIterator[tuple[Service, Store]]:
    store = Store(":memory:")
    store.set_stock("mug", stock)
    service = Service(store, carrier, mail, patience_ms)
    yield service, store
    await service.close()


def test_an_order_is_parsed() -> None:
    order = orders.parse(body(" Ada ", note="ring twice"))
    assert (order.customer, order.status, order.note, order.items) == ("Ada", "new", "ring twice", [Item("mug", 2, 900)])


@pytest.mark.parametrize(
    "sent",
    [b"{", b"[]", body(" "), body(items=[]), body(items=[MUG] * 51), body(items=[MUG | {"quantity": 0}])],
    ids=["broken", "a list", "no customer", "no items", "too many items", "no quantity"],
)
def test_what_is_no_order_is_refused(sent: bytes) -> None:
    with pytest.raises(InvalidError):
        orders.parse(sent)


def test_an_order_may_have_fifty_items() -> None:
    assert len(orders.parse(body(items=[MUG] * 50)).items) == 50


@pytest.mark.parametrize(("cents", "off"), [(0, 0), (9_999, 0), (10_000, 500), (50_000, 5_000)])
def test_the_discount_grows_with_the_price(cents: int, off: int) -> None:
    assert orders.discount(cents) == off


def test_the_total_has_the_discount_taken_off() -> None:
    assert orders.total(Order("Ada", [Item("mug", 2, 900), Item("desk", 1, 20_000)])) == 20_710


def test_pieces_are_counted_over_all_items() -> None:
    assert orders.pieces(Order("Ada", [Item("mug", 2, 900), Item("desk", 1, 20_000)])) == 3


def test_a_parcel_is_insured_for_its_dearest_article() -> None:
    assert orders.insured(Order("Ada", [Item("mug", 2, 900), Item("desk", 1, 20_000)])) == "desk"


@pytest.mark.parametrize(("note", "printed"), [(None, "Ada"), (" ring twice ", "Ada (ring twice)")])
def test_the_label_has_the_note_where_there_is_one(note: str | None, printed: str) -> None:
    assert orders.label(Order("Ada", [], note)) == printed


@pytest.mark.parametrize(("count", "pages"), [(0, 0), (1, 1), (10, 1), (11, 2)])
def test_the_last_page_may_be_short(count: int, pages: int) -> None:
    assert orders.pages(count, 10) == pages


def test_a_stored_order_is_read_back() -> None:
    store = Store(":memory:")
    store.add(Order("Eve", [Item("desk", 1, 20_000)]))
    number = store.add(Order("Ada", [Item("mug", 2, 900), Item("pen", 1, 100)], "ring twice"))
    assert store.get(number) == Order("Ada", [Item("mug", 2, 900), Item("pen", 1, 100)], "ring twice", number)
    store.close()


def test_a_customers_orders_are_shown_page_by_page() -> None:
    store = Store(":memory:")
    numbers = [store.add(Order("Ada", [Item("mug", 1, 900)])) for _ in range(3)]
    assert [store.page("Ada", 1, 2), store.page("Ada", 2, 2)] == [numbers[:2], numbers[2:]]
    store.close()


def test_a_placed_order_is_numbered_counted_and_written_down() -> None:
    async def run() -> None:
        async with serving() as (service, store):
            order = await service.place(body())
            stored = await asyncio.to_thread(store.get, order.number)
            assert stored is not None
            assert stored.customer == "Ada"
            assert (service.placed("Ada"), service.placed("Eve")) == (1, 0)
            assert store.events(order.number) == ["placed"]
            assert store.stock("mug") == 98

    asyncio.run(run())


def test_what_is_sold_out_cannot_be_ordered() -> None:
    async def run() -> None:
        async with serving(stock=1) as (service, _):
            with pytest.raises(ConflictError):
                await service.place(body())

    asyncio.run(run())


def test_the_last_orders_are_kept() -> None:
    async def run() -> None:
        async with serving() as (service, _):
            numbers = [(await service.place(body())).number for _ in range(5)]
            assert service.recent() == numbers[-3:]

    asyncio.run(run())


def test_an_order_is_shipped_once() -> None:
    async def run() -> None:
        async with serving() as (service, store):
            number = (await service.place(body())).number
            assert (await service.ship(number)).status == "shipped"
            assert store.events(number) == ["placed", "shipped"]
            with pytest.raises(ConflictError):
                await service.ship(number)

    asyncio.run(run())


def test_no_more_is_sold_than_there_is_when_many_order_at_once() -> None:
    async def run() -> None:
        async with serving(stock=20) as (service, store):
            answers = await asyncio.gather(*(service.place(body()) for _ in range(30)), return_exceptions=True)
            assert sum(isinstance(answer, Order) for answer in answers) == 10
            assert (service.placed("Ada"), store.stock("mug")) == (10, 0)

    asyncio.run(run())


def test_the_carrier_is_asked_for_its_rate_once() -> None:
    asked = []

    async def carrier(sku: str) -> int:
        asked.append(sku)
        await asyncio.sleep(0.01)
        return 490

    async def run() -> None:
        async with serving(carrier=carrier) as (service, _):
            assert await asyncio.gather(*(service.rate() for _ in range(10))) == [490] * 10
            assert asked == ["base"]

    asyncio.run(run())


def test_the_carriers_price_is_taken_where_it_answers_in_time() -> None:
    async def carrier(sku: str) -> int:
        await asyncio.sleep(0.02)
        return await quick(sku)

    async def run() -> None:
        async with serving(carrier=carrier) as (service, _):
            assert await service.shipping("desk") == 400

    asyncio.run(run())


def test_a_carrier_that_takes_too_long_is_not_waited_for() -> None:
    ended = asyncio.Event()

    async def carrier(_: str) -> int:
        try:
            await asyncio.sleep(30)
        finally:
            ended.set()
        return 0

    async def run() -> None:
        async with serving(carrier=carrier, patience_ms=10) as (service, _):
            began = time.monotonic()
            assert await service.shipping("desk") == STANDARD_SHIPPING
            await asyncio.wait_for(ended.wait(), 5)
            assert time.monotonic() - began < 5

    asyncio.run(run())


def test_the_report_adds_what_customers_spent() -> None:
    async def run() -> None:
        async with serving() as (service, _):
            for number in range(10):
                await service.place(body(f"customer {number}", [{"sku": "mug", "quantity": 1, "cents": 100 * (number + 1)}]))
            assert await service.report([f"customer {number}" for number in range(10)]) == (5_500, "customer 9")

    asyncio.run(run())


def test_a_report_without_the_database_fails() -> None:
    async def run() -> None:
        async with serving() as (service, store):
            await service.place(body())
            store.close()
            with pytest.raises(sqlite3.Error):
                await service.report(["Ada"])

    asyncio.run(run())


def test_mails_are_sent_before_the_service_ends() -> None:
    sent: list[str] = []
    sending = threading.Lock()

    def mail(text: str) -> None:
        time.sleep(0.005)
        with sending:
            sent.append(text)

    async def run() -> None:
        async with serving(mail=mail) as (service, _):
            for _ in range(5):
                await service.place(body(note="ring twice"))
        with sending:
            assert sent == ["Ada (ring twice)"] * 5

    asyncio.run(run())


def test_requests_are_answered() -> None:
    async def run() -> None:
        async with serving() as (service, _):
            placed = await service.handle("POST", "/orders", body())
            number = json.loads(placed.body)["number"]
            expected = {"number": number, "customer": "Ada", "status": "new", "total": 1_800}
            assert (placed.status, json.loads(placed.body)) == (201, expected)
            answer = await service.handle("GET", f"/orders/{number}")
            assert (answer.status, json.loads(answer.body)) == (200, expected)
            answer = await service.handle("POST", f"/orders/{number}/ship")
            assert (answer.status, json.loads(answer.body)) == (200, expected | {"status": "shipped"})

    asyncio.run(run())


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "/orders", b"{", 400),
        ("POST", "/orders", body(items=[MUG | {"quantity": 500}]), 409),
        ("GET", "/orders/x", b"", 404),
        ("GET", "/orders/77", b"", 404),
        ("POST", "/orders/77/ship", b"", 404),
        ("GET", "/", b"", 404),
    ],
)
def test_what_cannot_be_done_is_answered_with_its_status(method: str, path: str, sent: bytes, status: int) -> None:
    async def run() -> None:
        async with serving() as (service, _):
            assert (await service.handle(method, path, sent)).status == status

    asyncio.run(run())
