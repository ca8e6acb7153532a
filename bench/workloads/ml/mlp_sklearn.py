"""A multilayer perceptron's answers: scikit-learn, whose regressor gives the scores as they are; the classifier's are squashed.

It has no way to be given weights but to be fitted once, to anything, and to have its attributes set.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.neural_network import MLPRegressor

from bench.workloads.ml.asked import Answer, Array, Asked, answered


def prepare(**names: Any) -> dict[str, Any]:
    asked = Asked(**names)
    tensors = asked.tensors()
    layers = ("fc1", "fc2", "fc3")
    inputs, hidden, outputs = tensors["fc1.weight"].shape[1], layers[:-1], tensors["fc3.weight"].shape[0]
    model = MLPRegressor(hidden_layer_sizes=[tensors[f"{name}.weight"].shape[0] for name in hidden])
    model.partial_fit(np.zeros((1, inputs), np.float32), np.zeros((1, outputs), np.float32))
    model.coefs_ = [tensors[f"{name}.weight"].T.copy() for name in layers]
    model.intercepts_ = [tensors[f"{name}.bias"] for name in layers]
    return {"model": model, "images": asked.rows().reshape(asked.batch, -1), "answer": asked.answer}


def run(model: MLPRegressor, images: Array, answer: str) -> Answer:
    """Return the classes of a batch, or the scores."""
    return answered(model.predict(images), answer)
