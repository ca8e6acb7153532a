from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.measure.instruments import base
from bench.workloads import case, inputs
from tests import observed
from tests.apart import apart
from tests.cataloged import CATALOG

WIRED = next(benchmark for benchmark in CATALOG.benchmarks if benchmark.companion)


@pytest.fixture(scope="session", autouse=True)
def _input_files() -> None:
    apart(inputs.materialise, list(inputs.GENERATORS), case.INPUTS)


@pytest.fixture(scope="session")
def addresses() -> Iterator[dict[str, str]]:
    """The variables with the addresses of the companion, which runs until the session ends."""
    context = observed.context()
    base.build_peer(context, WIRED)
    with base.other_end(context, WIRED) as variables:
        yield variables
