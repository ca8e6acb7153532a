"""The models that `ml/train-*` train: gradients by hand, the digits that answers are rounded to, and Go's answers."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.workloads.case import arguments, check
from bench.workloads.checksum import checksum
from bench.workloads.ml import train_linear_numpy
from bench.workloads.ml import train_mlp_numpy as program
from bench.workloads.ml.training import RATE, Floats, Layer, task
from tests.workloads.golang import go

Batch = tuple[Floats, NDArray[np.int64]]
ID = "ml/train-mlp"


def doubled(given: dict[str, Any]) -> dict[str, Any]:
    """Return a task in double precision."""
    layers = [Layer(layer.weights.astype(np.float64), layer.biases.astype(np.float64)) for layer in given["layers"]]
    return {**given, "rows": given["rows"].astype(np.float64), "layers": layers}


def test_the_gradients_by_hand_are_those_of_differences() -> None:
    given = doubled(task(examples=5, epochs=1))
    batch, layers = (given["rows"][:, :6], given["labels"] % 3), []
    for (inputs, outputs), layer in zip([(6, 4), (4, 4), (4, 3)], given["layers"], strict=True):
        layers.append(Layer(layer.weights[:inputs, :outputs].copy(), layer.biases[:outputs] + 0.1))
    changed = [Layer(layer.weights.copy(), layer.biases.copy()) for layer in layers]
    program.step(changed, *batch)
    for layer, after in zip(layers, changed, strict=True):
        for parameter, moved in zip(layer, after, strict=True):
            for place in np.ndindex(parameter.shape):
                gradient = (parameter[place] - moved[place]) / RATE
                assert gradient == pytest.approx(difference(layers, parameter, place, batch), abs=1e-6)


def difference(layers: list[Layer], parameter: Floats, place: tuple[int, ...], batch: Batch) -> float:
    """Return by how much the loss grows with one parameter, from its values on either side."""
    losses, at = [], parameter[place]
    for parameter[place] in (at - 1e-5, at + 1e-5):
        losses.append(program.step([Layer(layer.weights.copy(), layer.biases.copy()) for layer in layers], *batch))
    parameter[place] = at
    return (losses[1] - losses[0]) / 2e-5


@pytest.mark.parametrize("given", [arguments(ID), check(ID)[0]], ids=["measured", "checked"])
def test_single_and_double_precision_round_to_the_same_answer(given: dict[str, Any]) -> None:
    assert program.run(**doubled(task(**given))) == program.run(**task(**given))


@pytest.mark.parametrize(
    ("identifier", "python", "package"),
    [
        (ID, program, "ml/trainmlp"),
        (ID, program, "ml/trainmlpgomlx"),
        ("ml/train-linear", train_linear_numpy, "ml/trainlinear"),
    ],
)
def test_go_and_numpy_give_the_same_checksum_for_the_measured_input(identifier: str, python: ModuleType, package: str) -> None:
    done = go("test", "-run=^$", "-bench=^BenchmarkRun", "-benchtime=1x", f"./{package}")
    (reported,) = re.findall(r"([0-9.e+]+) checksum", done.stdout)
    assert float(reported) == checksum(python.run(**python.prepare(**arguments(identifier))))
