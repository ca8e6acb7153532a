"""Models in the format of ONNX: the same bytes as its library makes of them."""

from __future__ import annotations

import pytest

from bench.workloads import inputs

MADE_BY_THE_LIBRARY = {
    "mlp.onnx": "12706f06b28dcaf6013bd819601c175a481025409faa4193331ac3c9821f64ef",
    "cnn.onnx": "53e0a2d3da326159e68640351d995861b58f57f43e0ee9a61ce5dd4300ac84e2",
    "transformer.onnx": "aa2766f10dff1fc6b365836a77e6833d4557c97473dbb9563594993a2b15e129",
}
"""SHA-256 of the same graphs and weights, written by `onnx.helper` of onnx 1.23.2 and serialised in a fixed order."""


@pytest.mark.parametrize("name", MADE_BY_THE_LIBRARY)
def test_a_model_is_written_as_the_library_of_the_format_writes_it(name: str) -> None:
    assert inputs.DIGESTS[name] == MADE_BY_THE_LIBRARY[name]
