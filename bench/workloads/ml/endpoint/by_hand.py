"""The model with its arithmetic written out: a product with a matrix for each layer, by NumPy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bench.workloads.ml.endpoint.service import Array, Model, file_of, service


# --8<-- [start:model]
def load() -> Model:
    layers = read_layers(Path(file_of("weights")).read_bytes())

    def scores(images: Array) -> Array:
        for weights, biases in layers[:-1]:
            images = np.maximum(images @ weights + biases, 0)
        weights, biases = layers[-1]
        return images @ weights + biases

    return scores


def read_layers(file: bytes) -> list[tuple[Array, Array]]:
    """Return the weights, turned round for a product with rows, and the biases of each layer in a safetensors file."""
    begin = 8 + int.from_bytes(file[:8], "little")
    header = json.loads(file[8:begin])
    header.pop("__metadata__", None)
    tensors = [
        np.frombuffer(file[begin + low : begin + high], np.float32).reshape(tensor["shape"])
        for tensor in sorted(header.values(), key=lambda tensor: tensor["data_offsets"])
        for low, high in (tensor["data_offsets"],)
    ]
    return [(np.ascontiguousarray(weights.T), biases) for weights, biases in zip(tensors[::2], tensors[1::2], strict=True)]


# --8<-- [end:model]

app = service(load)
