"""The services that are called by gRPC, against the contract: answers are checked by the load generator, as before each load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.measure.http import generator as generators
from bench.measure.http import web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import serving
from bench.measure.instruments.base import MeasureContext
from tests import observed
from tests.cataloged import CATALOG

CALLS = [b for b in CATALOG.benchmarks if "channels" in b.input and b.metric == "rate"]
PROGRAMS = [*(f"python/{variant}/{observed.HERE}" for variant in CALLS[0].python), *(f"go/{variant}" for variant in CALLS[0].go)]


@pytest.fixture(scope="module")
def equipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MeasureContext]:
    """Servers and generator built, and a PostgreSQL of the tests' own, which no call needs."""
    context = observed.context(tmp_path_factory.mktemp("services"))
    web.build(context, CALLS[0], ())
    with web.backend(context, CALLS, None) as with_database:
        yield with_database


@pytest.fixture(scope="module")
def generator(equipped: MeasureContext) -> Iterator[Generator]:
    with generators.running(equipped, everywhere=False) as running:
        yield running


@pytest.mark.parametrize("program", PROGRAMS)
def test_calls_are_answered_as_the_contract_says(equipped: MeasureContext, generator: Generator, program: str) -> None:
    with serving(equipped, equipped.tree(CALLS[0]), CALLS[0], program, generator.upstream, "test") as server:
        plan = {"mode": "check", "target": f"127.0.0.1:{server.port}", "seed": web.SEED, "limit": web.SLOWEST}
        asked = [{**plan, "requests": web.CHECKED, "endpoint": call.input["endpoint"]} for call in CALLS]
        answers = [generator.phase(each, 0.0) for each in asked]
    assert answers == [{"valid": web.CHECKED}] * len(CALLS)
