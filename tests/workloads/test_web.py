"""Every web server's every endpoint, against the contract: answers are checked by the load generator, as before each load."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bench.measure.http import generator as generators
from bench.measure.http import web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import KEY, Server, serving
from bench.measure.instruments.base import MeasureContext
from tests import observed
from tests.cataloged import CATALOG

ENTRIES = {
    str(b.input["endpoint"]): b
    for b in CATALOG.benchmarks
    if b.section == "web" and b.cpus == "one" and not {"rate", "distance", "quota", KEY} & b.input.keys()
}
SERVERS = {
    f"{server.language}/{server.name}" + (f"/{observed.HERE}" if server.language == "python" else ""): server
    for server in CATALOG.servers
}
FIRST = {server.module or server.package: server.name for server in reversed(CATALOG.servers)}
"""Handlers -> the first server that has them: with another, `make test` asks for one endpoint."""
CELLS = [
    pytest.param(
        program,
        endpoint,
        id=f"{server.name}-{endpoint}",
        marks=[] if endpoint == "json" or FIRST[server.module or server.package] == server.name else pytest.mark.every,
    )
    for program, server in SERVERS.items()
    for endpoint in ENTRIES
    if server.lacking(endpoint) is None
]
EVERY = ENTRIES["one-query"]
"""Of the entries, one that has every server."""


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with servers and generator built."""
    web.build(backed, EVERY, ())
    return backed


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
            return running.enter_context(serving(equipped, equipped.tree(EVERY), EVERY, program, generator.upstream, "test"))

        yield start


@pytest.mark.parametrize(("program", "endpoint"), CELLS)
def test_a_server_answers_as_the_contract_says(
    served: Callable[[str], Server], generator: Generator, program: str, endpoint: str
) -> None:
    requests = int(str(ENTRIES[endpoint].check.answer))
    target = f"127.0.0.1:{served(program).port}"
    plan = {"mode": "check", "target": target, "endpoint": endpoint, "seed": web.SEED, "limit": web.SLOWEST}
    assert generator.phase({**plan, "requests": requests}, 0.0) == {"valid": requests}
