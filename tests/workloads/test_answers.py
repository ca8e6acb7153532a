from __future__ import annotations

import json
import math
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench.catalog import Benchmark
from bench.workloads import case
from bench.workloads.execution import n_body, orders
from tests import observed
from tests.apart import each_apart
from tests.cataloged import CATALOG
from tests.workloads.answer import answer_of

PROGRAMS = [
    pytest.param(benchmark, tier, id=f"{benchmark.id}-{tier}")
    for benchmark in CATALOG.benchmarks
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


@pytest.fixture(scope="module")
def answers(request: pytest.FixtureRequest) -> dict[tuple[str, str], Any]:
    """Id and module -> what the program answers to the check's input: all libraries together would fill a test's process."""
    given = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    asked = [(params["benchmark"], params["tier"]) for params in given if params.keys() == {"benchmark", "tier"}]
    here = [(b.id, b.python[tier].module) for b, tier in asked if not observed.missing(b, f"python/{tier}")]
    return each_apart(checked, here)


def checked(program: tuple[str, str]) -> Any:  # noqa: ANN401  each program has an answer of its own kind
    benchmark, module = program
    return answer_of(module, case.check(benchmark)[0])


@pytest.mark.parametrize(("benchmark", "tier"), PROGRAMS)
def test_a_program_gives_the_answer_of_the_catalog(benchmark: Benchmark, tier: str, answers: dict[tuple[str, str], Any]) -> None:
    if reason := observed.missing(benchmark, f"python/{tier}"):
        pytest.skip(reason)
    _, answer, tolerance = case.check(benchmark.id)
    got = answers[benchmark.id, benchmark.python[tier].module]
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
