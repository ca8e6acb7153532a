"""Models with drawn weights, and what they are asked about: weights and inputs as safetensors, the models as ONNX.

Nobody has trained them: what they answer means nothing, and takes as long as if it did. The names of tensors are PyTorch's.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from bench.workloads.generators import onnx

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.float32]

PIXELS = 28
"""Rows and columns of an image."""
HIDDEN = (256, 128)
CLASSES = 10
CHANNELS = (16, 32)
DENSE = 128
"""What the convolutional network's last hidden layer has."""
VOCABULARY, SEQUENCE, WIDTH, HEADS, FEED_FORWARD, LAYERS = 1000, 64, 128, 4, 512, 2
"""Of the transformer."""
OPSET, IR_VERSION = 20, 10
"""The first opset with GELU, and the format that runtimes read since 2024."""


def perceptron(seed: int) -> dict[str, Tensor]:
    """Draw the weights of a multilayer perceptron: two hidden layers with ReLU."""
    sizes = (PIXELS * PIXELS, *HIDDEN, CLASSES)
    random = Random(seed)
    layers = enumerate(pairwise(sizes), 1)
    return {name: tensor for number, (i, o) in layers for name, tensor in _dense(random, f"fc{number}", i, o, gain=2).items()}


def convolutional(seed: int) -> dict[str, Tensor]:
    """Draw the weights of a network of two convolutions of 3 x 3, each with ReLU and a pool of 2 x 2, and two dense layers."""
    random = Random(seed)
    weights: dict[str, Tensor] = {}
    for number, (before, after) in enumerate(zip((1, *CHANNELS), CHANNELS, strict=False), 1):
        weights[f"conv{number}.weight"] = _uniform(random, (after, before, 3, 3), gain=2)
        weights[f"conv{number}.bias"] = _uniform(random, (after,), gain=0.01)
    flat = CHANNELS[-1] * (PIXELS // 4) ** 2
    return {**weights, **_dense(random, "fc1", flat, DENSE, gain=2), **_dense(random, "fc2", DENSE, CLASSES, gain=2)}


def transformer(seed: int) -> dict[str, Tensor]:
    """Draw the weights of an encoder with learned positions, whose layers normalise after each addition, and a dense layer."""
    import numpy as np  # noqa: PLC0415 - few of those who import the generators draw models, and it takes long

    random = Random(seed)
    weights = {
        "embedding.weight": _uniform(random, (VOCABULARY, WIDTH), gain=WIDTH),
        "positions.weight": _uniform(random, (SEQUENCE, WIDTH), gain=WIDTH / 4),
    }
    for number in range(LAYERS):
        layer = f"layers.{number}"
        weights[f"{layer}.self_attn.in_proj_weight"] = _uniform(random, (3 * WIDTH, WIDTH), gain=1)
        weights[f"{layer}.self_attn.in_proj_bias"] = _uniform(random, (3 * WIDTH,), gain=1)
        weights |= _dense(random, f"{layer}.self_attn.out_proj", WIDTH, WIDTH, gain=1)
        weights |= _dense(random, f"{layer}.linear1", WIDTH, FEED_FORWARD, gain=1)
        weights |= _dense(random, f"{layer}.linear2", FEED_FORWARD, WIDTH, gain=1)
        for norm in ("norm1", "norm2"):
            weights[f"{layer}.{norm}.weight"] = np.float32(1) + _uniform(random, (WIDTH,), gain=1)
            weights[f"{layer}.{norm}.bias"] = _uniform(random, (WIDTH,), gain=1)
    return weights | _dense(random, "head", WIDTH, CLASSES, gain=WIDTH / 4)


def images(count: int, seed: int) -> bytes:
    """Make images of one channel as one safetensors file: squares of 4 x 4 pixels, whose brightness is from 0 to below 1."""
    squares = PIXELS // 4
    drawn = _numbers(Random(seed), count * squares * squares).reshape(count, 1, squares, squares)
    return safetensors({"images": drawn.repeat(4, axis=2).repeat(4, axis=3)})


def tokens(count: int, seed: int) -> bytes:
    """Make texts of as many tokens as the transformer takes, as one safetensors file of whole numbers of 64 bits."""
    import numpy as np  # noqa: PLC0415

    drawn = _numbers(Random(seed), count * SEQUENCE) * np.float32(VOCABULARY)
    return safetensors({"tokens": drawn.astype(np.int64).reshape(count, SEQUENCE)})


def safetensors(tensors: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Write tensors of float32 or int64 as safetensors: the header's length, the header, and the bytes in its order."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        content = tensor.tobytes()
        offsets = [len(data), len(data) + len(content)]
        dtype = {"float32": "F32", "int64": "I64"}[tensor.dtype.name]
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": offsets}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # so that the numbers are aligned where the file is mapped into memory
    return len(text).to_bytes(8, "little") + text + data


def perceptron_graph(weights: Mapping[str, Tensor]) -> bytes:
    """Return the multilayer perceptron as ONNX: `input` are images as rows of pixels, `output` scores before any softmax."""
    graph = _Graph(weights)
    value = "input"
    for number in (1, 2):
        value = graph.add("Relu", graph.gemm(value, f"fc{number}"))
    graph.gemm(value, "fc3")
    return graph.model("perceptron", (PIXELS * PIXELS,))


def convolutional_graph(weights: Mapping[str, Tensor]) -> bytes:
    """Return the convolutional network as ONNX: `input` are images of one channel."""
    graph = _Graph(weights)
    value = "input"
    for number in (1, 2):
        names = (f"conv{number}.weight", f"conv{number}.bias")
        value = graph.add("Relu", graph.add("Conv", value, *names, kernel_shape=[3, 3], pads=[1, 1, 1, 1]))
        value = graph.add("MaxPool", value, kernel_shape=[2, 2], strides=[2, 2])
    value = graph.add("Relu", graph.gemm(graph.add("Flatten", value), "fc1"))
    graph.gemm(value, "fc2")
    return graph.model("convolutional", (1, PIXELS, PIXELS))


def transformer_graph(weights: Mapping[str, Tensor]) -> bytes:
    """Return the transformer as ONNX: `input` are tokens."""
    graph = _Graph(weights)
    value = graph.add("Add", graph.add("Gather", "embedding.weight", "input"), "positions.weight")
    for number in range(LAYERS):
        layer = f"layers.{number}"
        value = graph.add("Add", value, _attention(graph, value, f"{layer}.self_attn"))
        value = graph.add("LayerNormalization", value, f"{layer}.norm1.weight", f"{layer}.norm1.bias", axis=-1)
        inner = graph.add("Gelu", graph.dense(value, f"{layer}.linear1.weight", f"{layer}.linear1.bias"))
        value = graph.add("Add", value, graph.dense(inner, f"{layer}.linear2.weight", f"{layer}.linear2.bias"))
        value = graph.add("LayerNormalization", value, f"{layer}.norm2.weight", f"{layer}.norm2.bias", axis=-1)
    graph.gemm(graph.add("ReduceMean", value, graph.whole(1), keepdims=0), "head")
    return graph.model("transformer", (SEQUENCE,))


def _attention(graph: _Graph, value: str, name: str) -> str:
    projected = graph.dense(value, f"{name}.in_proj_weight", f"{name}.in_proj_bias")
    orders = ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])  # the keys are turned round for the product
    queries, keys, values = (
        graph.add("Transpose", graph.add("Reshape", part, graph.whole(0, 0, HEADS, WIDTH // HEADS)), perm=order)
        for part, order in zip(graph.split(projected, 3), orders, strict=True)
    )
    scale = graph.number(1 / math.sqrt(WIDTH // HEADS))
    shares = graph.add("Softmax", graph.add("MatMul", graph.add("Mul", queries, scale), keys), axis=-1)
    heads = graph.add("Transpose", graph.add("MatMul", shares, values), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", heads, graph.whole(0, 0, WIDTH))
    return graph.dense(joined, f"{name}.out_proj.weight", f"{name}.out_proj.bias")


class _Graph:
    """An ONNX graph while it is made: each `add` appends a node, and returns the name of its value."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        self._constants: dict[str, NDArray[np.generic]] = dict(weights)
        self._nodes: list[onnx.Node] = []

    def add(self, kind: str, *inputs: str, **attributes: int | Sequence[int]) -> str:
        return self._append(kind, inputs, 1, attributes)[0]

    def gemm(self, value: str, layer: str) -> str:
        """Add a dense layer on rows."""
        return self.add("Gemm", value, f"{layer}.weight", f"{layer}.bias", transB=1)

    def dense(self, value: str, weight: str, bias: str) -> str:
        """Add a dense layer on sequences of rows, for which Gemm has too many dimensions."""
        self._constants[f"{weight}.turned"] = self._constants[weight].T
        return self.add("Add", self.add("MatMul", value, f"{weight}.turned"), bias)

    def split(self, value: str, parts: int) -> list[str]:
        return self._append("Split", (value,), parts, {"axis": -1, "num_outputs": parts})

    def whole(self, *numbers: int) -> str:
        """Add a constant of whole numbers."""
        import numpy as np  # noqa: PLC0415

        return self._constant(np.array(numbers, np.int64))

    def number(self, number: float) -> str:
        import numpy as np  # noqa: PLC0415

        return self._constant(np.array(number, np.float32))

    def model(self, name: str, shape: Iterable[int]) -> bytes:
        """Return the file, with any number of inputs of a shape, or of tokens where the first node looks them up."""
        import numpy as np  # noqa: PLC0415

        *nodes, last = self._nodes
        nodes.append(replace(last, outputs=("output",)))
        used = {name for node in nodes for name in node.inputs}
        return onnx.model(
            name,
            nodes,
            {name: np.ascontiguousarray(constant) for name, constant in self._constants.items() if name in used},
            onnx.Value("input", onnx.INT64 if nodes[0].kind == "Gather" else onnx.FLOAT, tuple(shape)),
            onnx.Value("output", onnx.FLOAT, (CLASSES,)),
            opset=OPSET,
            ir_version=IR_VERSION,
        )

    def _append(self, kind: str, inputs: Iterable[str], outputs: int, attributes: Mapping[str, int | Sequence[int]]) -> list[str]:
        names = [f"{kind}.{len(self._nodes)}.{number}" for number in range(outputs)]
        self._nodes.append(onnx.Node(kind, tuple(inputs), names, attributes))
        return names

    def _constant(self, value: NDArray[np.generic]) -> str:
        name = f"constant.{len(self._constants)}"
        self._constants[name] = value
        return name


def _dense(random: Random, layer: str, inputs: int, outputs: int, gain: float) -> dict[str, Tensor]:
    return {
        f"{layer}.weight": _uniform(random, (outputs, inputs), gain),
        f"{layer}.bias": _uniform(random, (outputs,), gain=0.01),
    }


def _uniform(random: Random, shape: tuple[int, ...], gain: float) -> Tensor:
    """Draw a tensor that keeps the variance of what it is multiplied with, times `gain`: 2 where ReLU takes half of it away."""
    import numpy as np  # noqa: PLC0415

    bound = np.float32(math.sqrt(3 * gain / math.prod(shape[1:] or shape)))
    return ((_numbers(random, math.prod(shape)) * np.float32(2) - np.float32(1)) * bound).reshape(shape)


def _numbers(random: Random, count: int) -> Tensor:
    """Draw numbers from 0 to below 1 of 24 bits, all at once: one draw for each would take seconds."""
    import numpy as np  # noqa: PLC0415

    words = np.frombuffer(random.getrandbits(32 * count).to_bytes(4 * count, "little"), np.dtype("<u4"))
    return (words >> np.uint32(8)).astype(np.float32) * np.float32(2**-24)
