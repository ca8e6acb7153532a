"""What the models of `ml/*` answer, by a reference in double precision."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.catalog import Benchmark
from bench.workloads import inputs
from tests.cataloged import CATALOG
from tests.workloads import reference

Array = NDArray[np.float64]
MODELS = [benchmark for benchmark in CATALOG.benchmarks if benchmark.section == "ml" and benchmark.input.get("batch") == 64]
LEAST = 1e-3
"""A hundred times as much as two libraries differ in a score."""


def tensors(name: str) -> dict[str, NDArray[Any]]:
    """Return the tensors of an input file."""
    content = inputs.content(name)
    begin = 8 + int.from_bytes(content[:8], "little")
    kinds = {"F32": np.float32, "I64": np.int64}
    return {
        name: np.frombuffer(content[begin + first : begin + last], kinds[about["dtype"]]).reshape(about["shape"])
        for name, about in json.loads(content[8:begin]).items()
        for first, last in (about["data_offsets"],)
    }


def scores(benchmark: Benchmark) -> Array:
    """Return what the reference answers to all inputs."""
    weights = {name: tensor.astype(np.float64) for name, tensor in tensors(str(benchmark.input["weights"])).items()}
    (given,) = tensors(str(benchmark.input["inputs"])).values()
    model = getattr(reference, benchmark.name.partition("-")[0])
    given = given if given.dtype == np.int64 else given.astype(np.float64)
    return np.concatenate([model(part, weights) for part in np.split(given, 8)])  # all at once would take 150 MB


@pytest.mark.parametrize("benchmark", MODELS, ids=lambda benchmark: benchmark.id)
def test_the_answer_of_a_model_in_the_catalog_is_the_references(benchmark: Benchmark) -> None:
    assert benchmark.check.answer == pytest.approx(scores(benchmark)[:2].ravel().tolist(), rel=1e-8)


@pytest.mark.parametrize("benchmark", MODELS, ids=lambda benchmark: benchmark.id)
def test_no_two_scores_are_so_close_that_rounding_could_change_a_class(benchmark: Benchmark) -> None:
    ordered = np.sort(scores(benchmark), axis=1)
    assert (ordered[:, -1] - ordered[:, -2]).min() > LEAST


@pytest.mark.parametrize("benchmark", MODELS, ids=lambda benchmark: benchmark.id)
def test_the_inputs_of_a_model_are_of_several_classes(benchmark: Benchmark) -> None:
    assert len(set(scores(benchmark).argmax(axis=1).tolist())) > 2
