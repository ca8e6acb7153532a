"""Speed-ups over workers, and which tool the results recommend for which work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from bench.analyse.records import Speedup
from bench.catalog import Benchmark
from bench.catalog.model import Work
from bench.records.run import PythonRuntime
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured
from scripts.publish.facts.rows import program_rows, variant_rows
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

SPECIALISES_NOTHING = "3.13"
"""The version whose free-threaded build has the specialising interpreter off: its release notes say so."""
BEST = 3
"""Programs of Python that the table of tools names for one kind of work."""


def table(site: SiteData, here: Address, ids: Sequence[str]) -> Markdown:
    """Return, for each program, its time in the first benchmark and its speed-up over that in each of the others.

    Raises:
        KeyError: there is no such benchmark, or it has no input `workers`.
    """
    benchmarks = [site.catalog.benchmark(id_) for id_ in ids]
    if without := [benchmark.id for benchmark in benchmarks if "workers" not in benchmark.input]:
        raise KeyError(f"{without[0]}: it has no input `workers`")
    first, *others = benchmarks
    head = [
        *("Program", Markdown(f"Time, {_workers(here, first)}")),
        *(Markdown(f"Speed-up, {_workers(here, other)}") for other in others),
    ]
    rows = []
    for row in program_rows(site, first):
        alone = row.reason or wording.measured_value(row.estimate, first.unit)
        rows.append([row.name, alone, *(_gain(site.speedup(first.id, other.id, row.program)) for other in others)])
    return _with_builds(site, tables.markdown(head, rows), [first])


def tools(site: SiteData, here: Address) -> Markdown:
    """Return, for each kind of work that a benchmark stands for, Go's result and Python's best programs, the best first."""
    rows = []
    for work in get_args(Work):
        for benchmark in (b for b in site.catalog.benchmarks if b.work == work):
            measured_by = link(benchmark.title, here.to_benchmark(benchmark))
            value = wording.measured_value(site.program(benchmark.id, "go"), benchmark.unit)
            go = f"{benchmark.headline.go.replace('-', ' ')}: {value}"
            rows.append([f"{work[0].upper()}{work[1:]}", measured_by, go, _best(site, benchmark)])
    table = tables.markdown(("Work", "Measured by", "Go", "Python, the best first, against Go"), rows)
    return _with_builds(site, table, [benchmark for benchmark in site.catalog.benchmarks if benchmark.work])


def free_threaded(site: SiteData, benchmark_id: str) -> Markdown:
    """Say which build without the interpreter's lock a benchmark was measured with, and whether the lock stayed off.

    What it is set against is the build of the same version with the lock: another version differs by more than the lock.

    Raises:
        KeyError: there is no such benchmark.
    """
    measured = site.published.get(site.catalog.benchmark(benchmark_id).id)
    builds = [python for python in measured.run.pythons if python.gil is False] if measured else []
    if measured is None or not builds:
        return Markdown("A free-threaded build was not measured on this host.")
    sentences = []
    for python in builds:
        invocations = [one for one in measured.result.invocations if one.program.endswith(f"/{python.name}")]
        off = sum(one.gil is False for one in invocations)
        sentences.append(
            f"The free-threaded build is {python.implementation} {python.version} ({python.name}); after its imports the lock "
            f"was off in {off} of {len(invocations)} processes."
        )
        sentences.append(_with_the_lock(python, measured.run.pythons))
    return markdown(" ".join(sentences))


def _with_builds(site: SiteData, table: Markdown, benchmarks: Iterable[Benchmark]) -> Markdown:
    """Return a table with a sentence beneath it for each free-threaded build that it has: what to compare that with."""
    runs = [site.published[benchmark.id].run for benchmark in benchmarks if benchmark.id in site.published]
    sentences = [f"{free.name}: {_with_the_lock(free, run.pythons)}" for run in runs for free in run.pythons if free.gil is False]
    return Markdown("\n\n".join([table, *map(markdown, dict.fromkeys(sentences))]))


def _with_the_lock(free: PythonRuntime, pythons: Sequence[PythonRuntime]) -> str:
    """Say which build of the same version has the lock, and what a free-threaded build of that version lacks besides."""
    language = free.version.rpartition(".")[0]
    same = [python.name for python in pythons if python.gil and python.version.rpartition(".")[0] == language]
    against = (
        f"What the lock costs is the difference to {same[0]}, of the same version and with the lock."
        if same
        else f"CPython {language} with the lock was not measured beside it, so no difference here is that of the lock alone."
    )
    if language == SPECIALISES_NOTHING:
        against += (
            f" In {language} a free-threaded build has its specialising interpreter off; it is on from 3.14 on, "
            "in a build that this run lacks."
        )
    return against


def _best(site: SiteData, benchmark: Benchmark) -> Markdown:
    measured: Measured | None = site.published.get(benchmark.id)
    if measured is None:
        return Markdown(wording.NOT_MEASURED)
    shown = [(row.shown.ratio, row) for row in variant_rows(site, benchmark) if row.shown]
    best = [row for _, row in sorted(shown, key=lambda item: item[0])[:BEST]]
    lines = [markdown(f"{row.python.replace('-', ' ')} ({row.runtime}): {row.phrase}") for row in best]
    return Markdown("<br>".join(lines) or "nothing to publish")


def _workers(here: Address, benchmark: Benchmark) -> Markdown:
    return link(wording.count(int(benchmark.input["workers"]), "worker"), here.to_benchmark(benchmark))


def _gain(speedup: Speedup | None) -> str:
    if speedup is None:
        return wording.NOT_MEASURED
    if not speedup.publishable:
        return wording.not_publishable(speedup.flags)
    return f"{wording.number(speedup.speedup, speedup.interval)}"
