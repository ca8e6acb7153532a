"""The models of the `ml` entries in double precision, each step as its definition has it: where their known answers come from."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Weights = dict[str, Array]
HEADS = 4
erf: Callable[[Array], Array] = np.vectorize(math.erf)


def dense(x: Array, weights: Weights, layer: str) -> Array:
    return x @ weights[f"{layer}.weight"].T + weights[f"{layer}.bias"]


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def mlp(images: Array, weights: Weights) -> Array:
    x = images.reshape(len(images), -1)
    return dense(relu(dense(relu(dense(x, weights, "fc1")), weights, "fc2")), weights, "fc3")


def cnn(images: Array, weights: Weights) -> Array:
    x = images
    for layer in ("conv1", "conv2"):
        x = pooled(relu(convolved(x, weights[f"{layer}.weight"], weights[f"{layer}.bias"])))
    return dense(relu(dense(x.reshape(len(x), -1), weights, "fc1")), weights, "fc2")


def convolved(x: Array, kernels: Array, biases: Array) -> Array:
    """Return the convolution with kernels of 3 x 3, of an image with a border of zeros."""
    count, _, rows, columns = x.shape
    framed = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    result = np.zeros((count, len(kernels), rows, columns)) + biases[:, None, None]
    for row in range(3):
        for column in range(3):
            shifted = framed[:, :, row : row + rows, column : column + columns]
            result += np.einsum("nchw,kc->nkhw", shifted, kernels[:, :, row, column])
    return result


def pooled(x: Array) -> Array:
    """Return the greatest of each 2 x 2."""
    count, channels, rows, columns = x.shape
    greatest: Array = x.reshape(count, channels, rows // 2, 2, columns // 2, 2).max(axis=(3, 5))
    return greatest


def transformer(tokens: NDArray[np.int64], weights: Weights) -> Array:
    x = weights["embedding.weight"][tokens] + weights["positions.weight"]
    for layer in ("layers.0", "layers.1"):
        x = normalised(x + attention(x, weights, f"{layer}.self_attn"), weights, f"{layer}.norm1")
        x = normalised(
            x + dense(gelu(dense(x, weights, f"{layer}.linear1")), weights, f"{layer}.linear2"), weights, f"{layer}.norm2"
        )
    return dense(x.mean(axis=1), weights, "head")


def attention(x: Array, weights: Weights, name: str) -> Array:
    projected = x @ weights[f"{name}.in_proj_weight"].T + weights[f"{name}.in_proj_bias"]
    heads = [np.split(part, HEADS, axis=-1) for part in np.split(projected, 3, axis=-1)]
    attended = []
    for queries, keys, values in zip(*heads, strict=True):
        scores = queries @ keys.swapaxes(-1, -2) / math.sqrt(queries.shape[-1])
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attended.append(powers / powers.sum(axis=-1, keepdims=True) @ values)
    return dense(np.concatenate(attended, axis=-1), weights, f"{name}.out_proj")


def normalised(x: Array, weights: Weights, name: str) -> Array:
    centred = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    result: Array = centred / deviation * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return result


def gelu(x: Array) -> Array:
    return x * (1 + erf(x / math.sqrt(2))) / 2
