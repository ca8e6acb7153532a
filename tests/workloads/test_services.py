"""The services of both languages, against their contracts: answers are checked by the load generator, as before each load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.catalog import Benchmark
from bench.measure.http import generator as generators
from bench.measure.http import web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import serving
from bench.measure.instruments.base import InvocationRequest, MeasureContext
from tests import observed
from tests.cataloged import CATALOG
from tests.kinds import first

CALLS = [b for b in CATALOG.benchmarks if "channels" in b.input and b.metric == "rate"]
PATIENTLY = {"limit": 10}
"""On a busy machine services may take longer than in a measurement."""
CHAIN, STALL = CATALOG.benchmark("services/chain"), CATALOG.benchmark("services/chain-stall")
PARTS = {str(b.input["service"]): b for b in CATALOG.benchmarks if "service" in b.input}
BRIEFLY = InvocationRequest(None, 1, 0, 1, "test", phase=0.3)


def programs(benchmark: Benchmark) -> list[str]:
    """Return the programs of a benchmark, Python's with this very interpreter."""
    return [
        *(f"python/{variant}/{observed.HERE}" for variant in benchmark.python),
        *(f"go/{variant}" for variant in benchmark.go),
    ]


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with servers and generator built."""
    for benchmark in (CALLS[0], CHAIN):
        web.build(backed, benchmark, ())
    return backed


@pytest.fixture(scope="module")
def generator(equipped: MeasureContext) -> Iterator[Generator]:
    with generators.running(equipped, everywhere=False) as running:
        yield running


@pytest.mark.parametrize("program", programs(CALLS[0]))
def test_calls_are_answered_as_the_contract_says(equipped: MeasureContext, generator: Generator, program: str) -> None:
    with serving(equipped, equipped.tree(CALLS[0]), CALLS[0], program, generator.upstream, "test") as server:
        plan = {"mode": "check", "target": f"127.0.0.1:{server.port}", "seed": web.SEED, "limit": web.SLOWEST}
        asked = [{**plan, "requests": web.CHECKED, "endpoint": call.input["endpoint"]} for call in CALLS]
        answers = [generator.phase(each, 0.0) for each in asked]
    assert answers == [{"valid": web.CHECKED}] * len(CALLS)


@pytest.mark.parametrize("program", programs(CHAIN))
def test_a_chain_answers_as_the_contract_says(equipped: MeasureContext, generator: Generator, program: str) -> None:
    patient = CHAIN.model_copy(update={"input": CHAIN.input | PATIENTLY})
    with serving(equipped, equipped.tree(CHAIN), patient, program, generator.upstream, "test") as server:
        plan = {"mode": "check", "target": f"127.0.0.1:{server.port}", "endpoint": "chain", "seed": web.SEED}
        assert generator.phase({**plan, "limit": web.SLOWEST, "requests": web.CHECKED}, 0.0) == {"valid": web.CHECKED}


@pytest.mark.parametrize(
    ("part", "program"),
    [
        pytest.param(name, program, marks=[] if "/http" in program else pytest.mark.every)
        for name, part in PARTS.items()
        for program in programs(part)
    ],
)
def test_a_part_of_the_chain_alone_answers_as_the_contract_says_and_does_its_work(
    equipped: MeasureContext, part: str, program: str
) -> None:
    brief = PARTS[part].model_copy(update={"metric": "server_cpu", "input": PARTS[part].input | {"rate": 40} | PATIENTLY})
    assert web.invoke(equipped, brief, program, BRIEFLY).failure is None


def test_the_parts_of_the_chain_are_its_processes_and_its_programs() -> None:
    assert sorted(PARTS) == ["gateway", "orders", "prices", "users"]
    assert {(part.python["http"].arguments, part.go["http"].package, part.input["connections"]) for part in PARTS.values()} == {
        (CHAIN.python["http"].arguments, CHAIN.go["http"].package, CHAIN.input["connections"])
    }


@pytest.mark.parametrize("program", first(programs(STALL)))
def test_a_service_that_stalls_fails_requests_and_the_chain_recovers(equipped: MeasureContext, program: str) -> None:
    brief = STALL.model_copy(update={"input": STALL.input | {"rate": 40, "limit": 2, "stall": 4}})
    sample = web.invoke(equipped, brief, program, BRIEFLY)
    assert sample.failure is None
    stall = sample.readings[-1].metrics
    assert 0 < stall["failed"] < stall["requests"]
    assert stall["disturbed"] >= 4.0
    assert sample.values[0] == pytest.approx(stall["disturbed"], rel=1e-5)


def test_a_deployment_without_a_service_of_that_name_is_refused(equipped: MeasureContext) -> None:
    alone = CALLS[0].model_copy(update={"input": CALLS[0].input | {"rate": 40, "stall": 1}})
    failure = web.invoke(equipped, alone, f"go/{alone.headline.go}", BRIEFLY).failure
    assert failure is not None
    assert failure.startswith("0 processes of the chain have SERVICE=prices")
