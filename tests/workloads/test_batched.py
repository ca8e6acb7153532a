"""The servers that answer a request for twenty rows in one round trip to the database: their answers, and how many trips."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest

from bench.measure.http import distance, web
from bench.measure.http import generator as generators
from bench.measure.http.generator import Generator
from bench.measure.http.serving import serving
from bench.measure.instruments.base import MeasureContext
from tests import observed
from tests.cataloged import CATALOG

ENTRY = CATALOG.benchmark("web/twenty-batched-20ms")
PROGRAMS = [*(f"python/{variant}/{observed.HERE}" for variant in ENTRY.python), *(f"go/{variant}" for variant in ENTRY.go)]
ROWS = 20
AWAY = 100
"""Milliseconds to the database: so many that nothing else that a request does takes as long."""


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with servers, generator and forwarder built."""
    web.build(backed, ENTRY, ())
    return backed


@pytest.fixture(scope="module")
def generator(equipped: MeasureContext) -> Iterator[Generator]:
    with generators.running(equipped, everywhere=False) as running:
        yield running


@pytest.mark.parametrize("program", PROGRAMS)
def test_twenty_rows_are_answered_as_by_twenty_queries(equipped: MeasureContext, generator: Generator, program: str) -> None:
    with serving(equipped, equipped.tree(ENTRY), ENTRY, program, generator.upstream, "test") as server:
        plan = {"mode": "check", "target": f"127.0.0.1:{server.port}", "endpoint": "twenty-queries", "seed": web.SEED}
        assert generator.phase({**plan, "limit": web.SLOWEST, "requests": 32}, 0.0) == {"valid": 32}


@pytest.mark.parametrize("program", PROGRAMS)
def test_twenty_rows_take_one_round_trip(equipped: MeasureContext, program: str) -> None:
    far_away = ENTRY.model_copy(update={"input": ENTRY.input | {distance.KEY: AWAY}})
    with (
        distance.between(equipped, far_away) as far,
        serving(far.context, equipped.tree(ENTRY), far_away, program, "127.0.0.1:1", "test") as server,
    ):
        asked(server.port)  # which opens a connection
        took = asked(server.port)
    assert AWAY / 1000 <= took < 2 * AWAY / 1000


def asked(port: int) -> float:
    """Return how many seconds a request for twenty rows takes."""
    began = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/worlds?first=17") as answer:
        answer.read()
    return time.perf_counter() - began
