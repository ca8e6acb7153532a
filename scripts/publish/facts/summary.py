"""Benchmarks and their headline results as plain rows, for `build.py list` and `show`."""

from __future__ import annotations

from typing import Any

from bench.analyse.records import Ratio
from bench.catalog import Benchmark
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured

Row = dict[str, Any]


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
    """Return a row's cells: benchmark, runtime, ratio, interval, pairs, publishable, run."""
    headline = row["headline"]
    if not isinstance(headline, dict):
        return (str(row["id"]), str(row["runtime"] or "-"), "not measured", "", "", "", "")
    low, high = headline["interval"]
    return (
        str(row["id"]),
        str(row["runtime"]),
        f"{headline['ratio']:.3g}",
        f"{low:.3g} to {high:.3g}",
        str(headline["pairs"]),
        "yes" if headline["publishable"] else "no",
        str(headline["run"]),
    )


def _headline(benchmark: Benchmark, measured: Measured, runtime: str) -> Row | None:
    ratio = measured.estimate.ratio(f"python/{benchmark.headline.python}/{runtime}", f"go/{benchmark.headline.go}")
    return None if ratio is None else _result(ratio, measured)


def _result(ratio: Ratio, measured: Measured) -> Row:
    return {
        "python": ratio.python,
        "go": ratio.go,
        "ratio": ratio.ratio,
        "interval": [ratio.interval.low, ratio.interval.high],
        "pairs": ratio.pairs,
        "publishable": ratio.publishable,
        "flags": [flag.model_dump(mode="json") for flag in ratio.flags],
        "run": measured.run.id,
        "profile": measured.run.plan.profile,
    }
