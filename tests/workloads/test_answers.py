from __future__ import annotations

import importlib
import json
import math
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench.catalog import Benchmark, load_catalog
from bench.workloads import case
from bench.workloads.execution import n_body, orders
from tests import observed

PROGRAMS = [
    pytest.param(benchmark, tier, id=f"{benchmark.id}-{tier}")
    for benchmark in load_catalog().benchmarks
    if benchmark.instrument == "time" and benchmark.section != "concurrency"  # those are run in processes of their own
    for tier, python in benchmark.python.items()
    if observed.runs_here(python.since)
]
DOCUMENTS = tomllib.loads(Path(__file__).with_name("orders.toml").read_text(encoding="utf-8"))


def same(got: object, want: object, tolerance: float) -> bool:
    if isinstance(want, list):
        return (
            isinstance(got, list)
            and len(got) == len(want)
            and all(same(*pair, tolerance) for pair in zip(got, want, strict=True))
        )
    if isinstance(want, float):
        return isinstance(got, float) and math.isclose(got, want, rel_tol=tolerance)
    text = got.decode() if isinstance(got, bytes) else got
    return type(text) is type(want) and text == want


@pytest.mark.parametrize(("benchmark", "tier"), PROGRAMS)
def test_a_program_gives_the_answer_of_the_catalog(benchmark: Benchmark, tier: str) -> None:
    if reason := observed.missing(benchmark, f"python/{tier}"):
        pytest.skip(reason)
    arguments, answer, tolerance = case.check(benchmark.id)
    program = importlib.import_module(f"bench.workloads.{benchmark.python[tier].module}")
    got = program.run(**case.prepared(program, arguments))
    assert same(got, answer, tolerance), f"{got!r} is not {answer!r}"


def test_n_body_has_the_constants_of_others_whose_energies_are_known_to_all_digits() -> None:
    # The nine digits of the catalog's answer do not tell an error in the twelfth digit of a velocity. This is the energy after
    # one step, as the benchmark collection "Are We Fast Yet?" verifies its own n-body.
    assert math.isclose(n_body.run(1)[1], -0.16907495402506745, rel_tol=1e-14)


@pytest.mark.parametrize("change", DOCUMENTS["accepted"], ids=lambda change: change["why"])
def test_a_valid_document_of_orders_is_accepted(change: dict[str, str]) -> None:
    orders.check(document(change))


@pytest.mark.parametrize("change", DOCUMENTS["refused"], ids=lambda change: change["why"])
def test_an_invalid_document_of_orders_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(orders.InvalidOrderError):
        orders.check(document(change))


def document(change: dict[str, str]) -> dict[str, Any]:
    assert DOCUMENTS["valid"].count(change["find"]) == 1
    changed: dict[str, Any] = json.loads(DOCUMENTS["valid"].replace(change["find"], change["replace"]))
    return changed
