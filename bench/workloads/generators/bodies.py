"""Bodies of requests that create an order: most are valid, some are not."""

from __future__ import annotations

import json
from typing import Any

from bench.workloads.generators.orders import orders

Path = tuple[str | int, ...]

BROKEN: tuple[dict[Path, Any], ...] = (
    {("items", 0, "quantity"): 0},
    {("status",): "lost", ("customer", "email"): "ada at example.org"},
    {("customer", "name"): "", ("currency",): "XXX", ("items", 0, "cents"): -1},
    {("items", 0, "quantity"): "2"},
    {("items",): []},
    {("created",): "yesterday"},
    {("note",): "x" * 201, ("customer", "address", "postcode"): "1"},
    {("items", 0, "kilograms"): 0, ("items", 0, "sku"): "short", ("id",): "short", ("customer", "id"): 0},
)
"""What is put in place of what, body by body: each value offends, and there is one alone where a decoder stops at it."""


def bodies(count: int, seed: int, every: int) -> bytes:
    """Make `count` bodies, one JSON object a line; each one whose number is a multiple of `every` has values that offend."""
    made: list[dict[str, Any]] = json.loads(orders(count, seed))["orders"]
    for number, body in enumerate(made[every - 1 :: every]):
        for path, value in BROKEN[number % len(BROKEN)].items():
            put(body, path, value)
    return "".join(json.dumps(body) + "\n" for body in made).encode()


def put(body: dict[str, Any], path: Path, value: object) -> None:
    place: Any = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
