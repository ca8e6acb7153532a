"""The training of a multilayer perceptron by gradient descent: NumPy, with gradients by hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.ml.training import BATCH, RATE, Floats, Layer, answer, task

prepare = task


def run(rows: Floats, labels: NDArray[np.int64], layers: list[Layer], epochs: int) -> list[float]:
    """Train for some epochs and return the loss of the last step and the sum of the squares of all weights, rounded."""
    trained = [Layer(layer.weights.copy(), layer.biases.copy()) for layer in layers]
    loss = 0.0
    for _ in range(epochs):
        for first in range(0, len(rows), BATCH):
            loss = step(trained, rows[first : first + BATCH], labels[first : first + BATCH])
    return answer(loss, [parameter for layer in trained for parameter in layer])


def step(layers: list[Layer], rows: Floats, labels: NDArray[np.int64]) -> float:
    """Change the layers by the gradient of one batch and return its loss before the change."""
    *hidden, last = layers
    inputs = [rows]
    for layer in hidden:
        inputs.append(np.maximum(inputs[-1] @ layer.weights + layer.biases, 0))
    loss, delta = cross_entropy(inputs[-1] @ last.weights + last.biases, labels)
    for number in reversed(range(len(layers))):
        weights, biases = layers[number]
        gradient = inputs[number].T @ delta
        biases_gradient = delta.sum(axis=0)
        if number > 0:
            delta = (delta @ weights.T) * (inputs[number] > 0)
        weights -= RATE * gradient
        biases -= RATE * biases_gradient
    return loss


def cross_entropy(scores: Floats, labels: NDArray[np.int64]) -> tuple[float, Floats]:
    """Return the mean loss of a batch's scores, and their gradient."""
    batch = np.arange(len(labels))
    shifted = scores - scores.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    sums = exponentials.sum(axis=1, keepdims=True)
    loss = float((np.log(sums[:, 0]) - shifted[batch, labels]).mean())
    delta = exponentials / sums
    delta[batch, labels] -= 1
    return loss, delta / len(labels)
