"""What was read inside programs and of their memory, as tables and sentences."""

from __future__ import annotations

from typing import Literal

from bench.analyse.pairs import programs
from bench.analyse.records import Interval, ProgramEstimate
from bench.analyse.scaling import crossing, reading_medians
from bench.catalog import Benchmark
from bench.catalog.model import MAX_HALF_WIDTH_TAIL, TAILS
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.rows import program_name
from scripts.publish.style import wording
from scripts.publish.style.escape import Markdown, markdown
from scripts.publish.tables import tables

MEMORY = ("peak", "resident", "proportional", "group", "runtime")
CONSUMED = ("rate", "processor", "busy", "proportional")
"""What is shown of consumers of a queue, which are read of more."""
SHARES = ("lost", "busy")
COUNTS = ("collections", "full", "dependencies")
SECONDS = ("seconds", "processor", "excess")
UNITS: dict[str, wording.Unit] = {
    **dict.fromkeys(MEMORY, "byte"),
    **dict.fromkeys(SECONDS, "second"),
    "rate": "message/second",
}
"""The units of metrics that are not in the benchmark's own."""
HEADS = {
    "peak": "Peak",
    "resident": "Resident",
    "proportional": "Proportional",
    "group": "Group",
    "runtime": "By Go's runtime",
    "idle_p99": "p99 without the job",
    "collections": "Collections",
    "full": "Full collections",
    "pause_total": "Stopped in all",
    "seconds": "Time",
    "excess": "Beyond the wait",
    "processor": "Processor time",
    "rate": "Rate",
    "busy": "CPU used",
    "lost": "Lost",
    "dependencies": "Dependencies",
    "installed": "Installed",
}
"""What metrics are called at the head of a column; the others by their names."""
LANGUAGES: tuple[Literal["python", "go"], ...] = ("python", "go")
NOTE = "Medians of the invocations, and their intervals."


def table(site: SiteData, benchmark_id: str) -> Markdown:
    """Return every metric of a benchmark's programs, at each mark.

    Raises:
        KeyError: there is no such benchmark, or its programs are not read.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    if benchmark.metric is None:
        raise KeyError(f"{benchmark_id}: its programs are not read: its instrument is {benchmark.instrument}")
    measured = site.published.get(benchmark_id)
    if measured is None:
        return Markdown("Not measured yet.")
    readings = [
        (program, count, mark, metrics)
        for language in LANGUAGES
        for result in (measured.result, *(supplement.result for supplement in measured.supplements))
        for program in programs(result, language)
        if measured.source(program).result is result
        for (count, mark), metrics in reading_medians(result, program).items()
        if any(_wanted(benchmark, name) for name in metrics)
    ]
    columns = [name for name in dict.fromkeys(name for *_, metrics in readings for name in metrics) if _wanted(benchmark, name)]
    counted = any(count is not None for _, count, *_ in readings)
    marked = len({mark for _, _, mark, _ in readings}) > 1
    head = ["Program", *(["Items"] if counted else []), *(["When"] if marked else []), *(HEADS.get(n, n) for n in columns)]
    rows = []
    for program, count, mark, metrics in readings:
        reason = _withheld(measured.estimate.programs.get(program))
        cells = [reason or _phrase(benchmark, column, metrics.get(column)) for column in columns]
        place = [*([f"{count:,}"] if counted and count else []), *([mark] if marked else [])]
        rows.append([program_name(benchmark, program), *place, *cells])
    return Markdown(f"{tables.markdown(head, rows)}\n\n{NOTE}")


def crossing_point(site: SiteData, benchmark_id: str, python: str, go: str) -> Markdown:
    """Say at how many items two programs take the same memory.

    Raises:
        KeyError: there is no such benchmark or program.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    measured = site.published.get(benchmark_id)
    estimate = site.program(benchmark_id, f"python/{python}")
    other = site.program(benchmark_id, f"go/{go}")
    if measured is None or estimate is None or other is None:
        return Markdown(f"Where the totals of {python} and {go} cross is {wording.NOT_MEASURED}.")
    if not (estimate.publishable and other.publishable):
        reasons = markdown(wording.not_publishable((*estimate.flags, *other.flags)))
        return Markdown(f"Where the totals of {python} and {go} cross is {reasons}.")
    crossed = crossing(measured.result, estimate.program, other.program, benchmark.reading)
    if crossed is None:
        return Markdown(f"The totals of {python} and {go} are not shown to cross.")
    many, fewer = ("Python", "Go") if estimate.value < other.value else ("Go", "Python")
    return Markdown(
        f"The totals of {python} and {go} cross at {wording.number(*crossed)} items: "
        f"with fewer {fewer}'s program is the smaller one, with more {many}'s."
    )


def _wanted(benchmark: Benchmark, metric: str) -> bool:
    """Whether a metric belongs in the table: memory is not what an `observe` benchmark is about."""
    if benchmark.instrument == "queue":
        return metric in CONSUMED
    return benchmark.instrument == "memory" or metric not in MEMORY


def _withheld(estimate: ProgramEstimate | None) -> str | None:
    """Return why nothing that was read of a program may be published, if so; the width of intervals is judged for each metric."""
    flags = [flag for flag in estimate.flags if flag.blocker and flag.kind != "wide-interval"] if estimate else []
    return wording.not_publishable(flags) if flags else None


def _phrase(benchmark: Benchmark, metric: str, measured: tuple[float, Interval] | None) -> str:
    if measured is None:
        return ""
    value, interval = measured
    if metric in SHARES:
        return f"{wording.percent(value)} ({100 * interval.low:.3g} to {100 * interval.high:.3g})"
    if metric in COUNTS:
        return f"{value:,.0f} ({interval.low:,.0f} to {interval.high:,.0f})"
    max_half_width = MAX_HALF_WIDTH_TAIL if metric in TAILS else benchmark.max_half_width
    if interval.low <= 0 or interval.half_width > max_half_width:
        return wording.TOO_WIDE
    return wording.quantity(value, interval, UNITS.get(metric, benchmark.unit))
