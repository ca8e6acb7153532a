"""Makes the input files of the benchmarks: the same bytes on every machine and every Python from 3.11 on.

Only `Random.random` and `Random.getrandbits` are used, because Python promises a stable output for no other method.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

Item = TypeVar("Item")

PEOPLE = ("Ada Lovelace", "Björn Åkesson", "Chloé Lefèvre", "Dmitri Ivanov", "Esi Mensah", "Françoise Noël", "Grace Hopper")
STREETS = ("Rue de l'Église", "High Street", "Königsallee", "Calle Mayor", "Station Road", "Lindenstraße", "Mill Lane")
CITIES = ("Genève", "Leeds", "Düsseldorf", "Málaga", "Utrecht", "Zürich", "Cork")
PRODUCTS = ("desk lamp", "notebook, ruled", "café cups (set of 4)", "USB-C cable, 2 m", 'monitor 27"', "wool blanket", "tea pot")
STATUSES = ("pending", "paid", "shipped")
CURRENCIES = ("EUR", "GBP", "CHF")
NOTES = (None, None, "leave with the neighbour", "ring twice\nsecond floor")

METHODS = ("GET", "GET", "GET", "POST", "PUT", "DELETE")
PATHS = ("/api/orders", "/api/orders/{n}", "/api/users/{n}/cart", "/static/app-{n}.js", "/search?q=item{n}", "/healthz")
CODES = (200, 200, 200, 200, 201, 204, 301, 404, 429, 500, 502, 503)
LEVELS = ("INFO", "INFO", "INFO", "INFO", "DEBUG", "WARNING", "ERROR", "FATAL")
EVENTS = (
    "request served in {n} ms",
    "cache miss for key user:{n}",
    "user{n}@example.org signed in",
    "connection to db-{n}.internal timed out, retrying",
    "password reset mailed to jo.doe+{n}@mail.example.com",
    "worker {n} finished its batch",
    "upstream refused connection after {n} attempts",
)


def _pick(random: Random, items: Sequence[Item]) -> Item:
    return items[int(random.random() * len(items))]


def _between(random: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(random.random() * (high - low + 1))


def orders(count: int, seed: int) -> bytes:
    """Make a JSON document of `count` orders as Python clients send it: a space after each separator, ASCII only.

    Every weight has two decimals and does not end in 0, so that each encoder writes it the same way.
    """
    random = Random(seed)
    document = [
        {
            "id": f"{random.getrandbits(64):016x}",
            "created": f"2026-{_between(random, 1, 12):02}-{_between(random, 1, 28):02}T{_between(random, 0, 23):02}:15:00Z",
            "status": _pick(random, STATUSES),
            "customer": {
                "id": _between(random, 1, 999_999),
                "name": _pick(random, PEOPLE),
                "email": f"customer{_between(random, 1, 9999)}@example.org",
                "address": {
                    "street": f"{_between(random, 1, 200)} {_pick(random, STREETS)}",
                    "city": _pick(random, CITIES),
                    "postcode": f"{_between(random, 10_000, 99_999)}",
                },
            },
            "currency": _pick(random, CURRENCIES),
            "note": _pick(random, NOTES),
            "items": [
                {
                    "sku": f"{random.getrandbits(32):08X}",
                    "name": _pick(random, PRODUCTS),
                    "quantity": _between(random, 1, 9),
                    "cents": _between(random, 99, 99_999),
                    "kilograms": (_between(random, 0, 199) * 10 + _between(random, 1, 9)) / 100,
                }
                for _ in range(_between(random, 1, 6))
            ],
        }
        for _ in range(count)
    ]
    return json.dumps({"orders": document}).encode()


def log(lines: int, seed: int) -> bytes:
    """Make a service's log: request lines and event lines, with addresses, request ids, levels and a few e-mail addresses."""
    random = Random(seed)
    out = []
    for number in range(lines):
        clock = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.{_between(random, 0, 999):03}"
        stamp = f"2026-11-01T{clock}Z"
        n = _between(random, 1, 9999)
        if random.random() < 0.6:
            address = ".".join(str(_between(random, 1, 254)) for _ in range(4))
            request = f"{_pick(random, METHODS)} {_pick(random, PATHS).format(n=n)} HTTP/1.1"
            reply = f"{_pick(random, CODES)} {_between(random, 80, 90_000)} {_between(random, 1, 4000)}ms"
            out.append(f'{stamp} {address} "{request}" {reply}')
        else:
            request_id = f"{random.getrandbits(32):08x}-{random.getrandbits(16):04x}-{random.getrandbits(48):012x}"
            out.append(f"{stamp} {_pick(random, LEVELS)} [{request_id}] {_pick(random, EVENTS).format(n=n)}")
    return ("\n".join(out) + "\n").encode()


GENERATORS: dict[str, Callable[[], bytes]] = {
    "orders-20kB.json": lambda: orders(count=29, seed=1),
    "orders-check.json": lambda: orders(count=1, seed=2),
    "log-200kB.txt": lambda: log(lines=2300, seed=3),
    "log-check.txt": lambda: log(lines=200, seed=4),
}
"""Name of a file -> what makes its bytes."""


def materialise(names: Iterable[str], folder: Path) -> None:
    """Bring the named files into `folder`: whole or not at all, and only where they are missing or differ.

    Raises:
        KeyError: for a name that is not in GENERATORS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        content = GENERATORS[name]()
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        handle, beside = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink()
            raise
