"""What the web servers cost: processor time, memory, time to start; and how much load they bear within a limit of latency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.analyse.load import FIXED
from bench.catalog.model import Benchmark
from bench.measure.http import distance
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import SATURATION, START, Phase, Served, absent, phases, servers, shortened
from scripts.publish.facts.points import CURVE, LATENCY_LIMIT
from scripts.publish.style import wording
from scripts.publish.style.escape import Markdown, markdown
from scripts.publish.tables import tables

COLUMNS: tuple[tuple[str, str, str, wording.Unit], ...] = (
    ("CPU time per 1,000 requests", SATURATION, "server_cpu", "second"),
    ("Memory at rest", START, "proportional", "byte"),
    ("Memory under load", SATURATION, "proportional", "byte"),
    ("Start to first response", START, "seconds", "second"),
    ("p50, closed loop", SATURATION, "p50", "second"),
    ("p99, closed loop", SATURATION, "p99", "second"),
)
"""Head, mark, metric and unit of each column."""
IDLE: tuple[tuple[str, str, str, wording.Unit], ...] = (
    ("Memory at rest", START, "proportional", "byte"),
    ("Memory for each connection", "idle", "per_connection", "byte"),
    ("Memory in all", "idle", "proportional", "byte"),
    ("CPU time in an idle minute", "idle", "minute", "second"),
    ("A broadcast reaches half", "broadcast", "p50", "second"),
    ("99 %", "broadcast", "p99", "second"),
    ("The last one", "broadcast", "last", "second"),
)
"""The same where the connections are idle WebSockets."""
AT_A_RATE: tuple[tuple[str, str, str, wording.Unit], ...] = (
    ("p50", FIXED, "p50", "second"),
    ("p99", FIXED, "p99", "second"),
    ("The way was late by, p99", FIXED, "distance_late_p99", "second"),
)
"""The same at a fixed rate, with the database at a distance; how late the forwarder between them was is the harness's error."""
COMMON = "rate"
"""The mark of the rate that is the same for all."""


def table(site: SiteData, benchmark_id: str) -> Markdown:
    """Return what each server of a benchmark costs at saturation.

    Raises:
        KeyError: there is no such benchmark.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    reasons: dict[str, None] = {}
    rows = []
    for server in servers(benchmark):
        by_mark = phases(site, benchmark, server)
        loaded = by_mark.get(SATURATION)
        cells = [
            _cell(by_mark, mark, metric, unit) or shortened(absent(site, benchmark, server)) for _, mark, metric, unit in COLUMNS
        ]
        opened = f"{loaded.metrics['opened'][0]:,.0f}" if loaded and not loaded.reason else ""
        rows.append([server.title, *cells, opened])
        withheld = [markdown(phase.reason) for phase in by_mark.values() if phase.reason]
        reasons |= dict.fromkeys(f"- {server.title}: {reason}." for reason in withheld)
    head = ("Server", *(head for head, *_ in COLUMNS), "Connections opened")
    return Markdown(f"{tables.markdown(head, rows)}\n\n{chr(10).join(reasons)}".rstrip())


def idle(site: SiteData, benchmark_id: str) -> Markdown:
    """Return what idle WebSockets cost each server of a benchmark, and how long a broadcast to all of them takes.

    Raises:
        KeyError: there is no such benchmark.
    """
    return _in_columns(site, site.catalog.benchmark(benchmark_id), IDLE)


def at_a_distance(site: SiteData, benchmark_id: str) -> Markdown:
    """Return the latencies of each server at a fixed rate, with the database at a distance.

    Raises:
        KeyError: there is no such benchmark, or it has no distance or no such rate.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    if not _is_distant(benchmark):
        known = ", ".join(b.id for b in site.catalog.benchmarks if _is_distant(b))
        raise KeyError(f"{benchmark_id}: has no fixed rate with the database at a distance; those that do: {known}")
    return _in_columns(site, benchmark, AT_A_RATE)


