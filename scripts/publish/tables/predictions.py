"""What the fleet model predicts, beside what was measured; what it takes for granted; and fleets for a few loads."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.analyse import fleet
from bench.analyse.deployments import ASSUMPTIONS, Demand, Fleet, Prices
from bench.analyse.predictions import LIMIT, METRICS, Comparison
from bench.analyse.quantities import Quantity
from bench.catalog.wholes import Whole
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import shortened
from scripts.publish.facts.predictions import Predicted, distance_of, instance_of, mix_of, predicted
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

UNITS: dict[str, wording.Unit] = dict(zip(METRICS, ("request/second", "second", "second", "second"), strict=True))
"""Metric of a prediction -> its unit; processor time is that of 1,000 requests."""
HEAD = ("Server", "Metric", "Predicted (derived)", "Measured", "Error", "The model is")
FLEET = (
    "Server",
    "Requests in a second",
    "Instances",
    "CPUs",
    "CPUs that are busy",
    "Memory",
    "p99",
    "Deploy takes",
    "Scale-out takes",
)
LOADS = (200, 2_000, 20_000)
"""Requests in a second of the worked example."""
TARGET = 0.1
"""Seconds that 99 of 100 requests of it may take."""
CAP = 0.6
"""Share of its throughput that an instance of it may be used."""
NOT_ITS_OWN = "not compared: the database or the load generator was busy before the server"
FREE = Prices(cpu=1.0, memory=0.0)
"""What things cost is the reader's to say: the example shows no cost."""


def table(site: SiteData, here: Address, whole_id: str) -> Markdown:
    """Return what is predicted of each server of a whole, beside what was measured of it, with how many are close.

    Raises:
        KeyError: there is no such whole.
    """
    whole = _whole(site, whole_id)
    servers = list(predicted(site, whole))
    rows = [row for one in servers for row in _rows(one)]
    parts = ", ".join(
        link(site.catalog.benchmark(p.benchmark).title, here.to_benchmark(site.catalog.benchmark(p.benchmark)))
        for p in whole.part
    )
    measured = link(site.catalog.benchmark(whole.benchmark).title, here.to_benchmark(site.catalog.benchmark(whole.benchmark)))
    sources = f"Predicted from {parts}; measured as {measured}."
    return Markdown("\n\n".join([*_summary(servers), tables.markdown(HEAD, rows), sources, *_notes(servers)]))


def assumptions() -> Markdown:
    """Return what the model takes for granted, as a list."""
    return Markdown("\n".join(f"- **{one.name.capitalize()}.** {markdown(one.says)}" for one in ASSUMPTIONS))


def example(site: SiteData, whole_id: str) -> Markdown:
    """Return the fleets that each server of a mix takes for a few loads, without what the model is switched off for.

    Raises:
        KeyError: there is no such mix.
    """
    servers = predicted(site, _whole(site, whole_id))
    rows = [_fleet_row(site, one, load) for one in servers for load in (LOADS[:1] if one.missing else LOADS)]
    conditions = (
        f"One worker an instance, and one instance to spare. None is used beyond {wording.percent(CAP)} of its throughput, and "
        f"99 of 100 requests are answered within {TARGET * 1e3:g} ms. Cost is the reader's prices times CPUs and memory. How "
        "long a deploy and a scale-out take follows from the start of one instance, and was held against no measurement."
    )
    return Markdown(f"{tables.markdown(FLEET, rows)}\n\n{conditions}")


def _whole(site: SiteData, whole_id: str) -> Whole:
    whole = next((whole for whole in site.catalog.wholes if whole.id == whole_id), None)
    if whole is None:
        raise KeyError(
            f"no whole {whole_id!r} in bench/catalog/wholes.toml; there are: {', '.join(w.id for w in site.catalog.wholes)}"
        )
    return whole


class _Shown(NamedTuple):
    """Which parts of a fleet may be shown, as what they rest on is close to what was measured."""

    size: bool
    busy: bool
    response: bool


def _rows(one: Predicted) -> list[Sequence[str]]:
    if one.missing or not one.comparisons:
        return [(one.server.title, one.missing or wording.NOT_MEASURED, "", "", "", "")]
    rows: list[Sequence[str]] = [(one.server.title, *_cells(comparison)) for comparison in one.comparisons]
    if one.whole.kind == "chain" and "throughput" not in {comparison.metric for comparison in one.comparisons}:
        rows.insert(0, (one.server.title, "throughput", NOT_ITS_OWN, "", "", ""))
    return rows


