"""A long response out of short parts: counters as text for a monitoring system. A line is an f-string; `join` makes one text.

Bytecode goes over the counters; the parts of a line, and the lines, are put together in C.
"""

from __future__ import annotations

from typing import NamedTuple

from bench.workloads.execution.integers import parse
from bench.workloads.execution.lines import lines


class Counter(NamedTuple):
    """How many requests had this method, route and status code."""

    method: str
    route: str
    code: str
    requests: int


def prepare(rows: bytes) -> dict[str, list[Counter]]:
    fields = (line.split("\t") for line in lines(rows))
    return {"rows": [Counter(method, route, code, parse(requests)) for method, route, code, requests in fields]}


def run(rows: list[Counter]) -> str:
    return "".join(
        [
            f'http_requests_total{{method="{method}",route="{route}",code="{code}"}} {requests}\n'
            for method, route, code, requests in rows
        ]
    )
