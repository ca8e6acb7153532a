"""Writes models in the format of ONNX, which is Protocol Buffers: as much of it as the generated models need.

Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose numbers of fields and types these are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FLOAT, INT64 = 1, 7
"""Types of the numbers of a tensor."""
TYPES = {"float32": FLOAT, "int64": INT64}
INT, INTS = 2, 7
"""Types of an attribute."""


@dataclass(frozen=True)
class Node:
    """An operation on named values."""

    kind: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    attributes: Mapping[str, int | Sequence[int]]


@dataclass(frozen=True)
class Value:
    """What goes in or comes out: numbers of a type, with any number of rows of a shape."""

    name: str
    kind: int
    shape: Sequence[int]


def model(
    name: str,
    nodes: Iterable[Node],
    constants: Mapping[str, NDArray[np.generic]],
    given: Value,
    answered: Value,
    *,
    opset: int,
    ir_version: int,
) -> bytes:
    """Return the file of a model with one input and one output."""
    graph = [
        *(_field(1, _node(node)) for node in nodes),
        _field(2, name.encode()),
        *(_field(5, _tensor(constant, values)) for constant, values in constants.items()),
        _field(11, _value(given)),
        _field(12, _value(answered)),
    ]
    return _number(1, ir_version) + _field(7, b"".join(graph)) + _field(8, _field(1, b"") + _number(2, opset))


def _node(node: Node) -> bytes:
    parts = [_field(1, name.encode()) for name in node.inputs]
    parts += [_field(2, name.encode()) for name in node.outputs]
    return b"".join((*parts, _field(4, node.kind.encode()), *(_field(5, _attribute(*each)) for each in node.attributes.items())))


def _attribute(name: str, value: int | Sequence[int]) -> bytes:
    if isinstance(value, int):
        return _field(1, name.encode()) + _number(3, value) + _number(20, INT)
    return _field(1, name.encode()) + b"".join(_number(8, each) for each in value) + _number(20, INTS)


def _tensor(name: str, values: NDArray[np.generic]) -> bytes:
    dimensions = b"".join(_number(1, each) for each in values.shape)
    return dimensions + _number(2, TYPES[values.dtype.name]) + _field(8, name.encode()) + _field(9, values.tobytes())


def _value(value: Value) -> bytes:
    batch = _field(1, _field(2, b"batch"))
    shape = batch + b"".join(_field(1, _number(1, each)) for each in value.shape)
    return _field(1, value.name.encode()) + _field(2, _field(1, _number(1, value.kind) + _field(2, shape)))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    """Return a field of a whole number; one that is negative has ten bytes, as the format wants it."""
    return _varint(number << 3) + _varint(value & (1 << 64) - 1)


def _varint(value: int) -> bytes:
    groups = []
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*groups, value))


__all__ = ["FLOAT", "INT64", "Node", "Value", "model"]