def _cells(comparison: Comparison) -> tuple[str, ...]:
    unit = UNITS[comparison.metric]
    state = "on" if comparison.close else "switched off" + (", though within the measured interval" if comparison.holds else "")
    named = comparison.metric.replace("processor time", "processor time of 1,000 requests")
    return named, _said(comparison.predicted, unit), _said(comparison.measured, unit), f"{comparison.error:+.0%}", state


def _said(quantity: Quantity, unit: wording.Unit) -> str:
    if not math.isfinite(quantity.value) or not math.isfinite(quantity.interval.high):
        return "a queue that grows without end"
    return wording.quantity(quantity.value, quantity.interval, unit)


def _summary(servers: Iterable[Predicted]) -> list[str]:
    """Say how many predictions are close and how many hold."""
    comparisons = [comparison for one in servers for comparison in one.comparisons]
    if not comparisons:
        return []
    close, held = sum(c.close for c in comparisons), sum(c.holds for c in comparisons)
    counted = wording.count(len(comparisons), "prediction")
    limit = wording.percent(LIMIT)
    return [f"Of {counted} {close} are within {limit} of what was measured, and {held} are that or lie in the measured interval."]


def _notes(servers: Iterable[Predicted]) -> list[str]:
    """Say of which servers parts were measured too late, and which ones were not what limited their throughput."""
    servers = list(servers)
    return [*_late(servers), *_idle(servers)]


def _idle(servers: Iterable[Predicted]) -> list[str]:
    idle = [one.server.title for one in servers if one.whole.kind == "mix" and one.comparisons and not one.limits]
    if not idle:
        return []
    note = (
        "Throughput is what was served beside this database and this load generator, which share a CPU. "
        f"{markdown(', '.join(idle))} had processor time left: the database or the connections to it were the limit. What "
        "they serve without that follows from their processor time at saturation, and was not measured whole."
    )
    return [note]


def _late(servers: Iterable[Predicted]) -> list[str]:
    late = [one.server.title for one in servers if one.comparisons and not one.first]
    return [f"The parts were not measured before the whole of: {markdown(', '.join(late))}."] if late else []


def _fleet_row(site: SiteData, one: Predicted, load: int) -> Sequence[str]:
    instance = instance_of(site, one)
    rate = f"{load:,}"
    if instance is None:
        return (one.server.title, rate, shortened(one.missing or wording.NOT_MEASURED), *[""] * (len(FLEET) - 3))
    demand = Demand(
        rate=load,
        mix=mix_of(one.whole),
        distance=distance_of(site.catalog.benchmark(one.whole.benchmark)),
        p99=TARGET,
        utilisation=CAP,
    )
    return (one.server.title, rate, *_fleet_cells(fleet.fleet(instance, demand, FREE), _shown(one)))


def _shown(one: Predicted) -> _Shown:
    close = {comparison.metric: comparison.close for comparison in one.comparisons}
    _, processor, kept, p99 = (close.get(metric, False) for metric in METRICS)
    return _Shown(size=kept and p99, busy=processor, response=p99)


def _fleet_cells(of: Fleet, shown: _Shown) -> tuple[str, ...]:
    off = "switched off"
    if of.unmet:
        return (of.unmet if shown.response else off, *[""] * (len(FLEET) - 3))
    size = (_count(of.instances), _count(of.cpus)) if shown.size else (off, off)
    memory = wording.quantity(of.memory.value, of.memory.interval, "byte") if shown.size else off
    deploy = wording.quantity(of.deploy.value, of.deploy.interval, "second") if shown.size else off
    busy = wording.number(of.busy.value, of.busy.interval) if shown.busy else off
    response = _said(of.p99, "second") if shown.response else off
    return *size, busy, memory, response, deploy, wording.quantity(of.scale_out.value, of.scale_out.interval, "second")


def _count(quantity: Quantity) -> str:
    low, high = (f"{end:,.0f}" if math.isfinite(end) else "no number" for end in (quantity.interval.low, quantity.interval.high))
    return f"{quantity.value:,.0f}" if low == high else f"{quantity.value:,.0f} ({low} to {high})"
