"""The servers with TLS of their own, and HTTP/2, against the contract: the load generator checks answers, as before each load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.catalog import Benchmark
from bench.measure.http import generator as generators
from bench.measure.http import web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import serving
from bench.measure.http.transport import TRANSPORT
from bench.measure.instruments.base import InvocationRequest, MeasureContext
from tests import observed
from tests.cataloged import CATALOG

ENTRIES = [benchmark for benchmark in CATALOG.benchmarks if TRANSPORT in benchmark.input]
ONCE_EACH = ("handshake", "h2")
"""The transports that every server is asked over in `make test`: over the others the client alone does something else."""
CELLS = [
    pytest.param(
        benchmark,
        program,
        id=observed.name(benchmark, program),
        marks=[] if benchmark.input[TRANSPORT] in ONCE_EACH else pytest.mark.every,
    )
    for benchmark in ENTRIES
    for program in (
        *(f"python/{variant}/{observed.HERE}" for variant in benchmark.python),
        *(f"go/{name}" for name in benchmark.go),
    )
]


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with servers and generator built."""
    for benchmark in ENTRIES:
        web.build(backed, benchmark, ())
    return backed


@pytest.fixture(scope="module")
def generator(equipped: MeasureContext) -> Iterator[Generator]:
    with generators.running(equipped, everywhere=False) as running:
        yield running


@pytest.mark.parametrize(("benchmark", "program"), CELLS)
def test_a_server_answers_by_the_transport_of_its_entry(
    equipped: MeasureContext, generator: Generator, benchmark: Benchmark, program: str
) -> None:
    with serving(equipped, equipped.tree(benchmark), benchmark, program, generator.upstream, "test") as server:
        plan = {
            "mode": "check",
            "target": f"127.0.0.1:{server.port}",
            "endpoint": "json",
            "seed": web.SEED,
            **server.transport.plan,
        }
        assert generator.phase({**plan, "limit": web.SLOWEST, "requests": web.CHECKED}, 0.0) == {"valid": web.CHECKED}


def test_an_invocation_with_handshakes_has_one_for_each_request(equipped: MeasureContext) -> None:
    entry = CATALOG.benchmark("web/tls-handshake")
    sample = web.invoke(equipped, entry, "go/net-http", InvocationRequest(None, 1, 0, 1, "test", phase=0.1))
    assert sample.failure is None
    start, fixed = sample.readings
    assert (start.mark, fixed.mark) == ("start", "fixed")
    assert fixed.metrics["handshakes"] == fixed.metrics["sent"] > 0
