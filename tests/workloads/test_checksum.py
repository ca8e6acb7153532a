from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.workloads.checksum import Answer, canonical, checksum

VECTORS = tomllib.loads(Path(__file__).with_name("checksums.toml").read_text(encoding="utf-8"))["vector"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_a_known_answer_has_its_text_and_checksum(vector: dict[str, Any]) -> None:
    assert canonical(vector["answer"]).decode() == vector["text"]
    assert checksum(vector["answer"]) == vector["checksum"]


@given(st.recursive(st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS, st.lists))
def test_a_checksum_is_a_number_that_a_float_holds(answer: Answer) -> None:
    assert 0 <= checksum(answer) < 2**48


@given(TEXTS)
def test_text_and_its_utf_8_bytes_are_the_same_answer(text: str) -> None:
    assert checksum(text) == checksum(text.encode())


@given(st.lists(TEXTS | st.integers()), st.lists(TEXTS | st.integers()))
def test_different_lists_have_different_texts(one: list[Answer], other: list[Answer]) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@given(st.floats(min_value=1e-300, max_value=1e300))
def test_floats_that_agree_to_nine_digits_are_the_same_answer(value: float) -> None:
    assert canonical(value) == canonical(float(format(value, ".8e")))


@pytest.mark.parametrize("answer", [True, None, np.int64(1), np.float64(1.0), {"a": 1}, (1, 2)], ids=repr)
def test_another_type_is_refused(answer: Answer) -> None:
    with pytest.raises(TypeError, match="an answer is a whole number"):
        checksum(answer)


@pytest.mark.parametrize("answer", [float("nan"), float("inf")])
def test_a_float_that_is_not_finite_is_refused(answer: float) -> None:
    with pytest.raises(ValueError, match="must be finite"):
        checksum([answer])
