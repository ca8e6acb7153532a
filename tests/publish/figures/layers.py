"""The layers of a specification, for the tests of figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def layers(specification: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the layers whose mark is of a kind, in the order in which they are drawn, each with the data that it shows."""
    return [layer for layer in _flat(specification["layer"]) if layer["mark"]["type"] == kind]


def _flat(nested: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for layer in nested:
        if "layer" in layer:
            yield from ({"data": layer["data"], **part} for part in _flat(layer["layer"]))
        else:
            yield layer
