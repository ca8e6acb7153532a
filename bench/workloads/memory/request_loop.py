"""A service that holds many decoded documents answers requests, and times each one. The Go twin is the package `requestloop`.

A request decodes a document with the standard library's `json`, builds an order whose lines lead back to it, as an
object-relational mapper does, works out its price, and puts the document into the cache in place of another.
"""

from __future__ import annotations

import gc
import json
from time import perf_counter

from bench.workloads.memory.draws import following

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from bench.workloads.report import Mark

BODIES = 64


class Order:
    """An order that knows its lines, which know it."""

    __slots__ = ("customer", "discount", "lines")

    def __init__(self, document: dict[str, Any]) -> None:
        self.customer: str = document["customer"]
        self.discount: int = document["discount"]
        self.lines = [Line(self, line["sku"], line["quantity"], line["cents"]) for line in document["lines"]]

    def price(self) -> int:
        return sum(line.price() for line in self.lines)


class Line:
    """A line of an order."""

    __slots__ = ("cents", "order", "quantity", "sku")

    def __init__(self, order: Order, sku: str, quantity: int, cents: int) -> None:
        self.order = order
        self.sku = sku
        self.quantity = quantity
        self.cents = cents

    def price(self) -> int:
        return self.quantity * self.cents * (100 - self.order.discount) // 100


def body(number: int, lines: int) -> bytes:
    """Return the JSON of a document, as it would come from the network."""
    parts = [
        f'{{"sku": "sku-{number}-{line}", "quantity": {1 + line % 5}, "cents": {100 + 7 * line + number}}}'
        for line in range(lines)
    ]
    return f'{{"customer": "customer-{number}", "discount": {number % 30}, "lines": [{", ".join(parts)}]}}'.encode()


def load(records: int, lines: int) -> dict[int, dict[str, Any]]:
    """Return the cache, filled."""
    bodies = [body(number, lines) for number in range(BODIES)]
    return {key: json.loads(bodies[key % BODIES]) for key in range(records)}


def serve(mark: Mark, cache: dict[int, dict[str, Any]], lines: int, requests: int) -> int:
    """Return the sum of the answers; the mark carries the quantiles, the largest and the mean of the requests' times in seconds.

    A request lasts until the next one begins: no pause falls between two of them.
    """
    bodies = [body(number, lines) for number in range(BODIES)]
    total = 0
    state = 1
    times = []
    before = collections()
    start = perf_counter()
    for _ in range(requests):
        state = following(state)
        key = (state >> 8) % len(cache)
        state = following(state)
        document = json.loads(bodies[(state >> 8) % BODIES])
        order = Order(document)
        total += order.price() + cache[key]["discount"]
        cache[key] = document
        end = perf_counter()
        times.append(end - start)
        start = end
    young, middle, full = (now - then for now, then in zip(collections(), before, strict=True))
    times.sort()
    mark(
        "done",
        p50=times[requests // 2],
        p90=times[requests * 9 // 10],
        p99=times[requests * 99 // 100],
        p999=times[requests * 999 // 1000],
        max=times[-1],
        mean=sum(times) / requests,
        collections=young + middle + full,
        full=full,
    )
    return total


def collections() -> list[int]:
    """Return how often the collector has run, by generation."""
    return [generation["collections"] for generation in gc.get_stats()]
