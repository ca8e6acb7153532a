"""The servers of models, against the contract: answers are checked by the load generator, as before each load."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

from bench.measure.http import generator as generators
from bench.measure.http import web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import serving
from bench.measure.instruments.base import MeasureContext, path_variables
from tests import observed
from tests.cataloged import CATALOG

ENTRY = CATALOG.benchmark("ml/endpoint")
PROGRAMS = [
    *(f"python/{variant}/{observed.HERE}" for variant in ENTRY.python),
    *(f"go/{variant}" for variant, go in ENTRY.go.items() if observed.builds_here(go)),
]


def missing(program: str) -> str | None:
    """Return the first distribution that a program needs and that this python does not have."""
    language, variant, *_ = program.split("/")
    python = ENTRY.python[variant] if language == "python" else None
    needed = (python.library, *python.packages) if python else (ENTRY.go[variant].loads,)
    return next((name for name in needed if name and importlib.util.find_spec(name) is None), None)


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with servers and generator built."""
    buildable = {variant: go for variant, go in ENTRY.go.items() if observed.builds_here(go)}
    web.build(backed, ENTRY.model_copy(update={"go": buildable}), ())
    return backed


@pytest.fixture(scope="module")
def generator(equipped: MeasureContext) -> Iterator[Generator]:
    with generators.running(equipped, everywhere=False, weights=path_variables(equipped, ENTRY)["WEIGHTS"]) as running:
        yield running


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_model_is_served_as_the_contract_says(equipped: MeasureContext, generator: Generator, program: str) -> None:
    if library := missing(program):
        pytest.skip(f"{library} is installed only for what is measured with it")
    with serving(equipped, equipped.tree(ENTRY), ENTRY, program, generator.upstream, "test") as server:
        plan = {"mode": "check", "target": f"127.0.0.1:{server.port}", "endpoint": "classify", "seed": web.SEED}
        assert generator.phase({**plan, "limit": web.SLOWEST, "requests": web.CHECKED}, 0.0) == {"valid": web.CHECKED}
