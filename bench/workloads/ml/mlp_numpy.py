"""A multilayer perceptron's answers: NumPy, with its arithmetic written out."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.workloads.ml.asked import Answer, Array, Asked, answered

Layers = list[tuple[Array, Array]]


def prepare(**names: Any) -> dict[str, Any]:
    asked = Asked(**names)
    tensors = asked.tensors()
    layers = [(tensors[f"{name}.weight"].T.copy(), tensors[f"{name}.bias"]) for name in ("fc1", "fc2", "fc3")]
    return {"layers": layers, "images": asked.rows().reshape(asked.batch, -1), "answer": asked.answer}


def run(layers: Layers, images: Array, answer: str) -> Answer:
    """Return the classes of a batch, or the scores."""
    *hidden, (weights, biases) = layers
    values = images
    for inner_weights, inner_biases in hidden:
        values = values @ inner_weights + inner_biases
        np.maximum(values, 0, out=values)
    return answered(values @ weights + biases, answer)
