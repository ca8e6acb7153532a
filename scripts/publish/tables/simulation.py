"""What one machine cannot show, as it was simulated; and how far the simulation is from what was measured of two workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.analyse.predictions import LIMIT, Comparison
from bench.analyse.quantities import exact
from bench.records.simulation import Deployed, Fleet, SimulationRecord, Stalled
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.simulation import NAMESAKES, TWO, comparisons, recorded_checks, recorded_fleets
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

NOT_RUN = Markdown("Nothing has been simulated yet: `make simulation` does that.")
OFF = "switched off"
UNCHECKED = "not checked"
BALANCERS = {"random": "by chance", "fewest": "to the fewest under way"}
CHECK = ("Server", "Percentile", "Simulated (derived)", "Measured", "Error", "The simulation is")
UNDISTURBED = ("Server", "Requests in a second, of all", "p50 (simulated)", "p99 (simulated)")
STALL = ("Server", "Balancer", "p99 meanwhile (simulated)", "Later than the target (simulated)", "p99 back after (simulated)")
DEPLOY = ("Server", "Replaced at a time", "p99 meanwhile (simulated)", "Takes (simulated)")

Close = frozenset[str] | None
"""The percentiles for which the simulation of a server is close to what was measured; None where it was not checked."""
Rows = Callable[[Fleet, Close], list[tuple[str, ...]]]


def table(site: SiteData, here: Address, what: str) -> Markdown:
    """Return one of the tables, with what it was simulated of.

    Args:
        site: everything that pages may show.
        here: the page.
        what: the "check", a fleet "undisturbed", with a "stall", during a "deploy", or the "record" that all are from.

    Raises:
        KeyError: there is no such table.
        ResultError: a record cannot be used.
    """
    shown = {"check": _check, "undisturbed": _undisturbed, "stall": _stall, "deploy": _deploy, "record": _record}
    if what not in shown:
        raise KeyError(f"nothing simulated is called {what!r}; there are: {', '.join(shown)}")
    return shown[what](site, site.simulation, here) if site.simulation else NOT_RUN


def _check(site: SiteData, _: SimulationRecord, here: Address) -> Markdown:
    """Return what was simulated of two workers beside what was measured, with which percentiles are close and which are not."""
    rows: list[tuple[str, ...]] = []
    compared: list[tuple[str, Comparison]] = []
    for server, check in recorded_checks(site):
        if isinstance(check, str):
            rows.append((server.title, check, "", "", "", ""))
        else:
            compared += [(server.title, one) for one in comparisons(site, check)]
            rows += [(server.title, *_compared(one)) for one in comparisons(site, check)]
    benchmark = site.catalog.benchmark(TWO)
    source = (
        f"Measured as {link(benchmark.title, here.to_benchmark(benchmark))}, at a constant rate; simulated from one worker alone."
    )
    return Markdown("\n\n".join([*_summary(compared), tables.markdown(CHECK, rows), source]))


def _summary(compared: Sequence[tuple[str, Comparison]]) -> list[str]:
    if not compared:
        return []
    limit = wording.percent(LIMIT)
    close = sum(one.close for _, one in compared)
    counted = f"Of {wording.count(len(compared), 'percentile')} {close} are within {limit} of what was measured."
    misses = ", ".join(f"{title} ({one.metric} {one.error:+.0%})" for title, one in compared if not one.close)
    if not misses:
        return [counted]
    words = f"**The simulation misses by more than {limit}:** {markdown(misses)}. Of these, that percentile is {OFF} below."
    return [counted, words]


def _compared(one: Comparison) -> tuple[str, ...]:
    measured = wording.quantity(one.measured.value, one.measured.interval, "second")
    state = "on" if one.close else OFF + (", though within the measured interval" if one.holds else "")
    return one.metric, _time(one.predicted.value), measured, f"{one.error:+.0%}", state


def _undisturbed(site: SiteData, record: SimulationRecord, _: Address) -> Markdown:
    def rows(fleet: Fleet, close: Close) -> list[tuple[str, ...]]:
        calm = fleet.undisturbed
        return [(f"{fleet.rate:,.0f}", _if_close(close, "p50", calm.p50), _if_close(close, "p99", calm.p99))]

    fewest = min((fleet.undisturbed.requests for fleet in record.fleets), default=0)
    about = (
        f"{wording.count(record.instances, 'instance')} with one worker each, asked for {wording.percent(record.load)} of their "
        f"throughput by independent users, who are spread over them by chance. At least {fewest:,} requests were simulated."
    )
    return _table(site, UNDISTURBED, rows, about)


def _stall(site: SiteData, record: SimulationRecord, _: Address) -> Markdown:
    def rows(fleet: Fleet, close: Close) -> list[tuple[str, ...]]:
        return [_stalled(one, close) for one in fleet.stalled]

    about = (
        f"One of {wording.count(record.instances, 'instance')} does nothing for {record.stall:g} s, and no balancer is told. "
        f"Percentile and share are of the requests that came meanwhile; the target is {_time(record.target)}. The time until the "
        "99th percentile is back counts from the beginning of the stall. By chance the instance gets one request in "
        f"{record.instances}: where that is about the slowest hundredth, the percentile is at an edge, and the share says more."
    )
    return _table(site, STALL, rows, about)


def _stalled(one: Stalled, close: Close) -> tuple[str, ...]:
    back = "not while it was simulated" if one.back is None else f"{one.back:.1f} s" if one.back else "never away"
    return BALANCERS[one.balancer], _if_close(close, "p99", one.p99), wording.percent(one.late), back


def _deploy(site: SiteData, record: SimulationRecord, _: Address) -> Markdown:
    def rows(fleet: Fleet, close: Close) -> list[tuple[str, ...]]:
        return [_deployed(one, close) for one in fleet.deployed]

    about = (
        f"All of {wording.count(record.instances, 'instance')} are replaced, under the same load: each gets no more requests, "
        "ends those that it has, and starts anew, which takes as long as was measured of one."
    )
    return _table(site, DEPLOY, rows, about)


def _deployed(one: Deployed, close: Close) -> tuple[str, ...]:
    return str(one.together), _if_close(close, "p99", one.p99), _time(one.seconds)


def _record(_: SiteData, record: SimulationRecord, here: Address) -> Markdown:
    """Return the runs that the record is of, and where it is."""
    sources = [*(one.sources for one in record.checks), *(one.sources for one in record.fleets)]
    runs = ", ".join(sorted({source.run for each in sources for source in each}))
    whole = link("The record", here.in_repository("bench/results/simulation"))
    text = f"names each result that it was simulated of; they are of {markdown(runs)}. Seed: {record.seed}."
    return Markdown(f"{whole} {text} `make simulation` makes it anew.")


def _table(site: SiteData, head: Sequence[str], rows_of: Rows, about: str) -> Markdown:
    """Return a table of the fleets that are recorded, each with what of it may be shown."""
    checked = {
        (server.language, server.name): frozenset(one.metric for one in comparisons(site, check) if one.close)
        for server, check in recorded_checks(site)
        if not isinstance(check, str)
    }
    rows: list[tuple[str, ...]] = []
    for server, fleet in recorded_fleets(site):
        if isinstance(fleet, str):
            rows.append((server.title, fleet, *("" for _ in head[2:])))
        else:
            namesake = NAMESAKES.get(server.name, server.name)
            rows += [(server.title, *row) for row in rows_of(fleet, checked.get((server.language, namesake)))]
    return Markdown(f"{tables.markdown(head, rows)}\n\n{about}")


def _if_close(close: Close, percentile: str, seconds: float) -> str:
    if close is None:
        return UNCHECKED
    return _time(seconds) if percentile in close else OFF


def _time(seconds: float) -> str:
    return wording.alone(seconds, exact(seconds).interval, "second")
