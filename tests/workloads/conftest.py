from __future__ import annotations

import pytest

from bench.workloads import case, inputs


@pytest.fixture(scope="session", autouse=True)
def _input_files() -> None:
    inputs.materialise(inputs.GENERATORS, case.INPUTS)
