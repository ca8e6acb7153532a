"""What the programs that train a multilayer perceptron begin with. The Go twin is the package `training`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.uniform import uniform

Floats = NDArray[np.float32]

CLASSES = 10
BATCH = 64
RATE = 0.5
SIZES = (64, 128, 64, CLASSES)
"""The inputs, and the neurons of each layer."""


class Layer(NamedTuple):
    """A matrix of weights with a column for each output, and a bias for each output."""

    weights: Floats
    biases: Floats


def task(examples: int, epochs: int) -> dict[str, Any]:
    """Return rows of numbers from -1 to below 1, the class of each, the layers before training, and the epochs.

    The class is the place of the largest of the first numbers. Weights lie within the reciprocal square root of a layer's inputs.
    """
    rows = (2 * np.array(uniform(examples * SIZES[0], seed=1)) - 1).reshape(examples, SIZES[0]).astype(np.float32)
    layers = []
    for number, (inputs, outputs) in enumerate(pairwise(SIZES)):
        weights = (2 * np.array(uniform(inputs * outputs, seed=2 + number)) - 1) / np.sqrt(inputs)
        layers.append(Layer(weights.reshape(inputs, outputs).astype(np.float32), np.zeros(outputs, np.float32)))
    return {"rows": rows, "labels": rows[:, :CLASSES].argmax(axis=1), "layers": layers, "epochs": epochs}


def answer(loss: float, parameters: Iterable[Floats]) -> list[float]:
    """Return the loss of the last step and the sum of the squares of all weights and biases after it, rounded.

    Programs that add in another order differ in digits after these.
    """
    total = sum(float(np.square(parameter, dtype=np.float64).sum()) for parameter in parameters)
    return [round(loss, 3), round(total, 2)]
