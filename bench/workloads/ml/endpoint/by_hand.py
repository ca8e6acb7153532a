"""The model with its arithmetic written out: a product with a matrix for each layer, by NumPy."""

from __future__ import annotations

import numpy as np
from safetensors.numpy import load_file

from bench.workloads.ml.endpoint.service import Array, Model, file_of, service


def load() -> Model:
    tensors: dict[str, Array] = load_file(file_of("weights"))
    names = sorted(name.removesuffix(".weight") for name in tensors if name.endswith(".weight"))
    *hidden, last = [(tensors[f"{name}.weight"].T.copy(), tensors[f"{name}.bias"]) for name in names]

    def scores(images: Array) -> Array:
        for weights, biases in hidden:
            images = np.maximum(images @ weights + biases, 0)
        weights, biases = last
        return images @ weights + biases

    return scores


app = service(load)
