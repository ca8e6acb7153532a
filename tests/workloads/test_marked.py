"""The programs that are read from outside or observe themselves, against the answers of the catalog."""

from __future__ import annotations

import pytest

from bench.catalog import Benchmark
from bench.measure.instruments.base import MeasureContext
from tests import observed

PROGRAMS = [
    pytest.param(
        benchmark,
        program,
        id=observed.name(benchmark, program),
        marks=[] if observed.of_headline(benchmark, program) else pytest.mark.every,
    )
    for instrument in ("memory", "observe")
    for benchmark, program in observed.programs(instrument)
]


@pytest.mark.parametrize(("benchmark", "program"), PROGRAMS)
def test_a_program_gives_the_answer_of_the_catalog(benchmark: Benchmark, program: str, observing: MeasureContext) -> None:
    if reason := observed.missing(benchmark, program):
        pytest.skip(reason)
    sample = observed.at_check(observing, benchmark, program)
    assert (sample.failure, sample.checksum) == (None, benchmark.check.answer)
