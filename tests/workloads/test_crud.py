"""The CRUD services, against the contract: answers are checked by the load generator, and their work by the database."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bench.measure.http import generator as generators
from bench.measure.http import postgres, web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import Server, serving
from bench.measure.instruments.base import InvocationRequest, MeasureContext
from tests import observed
from tests.cataloged import CATALOG

ENTRIES = {entry.name: entry for entry in CATALOG.benchmarks if entry.id.startswith("web/crud-")}
MIX = ENTRIES["crud-mix"]
PROGRAMS = [*(f"python/{variant}/{observed.HERE}" for variant in MIX.python), *(f"go/{variant}" for variant in MIX.go)]
ONE_OF_EACH = (f"python/fastapi/{observed.HERE}", "go/net-http")
"""The programs that `make test` loads, of either language one."""
CELLS = [(program, endpoint) for program in PROGRAMS for endpoint in ENTRIES]
BRIEFLY = InvocationRequest(None, 1, 0, 1, "test", phase=0.1)


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with servers, generator and forwarder built."""
    web.build(backed, MIX, ())
    return backed


# first, as no server may be connected to the database whose work is counted
@pytest.mark.parametrize(
    "program", [pytest.param(one, marks=[] if one in ONE_OF_EACH else pytest.mark.every) for one in PROGRAMS]
)
def test_a_service_does_the_work_of_the_mix_and_none_of_its_rows_stays(equipped: MeasureContext, program: str) -> None:
    entry = MIX.model_copy(update={"input": {**MIX.input, "connections": 4, "rate": 100}})
    assert web.invoke(equipped, entry, program, BRIEFLY).failure is None
    assert postgres.work(equipped.needed().url).inserted == 0


@pytest.fixture(scope="module")
def generator(equipped: MeasureContext) -> Iterator[Generator]:
    with generators.running(equipped, everywhere=False) as running:
        yield running


@pytest.fixture(scope="module")
def served(equipped: MeasureContext, generator: Generator) -> Iterator[Callable[[str], Server]]:
    """Starts the server of a program, and stops the one before: a program's cells follow one another, and share its server."""
    with ExitStack() as running:

        @functools.lru_cache(maxsize=1)
        def start(program: str) -> Server:
            running.close()
            return running.enter_context(serving(equipped, equipped.tree(MIX), MIX, program, generator.upstream, "test"))

        yield start


@pytest.mark.parametrize(("program", "endpoint"), CELLS)
def test_a_service_answers_as_the_contract_says(
    served: Callable[[str], Server], generator: Generator, program: str, endpoint: str
) -> None:
    plan = {"mode": "check", "target": f"127.0.0.1:{served(program).port}", "endpoint": endpoint, "seed": web.SEED}
    assert generator.phase({**plan, "limit": web.SLOWEST, "requests": 32}, 0.0) == {"valid": 32}


def test_the_parts_of_the_mix_have_its_programs_and_its_distance() -> None:
    assert {(tuple(entry.python), tuple(entry.go), entry.input["distance"]) for entry in ENTRIES.values()} == {
        (tuple(MIX.python), tuple(MIX.go), MIX.input["distance"])
    }
