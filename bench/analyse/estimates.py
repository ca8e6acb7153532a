"""Turns the raw invocations of one benchmark into estimates of its programs and their ratios, with flags."""

from __future__ import annotations

from statistics import median

from bench.analyse.flags import (
    clock_flags,
    foreign_flags,
    ordered,
    pair_flags,
    program_flags,
    run_flags,
    runtime_flags,
    sample_flags,
)
from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.load import load_flags
from bench.analyse.pairs import failed, invocations_by_round, pairs, programs, value_of
from bench.analyse.ratios import ratio
from bench.analyse.records import ControlScore, Estimate, Flag, ProgramEstimate, Ratio
from bench.records.run import BenchmarkResult, Run


def estimate(run: Run, result: BenchmarkResult, score: ControlScore) -> Estimate:
    """Analyse one benchmark of a run, with the score of the run's A/A controls.

    A program without a single successful invocation is listed as unavailable, with its last failure.
    """
    unavailable = dict(result.unavailable)
    estimates = {}
    flags_of: dict[str, tuple[Flag, ...]] = {}
    flags_of_run = (*run_flags(run, score), *clock_flags(result))
    for program in (*programs(result, "python"), *programs(result, "go")):
        invocations = tuple(invocations_by_round(result, program).values())
        values = [value_of(invocation) for invocation in invocations if not failed(invocation)]
        if not values:
            unavailable[program] = f"failed in all {len(invocations)} invocations; the last: {invocations[-1].failure}"
            continue
        interval = median_interval(values, min(CONFIDENCE, full_range_confidence(len(values))))
        flags_of[program] = (
            *runtime_flags(program, run),
            *program_flags(program, invocations),
            *load_flags(program, invocations, run.machine.cpus),
        )
        estimates[program] = ProgramEstimate(
            program=program,
            invocations=len(values),
            value=median(values),
            interval=interval,
            flags=ordered(
                (
                    *flags_of_run,
                    *flags_of[program],
                    *foreign_flags(program, invocations, result.min_pairs),
                    *sample_flags("invocations", len(values), interval, result.max_half_width, result.min_pairs),
                )
            ),
        )
    ratios = [
        _flagged_ratio(result, python, go, (*flags_of_run, *flags_of[python], *flags_of[go]))
        for python in estimates
        for go in estimates
        if python.startswith("python/") and go.startswith("go/")
    ]
    return Estimate(benchmark=result.benchmark, run=run.id, programs=estimates, ratios=tuple(ratios), unavailable=unavailable)


def _flagged_ratio(result: BenchmarkResult, python: str, go: str, inherited: tuple[Flag, ...]) -> Ratio:
    all_pairs = pairs(result, python, go)
    unflagged = ratio(python, go, all_pairs)
    own = pair_flags(unflagged, all_pairs, result.max_half_width, result.min_pairs)
    return unflagged.model_copy(update={"flags": ordered((*inherited, *own))})
