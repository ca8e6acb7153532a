"""Numbers, keys and rows: what a service sorts, counts, groups, caches and prints."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from bench.workloads.generators.draw import between, pick

NAMES = ("boole", "curie", "franklin", "goodall", "hopper", "kepler", "lovelace", "mendel", "noether", "turing", "vaughan")
METHODS = ("GET", "GET", "GET", "POST", "PUT", "DELETE")
RESOURCES = ("orders", "users", "carts", "invoices", "parcels", "refunds", "sessions", "reviews")
CODES = (200, 200, 200, 201, 204, 301, 400, 404, 429, 500, 503)
PEOPLE = ("Ada Lovelace", "George Boole", "Grace Hopper", "Johannes Kepler", "Marie Curie", "Rosalind Franklin", "Emmy Noether")
HOSTS = ("example.org", "Example.org", "EXAMPLE.ORG", "mail.example.com", "Mail.Example.com")
CITIES = ("Cork", "Leeds", "Utrecht", "Hamburg", "Lyon", "Turin")
PADDING = ("", "", " ", " ", "  ")


def encoded(numbers: Sequence[int]) -> bytes:
    """Write whole numbers as 64 bits each, little-endian."""
    return struct.pack(f"<{len(numbers)}q", *numbers)


def integers(count: int, seed: int) -> bytes:
    """Make whole numbers as `encoded` writes them, all of the 64 bits drawn."""
    return Random(seed).getrandbits(64 * count).to_bytes(8 * count, "little")


def delays(count: int, longest: int, seed: int) -> bytes:
    """Make whole numbers from 1 to `longest`."""
    random = Random(seed)
    return encoded([between(random, 1, longest) for _ in range(count)])


def requests(count: int, keys: int, seed: int) -> bytes:
    """Make the keys of requests to a cache: out of `keys` different ones, a few are asked for far more often than the rest."""
    random = Random(seed)
    known = [random.getrandbits(40) for _ in range(keys)]
    asked = []
    for _ in range(count):
        uniform = random.random()
        asked.append(known[int(keys * uniform * uniform * uniform * uniform)])
    return encoded(asked)


def operations(count: int, keys: int, writes: float, seed: int) -> bytes:
    """Make operations on a cache of `keys` keys: the n-th most popular is drawn 1/n as often as the first, as Zipf's law has it.

    A share of `writes` of them write: these have all bits of their keys inverted, and so are negative.
    """
    random = Random(seed)
    known = [random.getrandbits(40) for _ in range(keys)]
    up_to = list(accumulate(1 / rank for rank in range(1, keys + 1)))
    drawn = []
    for _ in range(count):
        key = known[bisect_left(up_to, random.random() * up_to[-1])]
        drawn.append(~key if random.random() < writes else key)
    return encoded(drawn)


def sales(count: int, customers: int, seed: int) -> bytes:
    """Make rows of customer, seconds since 1970 and cents, a tab between, in no order. No two rows have the same second."""
    random = Random(seed)
    known = [f"{pick(random, NAMES)}-{random.getrandbits(32):08x}" for _ in range(customers)]
    placed = 1_767_225_600
    rows = []
    for _ in range(count):
        placed += between(random, 1, 300)
        rows.append(f"{pick(random, known)}\t{placed}\t{between(random, 99, 99_999)}\n")
    for last in range(count - 1, 0, -1):
        other = between(random, 0, last)
        rows[last], rows[other] = rows[other], rows[last]
    return "".join(rows).encode()


def tokens(count: int, known: int, unknown: float, seed: int) -> bytes:
    """Make tokens, one a line: a share of `unknown` new ones, the rest out of the `known` ones, the same for every seed."""
    source = Random(known)
    sessions = [f"{source.getrandbits(64):016x}" for _ in range(known)]
    random = Random(seed)
    drawn = [f"{random.getrandbits(64):016x}" if random.random() < unknown else pick(random, sessions) for _ in range(count)]
    return ("\n".join(drawn) + "\n").encode()


def counters(count: int, seed: int) -> bytes:
    """Make rows of HTTP method, route, status code and a number of requests, a tab between."""
    random = Random(seed)
    rows = []
    for _ in range(count):
        route = f"/api/v{between(random, 1, 3)}/{pick(random, RESOURCES)}/{pick(random, RESOURCES)}"
        rows.append(f"{pick(random, METHODS)}\t{route}\t{pick(random, CODES)}\t{between(random, 0, 9_999_999)}\n")
    return "".join(rows).encode()


def contacts(count: int, seed: int) -> bytes:
    """Make rows as people fill them in: reference, name, e-mail, city and amount, a semicolon and stray spaces between."""
    random = Random(seed)
    rows = []
    for _ in range(count):
        name = pick(random, PEOPLE)
        fields = (
            f"{random.getrandbits(32):08X}",
            name,
            f"{name.replace(' ', '.')}{between(random, 1, 999)}@{pick(random, HOSTS)}",
            pick(random, CITIES),
            f"{between(random, 1, 999)}.{between(random, 0, 99):02}",
        )
        rows.append(";".join(f"{pick(random, PADDING)}{field}{pick(random, PADDING)}" for field in fields) + "\n")
    return "".join(rows).encode()
