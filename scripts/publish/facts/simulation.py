"""Which servers can be simulated from what is published, and what the newest record says of each, where it still fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from bench.analyse import parts
from bench.analyse.predictions import HALF, Comparison
from bench.analyse.quantities import exact
from bench.analyse.scenarios import Part, Subject, mixed
from bench.catalog.wholes import Whole
from bench.records.files import read_bytes, sha256
from bench.records.run import BenchmarkResult
from bench.records.simulation import Check, Fleet, Source
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import Served, program_of, servers
from scripts.publish.facts.predictions import distance_of, missing

MIX = "crud-mix"
"""The whole of wholes.toml whose servers are simulated as fleets."""
ONE, TWO = "web/computing-1", "web/computing-2"
"""Of the check: one worker and two, at an endpoint that leaves the load generator next to nothing to do."""
LOADED = ("rate", "75%")
"""The marks at which two workers may be compared: the one of the two with the most requests at which they are half full."""
NAMESAKES = {"flask": "flask-granian", "django": "django-granian"}
"""Server of the mix -> the one of the check with the same framework and server, where that has another name there."""
PERCENTILES = ("p50", "p99")
CHANGED = "the results have changed since it was simulated"
NOT_SIMULATED = "not simulated"
Recorded = TypeVar("Recorded", Check, Fleet)


class Simulable(NamedTuple):
    """A server, and what is simulated of it, or why nothing can be."""

    server: Served
    subject: Subject | None
    missing: str | None = None


def lacking(site: SiteData) -> list[str]:
    """Return the benchmarks that a simulation needs and that have no published result."""
    return [id_ for id_ in (*_ids(_mix(site)), ONE, TWO) if id_ not in site.published]


def fleets(site: SiteData) -> Iterator[Simulable]:
    """Yield each server of the mix, made of its parts with their shares."""
    mix = _mix(site)
    for server in _servers(site, mix.benchmark):
        why = missing(site, _ids(mix), server)
        yield Simulable(server, None, why) if why else _of_mix(site, mix, server)


def checks(site: SiteData) -> Iterator[Simulable]:
    """Yield each server that was measured with two workers, made of what one took."""
    for server in _servers(site, ONE, TWO):
        if why := missing(site, (ONE, TWO), server, (parts.START, parts.LIGHT, parts.SATURATED, *LOADED)):
            yield Simulable(server, None, why)
            continue
        program = program_of(site.published[ONE], server)
        result, two = (site.published[id_].source(program).result for id_ in (ONE, TWO))
        services, mark = parts.services(result, program), loaded(two, program)
        rate = parts.reading(two, program, mark, "rate") if mark else None
        if services and rate:
            requests = mixed([Part(services, parts.elsewhere(result, program))])
            yield Simulable(server, Subject(program, _sources(site, (ONE, TWO), program), requests, rate=rate.value))
        else:
            yield Simulable(server, None, f"{ONE} or {TWO}: has no latency curve")


def loaded(two: BenchmarkResult, program: str) -> str | None:
    """Return the mark at which two workers are compared; None where they have no curve."""
    full = parts.reading(two, program, parts.SATURATED, "rate")
    counts: dict[str, float] = {}
    for mark in LOADED:
        rate, requests = (parts.reading(two, program, mark, metric) for metric in ("rate", "requests"))
        if full and rate and requests and rate.value >= HALF * full.value:
            counts[mark] = requests.value
    return max(counts, key=counts.__getitem__, default=None)


def recorded_fleets(site: SiteData) -> Iterator[tuple[Served, Fleet | str]]:
    """Yield each server of the mix with its fleet in the newest record, or why none is shown."""
    mix = _mix(site)
    for server in _servers(site, mix.benchmark):
        yield server, _recorded(site, _ids(mix), server, site.simulation.fleets if site.simulation else ())


def recorded_checks(site: SiteData) -> Iterator[tuple[Served, Check | str]]:
    """Yield each server that was measured with two workers with its check in the newest record, or why none is shown."""
    for server in _servers(site, ONE, TWO):
        yield server, _recorded(site, (ONE, TWO), server, site.simulation.checks if site.simulation else ())


def comparisons(site: SiteData, check: Check) -> tuple[Comparison, ...]:
    """Return what was simulated of two workers beside what was measured, a percentile each, in seconds."""
    result, simulated = site.published[TWO].source(check.program).result, {"p50": check.p50, "p99": check.p99}
    mark = loaded(result, check.program) or ""
    return tuple(
        Comparison(part="two workers", metric=name, program=check.program, predicted=exact(simulated[name]), measured=measured)
        for name in PERCENTILES
        if (measured := parts.reading(result, check.program, mark, name))
    )


def _mix(site: SiteData) -> Whole:
    return next(whole for whole in site.catalog.wholes if whole.id == MIX)


def _ids(mix: Whole) -> tuple[str, ...]:
    return tuple(part.benchmark for part in mix.part)


def _servers(site: SiteData, *ids: str) -> list[Served]:
    """Return the servers that have the endpoint of each benchmark, as the last of them has them."""
    of_each = ([server for server in servers(site.catalog.benchmark(id_)) if server.lacks is None] for id_ in ids)
    *others, last = of_each
    return [server for server in last if all(server.name in {other.name for other in known} for known in others)]


def _of_mix(site: SiteData, mix: Whole, server: Served) -> Simulable:
    """Return a server of the mix as its parts, each as far from the database as the mix is."""
    program = program_of(site.published[mix.part[0].benchmark], server)
    distance = distance_of(site.catalog.benchmark(mix.benchmark))
    drawn, starts = [], []
    for part in mix.part:
        result = site.published[part.benchmark].source(program).result
        services, start = parts.services(result, program), parts.reading(result, program, parts.START, "seconds")
        if not services or start is None:
            return Simulable(server, None, f"{part.benchmark}: has no latency curve")
        further = part.queries * (distance - distance_of(site.catalog.benchmark(part.benchmark)))
        drawn.append(Part(services, max(0.0, parts.elsewhere(result, program) + further), part.share))
        starts.append(start.value)
    return Simulable(server, Subject(program, _sources(site, _ids(mix), program), mixed(drawn), max(starts)))


def _sources(site: SiteData, ids: Iterable[str], program: str) -> tuple[Source, ...]:
    measured = {id_: site.published[id_].source(program) for id_ in ids}
    return tuple(Source(benchmark=id_, run=one.run.id, digest=sha256(read_bytes(one.file))) for id_, one in measured.items())


def _recorded(site: SiteData, ids: Sequence[str], server: Served, recorded: Iterable[Recorded]) -> Recorded | str:
    """Return what is recorded of a server, if that is of the results as they are published; or why not."""
    if why := missing(site, ids, server):
        return why
    program = program_of(site.published[ids[0]], server)
    own = next((one for one in recorded if one.program == program), None)
    if own is None:
        return NOT_SIMULATED
    return own if own.sources == _sources(site, ids, program) else CHANGED
