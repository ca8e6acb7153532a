from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measure.host.probes import DESCRIBE, describe
from bench.records import canary
from tests.synthetic import python_runtime

FACTORS = st.floats(min_value=0.1, max_value=10)


@pytest.mark.parametrize("language", canary.REFERENCES)
def test_the_reference_build_scores_one(language: str) -> None:
    build, kernels = canary.REFERENCES[language]
    scored = canary.score(language, kernels)
    assert scored.score == pytest.approx(1)
    assert scored.reference == build


@given(FACTORS, FACTORS)
def test_the_score_is_the_geometric_mean_of_the_kernels(first: float, second: float) -> None:
    (one, other), reference = canary.REFERENCES["3.14"][1].keys(), canary.REFERENCES["3.14"][1]
    scored = canary.score("3.14", {one: reference[one] * first, other: reference[other] * second})
    assert scored.kernels == pytest.approx({one: first, other: second})
    assert scored.score == pytest.approx((first * second) ** 0.5)


@pytest.mark.parametrize(
    ("language", "reference"),
    [("3.12", "3.11"), ("3.13", "3.11"), ("3.14", "3.14"), ("3.99", "3.15"), ("3.14t", "3.13t")],
)
def test_a_version_without_reference_takes_the_newest_before_it(language: str, reference: str) -> None:
    build, kernels = canary.REFERENCES[reference]
    assert canary.score(language, kernels).reference == build


def test_the_probe_runs_the_kernels_that_the_references_have() -> None:
    assert all(kernels.keys() == describe.canary().keys() for _, kernels in canary.REFERENCES.values())


def test_an_interpreter_more_than_15_per_cent_slower_is_not_optimised() -> None:
    kernels = canary.REFERENCES["3.14"][1]
    scores = {factor: canary.score("3.14", {name: k * factor for name, k in kernels.items()}) for factor in (1.14, 1.16)}
    assert [python_runtime(canary=scored).optimised for scored in scores.values()] == [True, False]


def test_the_probe_prints_one_json_object_about_its_interpreter() -> None:
    printed = subprocess.run([sys.executable, str(DESCRIBE)], capture_output=True, text=True, check=True).stdout
    facts = json.loads(printed)
    assert facts == json.loads(json.dumps(describe.describe()))
    assert facts["version"] == ".".join(map(str, sys.version_info[:3]))
    assert facts["executable"] == sys.executable


def test_a_run_from_before_its_kind_of_build_had_a_reference_is_judged_by_that() -> None:
    kernels = canary.REFERENCES["3.13t"][1]
    before = canary.score("3.13", kernels)
    python = python_runtime(name="cpython-3.13t", canary=before)
    again = canary.judged_again(python)
    assert (python.optimised, again.optimised) == (False, True)


def test_a_run_that_was_judged_by_the_right_reference_stays_as_it_is() -> None:
    python = python_runtime(canary=canary.score("3.14", canary.REFERENCES["3.14"][1]))
    assert canary.judged_again(python) is python
