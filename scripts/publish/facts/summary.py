"""Benchmarks and their headline results as plain rows, for `build.py list` and `show`."""

from __future__ import annotations

import math
from typing import Any

from bench.analyse.records import Ratio
from bench.catalog import Benchmark
from bench.records.run import Run
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured
from scripts.publish.style import wording

Row = dict[str, Any]
HEAD = ("benchmark", "runtime", "result", "95 % interval", "pairs", "run")
NOT_PUBLISHABLE = "*"
"""Follows a result that is not publishable."""


def rows(site: SiteData, benchmark: Benchmark) -> list[Row]:
    """Return one row per runtime of a benchmark; a single one, without runtime and headline, where nothing is measured.

    The published result goes before this machine's.
    """
    measured = site.published.get(benchmark.id) or site.local.get(benchmark.id)
    about: Row = {
        "id": benchmark.id,
        "runtime": None,
        "page": benchmark.page,
        "instrument": benchmark.instrument,
        "tiers": {"python": list(benchmark.python), "go": list(benchmark.go)},
        "headline": None,
    }
    if measured is None:
        return [about]
    runtimes = measured.runtimes
    return [about | {"runtime": name, "headline": _headline(benchmark, measured, name)} for name in runtimes]


def text(row: Row) -> tuple[str, ...]:
    """Return a row's cells, those of `HEAD`; the result has an asterisk where it is not publishable."""
    id_, runtime, headline = str(row["id"]), row["runtime"], row["headline"]
    if runtime is None:
        return (id_, wording.NOT_MEASURED, "", "", "", "")
    if not isinstance(headline, dict):
        return (id_, str(runtime), "none", "", "", "")
    mark = "" if headline["publishable"] else NOT_PUBLISHABLE
    finding, interval = headline["says"] or ("none", "none")
    return (id_, str(runtime), f"{finding}{mark}", str(interval), str(headline["pairs"]), str(headline["run"]))


def _headline(benchmark: Benchmark, measured: Measured, runtime: str) -> Row | None:
    ratio = measured.estimate.ratio(f"python/{benchmark.headline.python}/{runtime}", f"go/{benchmark.headline.go}")
    return None if ratio is None else _result(ratio, benchmark.unit, measured.source(ratio.python).run)


def _result(ratio: Ratio, unit: wording.Unit, run: Run) -> Row:
    """Return a ratio as a row has it; None stands for the numbers of one that has too few valid pairs to have them."""
    low, high = ratio.interval.low, ratio.interval.high
    return {
        "python": ratio.python,
        "go": ratio.go,
        "ratio": None if math.isnan(ratio.ratio) else ratio.ratio,
        "interval": None if math.isnan(low) else [low, high],
        "says": None if math.isnan(low) else [wording.finding(ratio, unit), wording.finding_interval(ratio)],
        "pairs": ratio.pairs,
        "publishable": ratio.publishable,
        "flags": [flag.model_dump(mode="json") for flag in ratio.flags],
        "run": run.id,
        "profile": run.plan.profile,
    }
