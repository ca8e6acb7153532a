"""What a service logs of the requests that it serves."""

from __future__ import annotations

import json
from random import Random

from bench.workloads.generators.draw import between, pick
from bench.workloads.generators.log import CODES, METHODS, PATHS

MESSAGES = ("request served", "order stored", 'no stock for "café cups"', "token renewed", "upstream retried")


def entries(count: int, seed: int) -> bytes:
    """Make `count` entries, one JSON object a line.

    No time ends in 0 milliseconds: Go leaves out zeros at the end of a fraction, Python writes them.
    """
    random = Random(seed)
    return "".join(json.dumps(entry(random, number)) + "\n" for number in range(count)).encode()


def entry(random: Random, number: int) -> dict[str, str | int]:
    path = pick(random, PATHS)
    status = pick(random, CODES)
    return {
        "time": f"2026-11-01T10:{number // 60 % 60:02}:{number % 60:02}.{between(random, 0, 99):02}{between(random, 1, 9)}Z",
        "level": "ERROR" if status >= 500 else "DEBUG" if path == "/healthz" else "INFO",
        "msg": pick(random, MESSAGES),
        "method": pick(random, METHODS),
        "path": path.format(n=between(random, 1, 9999)),
        "status": status,
        "microseconds": between(random, 80, 90_000),
        "request": f"{random.getrandbits(64):016x}",
    }