def throttling(site: SiteData, benchmark_id: str) -> Markdown:
    """Return how each server of a benchmark with a quota met its limits: in a closed loop, and at the common rate of a curve.

    Raises:
        KeyError: there is no such benchmark, or it has no quota.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    if "quota" not in benchmark.input:
        known = ", ".join(b.id for b in site.catalog.benchmarks if b.instrument == "http" and "quota" in b.input)
        raise KeyError(f"{benchmark_id}: it has no quota; those that have one: {known}")
    marks = {SATURATION: "at saturation", **({COMMON: "at the common rate"} if benchmark.has_curve else {})}
    reasons: dict[str, list[str]] = {}
    rows = []
    for server in servers(benchmark):
        by_mark = phases(site, benchmark, server)
        missing = absent(site, benchmark, server)
        waits = [_throttled(by_mark, mark) or shortened(missing) for mark in marks]
        memory = _cell(by_mark, SATURATION, "proportional", "byte") or shortened(missing)
        rows.append([server.title, *waits, memory, _reached(by_mark)])
        withheld = [phase.reason for phase in by_mark.values() if phase.reason] if by_mark else [missing]
        for reason in dict.fromkeys(withheld):
            reasons.setdefault(reason, []).append(server.title)
    waited = (f"Throttled in each second {when}" for when in marks.values())
    return _with_notes(tables.markdown(("Server", *waited, "Memory under load", "Memory was full"), rows), reasons)


def limits(site: SiteData, benchmark_id: str) -> Markdown:
    """Return the highest share of its own throughput up to which each server keeps the 99th percentile below the limit.

    A share counts where the whole interval is below the limit, and that of every lower share.

    Raises:
        KeyError: there is no such benchmark, or it has no latency curve.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    if not benchmark.has_curve:
        known = ", ".join(b.id for b in site.catalog.benchmarks if b.has_curve)
        raise KeyError(f"{benchmark_id}: it has no latency curve; those that have one: {known}")
    rows = [[server.title, *_limit(site, benchmark, server)] for server in servers(benchmark)]
    limit = f"{LATENCY_LIMIT * 1e3:g} ms"
    return tables.markdown(("Server", f"p99 below {limit} up to", "Rate there", "p99 there", "Then"), rows)


def _is_distant(benchmark: Benchmark) -> bool:
    return distance.KEY in benchmark.input and "rate" in benchmark.input and not benchmark.has_curve


def _in_columns(site: SiteData, benchmark: Benchmark, columns: Sequence[tuple[str, str, str, wording.Unit]]) -> Markdown:
    """Return a row for each server of a benchmark, with the reasons of what it lacks beneath."""
    reasons: dict[str, list[str]] = {}
    rows = []
    for server in servers(benchmark):
        by_mark = phases(site, benchmark, server)
        missing = absent(site, benchmark, server)
        cells = [_cell(by_mark, mark, metric, unit) or shortened(missing) for _, mark, metric, unit in columns]
        rows.append([server.title, *cells])
        withheld = [phase.reason for phase in by_mark.values() if phase.reason] if by_mark else [missing]
        for reason in dict.fromkeys(withheld):
            reasons.setdefault(reason, []).append(server.title)
    return _with_notes(tables.markdown(("Server", *(head for head, *_ in columns)), rows), reasons)


def _with_notes(table: Markdown, reasons: Mapping[str, Sequence[str]]) -> Markdown:
    """Return a table with the reasons of what it lacks beneath it, each with the servers that have it."""
    notes = [f"- {', '.join(titles)}: {markdown(reason)}." for reason, titles in reasons.items()]
    return Markdown("\n\n".join([table, *(["\n".join(notes)] if notes else [])]))


def _throttled(by_mark: Mapping[str, Phase], mark: str) -> str | None:
    """Say for how long of each second a server's group was throttled at a mark: "none" where it never was."""
    phase = by_mark.get(mark)
    if phase and not phase.reason and phase.metrics["throttled_seconds"][1].high == 0:
        return "none"
    return _cell(by_mark, mark, "throttled_seconds", "second")


def _reached(by_mark: Mapping[str, Phase]) -> str:
    """Say how often a server's memory was full, over all marks, as medians; nothing where it was not measured."""
    counts = [phase.metrics["memory_reached"][0] for phase in by_mark.values() if "memory_reached" in phase.metrics]
    return f"{sum(counts):,.0f} times" if counts else ""


def _cell(by_mark: Mapping[str, Phase], mark: str, metric: str, unit: wording.Unit) -> str | None:
    phase = by_mark.get(mark)
    if phase is None or (not phase.reason and metric not in phase.metrics):
        return None
    return shortened(phase.reason) if phase.reason else phase.phrase(metric, unit)


def _limit(site: SiteData, benchmark: Benchmark, server: Served) -> tuple[str, str, str, str]:
    """Return the share, rate and 99th percentile of the last mark below the limit, and what comes next."""
    by_mark = phases(site, benchmark, server)
    steps = [phase for mark, phase in by_mark.items() if mark.endswith("%")]
    if not steps:
        return absent(site, benchmark, server), "", "", ""
    last: Phase | None = None
    nowhere, then = "none", ""
    for phase in sorted(steps, key=lambda phase: phase.metrics[CURVE.x][0]):
        if phase.reason or phase.metrics["p99"][1].high >= LATENCY_LIMIT:
            nowhere, then = "not known" if phase.reason else "none", f"{phase.phrase('p99', 'second')} at {_share(phase)}"
            break
        last = phase
    if last is None:
        return nowhere, "", "", then
    rate = wording.alone(*last.metrics["rate"], "request/second")
    return f"{_share(last)} of its throughput", rate, last.phrase("p99", "second"), then


def _share(phase: Phase) -> str:
    return phase.mark.replace("%", " %")
