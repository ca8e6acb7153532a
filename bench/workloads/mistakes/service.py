"""The service: what a request does to orders; mails are sent beside it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bench.workloads.mistakes.orders import InvalidError, Order, label, parse, total
from bench.workloads.mistakes.store import Store

RECENT = 3
STANDARD_SHIPPING = 500


class ConflictError(Exception):
    """The order is not in a state in which that can be done."""


@dataclass(frozen=True)
class Response:
    """What is sent back."""

    status: int
    body: str


class Service:
    """Places, ships and reports orders; to be made inside a running loop, and closed."""

    def __init__(
        self, store: Store, carrier: Callable[[str], Awaitable[int]], mail: Callable[[str], None], patience_ms: int = 1_000
    ) -> None:
        self._store = store
        self._carrier = carrier
        self._mail = mail
        self._patience_ms = patience_ms
        self._stocking = asyncio.Lock()
        self._rating = asyncio.Lock()
        self._counting = threading.Lock()
        self._counts: dict[str, int] = {}
        self._rate: int | None = None
        self._recent: list[int] = []
        self._mails: asyncio.Queue[str | None] = asyncio.Queue()
        self._mailing = asyncio.create_task(self._send())

    async def place(self, body: bytes) -> Order:
        """Accept an order; raises InvalidError, ConflictError where an article is sold out, sqlite3.Error."""
        order = parse(body)
        for item in order.items:
            await self._reserve(item.sku, item.quantity)
        order.number = await asyncio.to_thread(self._store.add, order)
        await asyncio.to_thread(self._count, order)
        await self._audit(order.number, "placed")
        self._mails.put_nowait(label(order))
        return order

    async def _reserve(self, sku: str, quantity: int) -> None:
        async with self._stocking:
            left = await asyncio.to_thread(self._store.stock, sku)
            if left < quantity:
                raise ConflictError(f"{sku}: {left} left")
            await asyncio.to_thread(self._store.set_stock, sku, left - quantity)

    def _count(self, order: Order) -> None:
        with self._counting:
            self._counts[order.customer] = self._counts.get(order.customer, 0) + 1
            self._recent.append(order.number)

    async def _audit(self, number: int, event: str) -> None:
        await asyncio.to_thread(self._store.audit, number, event)

    async def ship(self, number: int) -> Order:
        """Mark an order as shipped; raises KeyError where there is none, ConflictError where it is not new."""
        order = await asyncio.to_thread(self._store.get, number)
        if order is None:
            raise KeyError(number)
        moved = await asyncio.to_thread(self._store.move, number, "new", "shipped")
        if not moved:
            raise ConflictError(f"{number} is {order.status}")
        order.status = "shipped"
        await self._audit(number, "shipped")
        return order

    async def shipping(self, sku: str) -> int:
        """Return what the carrier asks for an article, in cents; the standard price where it takes too long to answer."""
        asked = asyncio.ensure_future(self._carrier(sku))
        done, _ = await asyncio.wait({asked}, timeout=self._patience_ms / 1000)
        if not done:
            asked.cancel()
            return STANDARD_SHIPPING
        return asked.result()

    async def rate(self) -> int:
        """Return the carrier's base rate, which it is asked for once."""
        async with self._rating:
            if self._rate is None:
                self._rate = await self._carrier("base")
            return self._rate

    async def report(self, customers: Sequence[str]) -> tuple[int, str]:
        """Return what customers spent in all, in cents, and the one that spent most; raises sqlite3.Error."""
        cents, highest, best = 0, -1, ""
        adding = threading.Lock()

        def add(customer: str) -> None:
            nonlocal cents, highest, best
            spent = self._store.spent(customer)
            with adding:
                cents += spent
                if spent > highest:
                    highest, best = spent, customer

        await asyncio.gather(*(asyncio.to_thread(add, customer) for customer in customers))
        return cents, best

    def placed(self, customer: str) -> int:
        """Return how many orders of a customer were placed."""
        with self._counting:
            return self._counts.get(customer, 0)

    def recent(self) -> list[int]:
        """Return the numbers of the last orders, the newest last."""
        with self._counting:
            return self._recent[-RECENT:]

    async def handle(self, method: str, path: str, body: bytes = b"") -> Response:
        """Answer a request: POST /orders, GET /orders/7, POST /orders/7/ship."""
        try:
            return await self._answer(method, path, body)
        except InvalidError as error:
            return Response(400, str(error))
        except ConflictError as error:
            return Response(409, str(error))
        except (KeyError, ValueError):
            return Response(404, "no such order")

    async def _answer(self, method: str, path: str, body: bytes) -> Response:
        match method, path.strip("/").split("/"):
            case "POST", ["orders"]:
                return _response(201, await self.place(body))
            case "GET", ["orders", number]:
                order = await asyncio.to_thread(self._store.get, int(number))
                if order is None:
                    return Response(404, "no such order")
                return _response(200, order)
            case "POST", ["orders", number, "ship"]:
                return _response(200, await self.ship(int(number)))
            case _:
                return Response(404, "no such page")

    async def _send(self) -> None:
        while (text := await self._mails.get()) is not None:
            await asyncio.to_thread(self._mail, text)

    async def close(self) -> None:
        """Send the mails that are waiting, and close the database."""
        self._mails.put_nowait(None)
        await self._mailing
        self._store.close()


def _response(status: int, order: Order) -> Response:
    fields = {"number": order.number, "customer": order.customer, "status": order.status, "total": total(order)}
    return Response(status, json.dumps(fields))
