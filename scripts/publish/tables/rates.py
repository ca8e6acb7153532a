"""What the web servers serve, and at what cost; what the database does to the ratio; how much the generator could ask for."""

from __future__ import annotations

from bench.analyse.load import ceiling
from bench.analyse.pairs import invocations_by_round
from bench.analyse.records import Interval, Ratio
from bench.catalog.model import Benchmark, Server
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import SATURATION, absent, phases, program_of, shortened
from scripts.publish.facts.rows import RatioRow
from scripts.publish.figures.figures import spread_rows
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

PAGE = "ecosystem/web-frameworks"
"""Whose endpoints every server has."""
CHEAPEST = "web/plaintext"
"""The benchmark that costs the load generator least."""
UNITS: dict[str, wording.Unit] = {"rate": "request/second", "server_cpu": "second", "proportional": "byte"}
"""Metrics that are read at every endpoint, and their units: throughput, CPU time per 1,000 requests, the most memory."""
BUSIEST = "web/twenty-updates-cost"
"""The benchmark that asks most of the database."""
BUSY = 0.9
"""Share of its CPU below which a server was not what limited its throughput."""
IDLE = "*"
"""Marks a rate that something else has limited."""


def table(site: SiteData, here: Address, metric: str) -> Markdown:
    """Return one metric of every server at every endpoint on one CPU at saturation, and why some lack an endpoint.

    Entries with programs of their own, which are no servers of all endpoints, have no column.

    Raises:
        KeyError: there is no such metric.
    """
    if metric not in UNITS:
        raise KeyError(f"no metric {metric!r} of every endpoint; there are: {', '.join(UNITS)}")
    benchmarks = [b for b in site.catalog.benchmarks if b.page == PAGE and b.better == "higher" and b.cpus == "one"]
    reasons: list[str] = []
    rows = [
        [server.title, *(_cell(site, here, benchmark, server, metric, reasons) for benchmark in benchmarks)]
        for server in site.catalog.servers
    ]
    head = ["Server", *(link(benchmark.title, here.to_benchmark(benchmark)) for benchmark in benchmarks)]
    notes = [f"<sup>{number}</sup> {reason}." for number, reason in enumerate(reasons, 1)]
    if any(cell.endswith(IDLE) for row in rows for cell in row):
        idle = f"The server used less than {wording.percent(BUSY)} of its CPU: what it waited for was the limit, not the server."
        notes.append(f"\\{IDLE} {idle}")
    return Markdown("\n\n".join([tables.markdown(head, rows), *notes]))


def spread(site: SiteData, here: Address) -> Markdown:
    """Return each server's extremes over the endpoints of the figure `SPREAD`, in words, as a list."""
    rows = spread_rows(site)
    pairs = dict.fromkeys((row.python, row.go) for row in rows)
    lines = [_extremes(here, [row for row in rows if (row.python, row.go) == pair]) for pair in pairs]
    return Markdown("\n".join(f"- {line}." for line in lines))


def neighbours(site: SiteData) -> Markdown:
    """Say with whom the database shared which CPUs in the run of the benchmark that asks most of it."""
    measured = site.published.get(BUSIEST)
    others = round(measured.run.machine.cpus) - 1 if measured else 0
    if others < 1:
        return Markdown("shares what CPUs the server does not have with the load generator")
    return Markdown(f"shared {wording.count(others, 'CPU')} with the load generator, and the server had another to itself")


def headroom(site: SiteData) -> Markdown:
    """Say at which rate the load generator would use its whole CPU, and how far that is from the fastest server."""
    benchmark = site.catalog.benchmark(CHEAPEST)
    measured = site.published.get(CHEAPEST)
    titles = {program_of(measured, server): server.title for server in site.catalog.servers} if measured else {}
    estimates = [one for program, one in measured.estimate.programs.items() if program in titles] if measured else []
    if measured is None or not estimates:
        return Markdown(f"The load generator's ceiling is {wording.NOT_MEASURED}.")
    fastest = max(estimates, key=lambda one: one.value)
    reached = ceiling(tuple(invocations_by_round(measured.result, fastest.program).values()), SATURATION)
    if reached is None:
        return Markdown(f"The load generator's ceiling is {wording.NOT_MEASURED}.")
    most, interval = reached
    sentence = f"The load generator would use its whole CPU at {wording.quantity(most, interval, benchmark.unit)}."
    title = titles[fastest.program]
    if not fastest.publishable:
        return Markdown(
            f"{sentence} The fastest server's rate, {title}'s, is {markdown(wording.not_publishable(fastest.flags))}."
        )
    rate = wording.measured_value(fastest, benchmark.unit)
    times = quotient((most, interval), (fastest.value, fastest.interval))
    return Markdown(f"{sentence} The fastest server, {title}, answered {rate}: the ceiling is {times} times that.")


def _cell(site: SiteData, here: Address, benchmark: Benchmark, server: Server, metric: str, reasons: list[str]) -> Markdown:
    """Return a server's metric at an endpoint; where it lacks that, the number of the reason, which goes to `reasons`."""
    if lacks := server.lacking(str(benchmark.input["endpoint"])):
        if lacks not in reasons:
            reasons.append(lacks)
        return Markdown(f"none<sup>{reasons.index(lacks) + 1}</sup>")
    loaded = phases(site, benchmark, server).get(SATURATION)
    if loaded is None:
        return markdown(shortened(absent(site, benchmark, server)))
    if reason := loaded.withheld(metric):
        return link(shortened(reason), here.to_benchmark(benchmark))
    used = loaded.metrics["rate"][0] * loaded.metrics["server_cpu"][0] / 1000
    idle = f"\\{IDLE}" if metric == "rate" and used < BUSY else ""
    return Markdown(f"{wording.alone(*loaded.metrics[metric], UNITS[metric])}{idle}")


def _extremes(here: Address, rows: list[RatioRow]) -> str:
    """Say the smallest and the largest of a server's ratios, and their quotient."""
    name = f"**{rows[0].python_name} against {rows[0].go_name}**"
    shown = sorted(((ratio.ratio, ratio, row) for row in rows if (ratio := row.shown)), key=lambda item: item[0])
    if not shown:
        return f"{name}: {markdown(shortened(rows[0].phrase))}"
    (_, smallest, least), (_, largest, most) = shown[0], shown[-1]
    if smallest is largest:
        return f"{name}: {_one(here, least)}, the only endpoint with a ratio to publish"
    times = quotient(_of(largest), _of(smallest))
    missing = len(rows) - len(shown)
    without = f"; {missing} of the {wording.count(len(rows), 'endpoint')} {'has' if missing == 1 else 'have'} no ratio to publish"
    sentence = f"{name}: from {_one(here, least)} to {_one(here, most)}. The largest ratio is {times} times the smallest"
    return sentence + (without if missing else "")


def _one(here: Address, row: RatioRow) -> str:
    return f"{markdown(row.phrase)} at {link(row.benchmark.title, here.to_benchmark(row.benchmark))}"


def _of(ratio: Ratio) -> tuple[float, Interval]:
    return ratio.ratio, ratio.interval


def quotient(one: tuple[float, Interval], other: tuple[float, Interval]) -> str:
    """Return how many times one metric is another, with the bounds that the ends of both intervals give."""
    (value, interval), (divisor, width) = one, other
    confidence = max(0.0, interval.confidence + width.confidence - 1)
    bounds = Interval(low=interval.low / width.high, high=interval.high / width.low, confidence=confidence)
    return wording.number(value / divisor, bounds)
