from __future__ import annotations

import pytest

from bench.analyse.prototyping import compare
from bench.analyse.verdicts import verdict
from bench.catalog import Catalog
from bench.catalog.model import Claim, QuickerRule
from tests.prototyped import record

CLAIM = Claim(
    id="quick",
    says="Python is quick to begin with.",
    article="Use cases",
    measurable="yes",
    rule=QuickerRule(quicker="python", tasks=("edit",)),
)


def test_a_ratio_above_1_says_that_go_is_quicker() -> None:
    (one,) = compare(record(python=3.0, go=1.5))
    assert one.ratio == pytest.approx(2.0)
    assert one.interval.low > 1


def test_too_few_rounds_are_not_compared() -> None:
    assert compare(record(rounds=5)) == ()


@pytest.mark.parametrize(("python", "go", "expected"), [(1, 2, "supported"), (2, 1, "contradicted"), (1, 1, "contradicted")])
def test_a_claim_about_prototyping_is_judged_by_the_steps_in_which_a_side_is_quicker(
    python: float, go: float, expected: str
) -> None:
    steps = compare(record(python, go))
    catalog = Catalog(benchmarks=(), claims=())
    judged = verdict(CLAIM, catalog, {}, {}, lambda *_: None, lambda *_: None, tuple, lambda: steps)
    assert judged.verdict == expected


def test_without_a_record_a_claim_about_prototyping_is_not_measured_yet() -> None:
    judged = verdict(CLAIM, Catalog(benchmarks=(), claims=()), {}, {}, lambda *_: None, lambda *_: None, tuple)
    assert judged.verdict == "not measured yet"
