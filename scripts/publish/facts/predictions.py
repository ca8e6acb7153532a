"""What the fleet model predicts of wholes from their parts, as both are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bench.analyse import parts, predictions
from bench.analyse.deployments import Instance
from bench.analyse.predictions import Comparison
from bench.analyse.quantities import exact
from bench.catalog import Benchmark
from bench.catalog.wholes import Part, Whole
from bench.measure.http import distance
from bench.measure.http.serving import POOL
from bench.records.run import BenchmarkResult, Run
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured
from scripts.publish.facts.phases import Served, phases, program_of, servers
from scripts.publish.style import wording

USED = (parts.START, parts.LIGHT, parts.HALF, parts.SATURATED)
"""The marks that predictions, or the measurements beside them, are read at."""


@dataclass(frozen=True)
class Predicted:
    """One server of a whole."""

    whole: Whole
    server: Served
    comparisons: tuple[Comparison, ...] = ()
    missing: str | None = None
    """Why there are none."""
    first: bool = True
    """Whether all of its parts had been measured when the measuring of the whole began."""
    limits: bool = True
    """Whether it was the server that limited the throughput of the whole."""


def predicted(site: SiteData, whole: Whole) -> Iterator[Predicted]:
    """Yield each server of a whole, with what is predicted of it, in the catalog's order."""
    for server in servers(site.catalog.benchmark(whole.benchmark)):
        if server.lacks is None:
            yield _of_server(site, whole, server)


def instance_of(site: SiteData, one: Predicted) -> Instance | None:
    """Return a server of a mix as an instance with one worker, from the parts of the mix; None where one was not measured."""
    if one.missing:
        return None
    measured = {part.benchmark: site.published[part.benchmark] for part in one.whole.part}
    program = program_of(next(iter(measured.values())), one.server)
    return _instance(site, one.whole.part, {id_: each.source(program).result for id_, each in measured.items()}, program)


def missing(site: SiteData, ids: Sequence[str], server: Served, marks: Sequence[str] = USED) -> str | None:
    """Return why what a server did in several benchmarks, at some marks, cannot be used together; None where it can."""
    measured = {id_: one for id_ in ids if (one := site.published.get(id_)) and program_of(one, server) in one.estimate.programs}
    if lacking := [id_ for id_ in ids if id_ not in measured]:
        return f"{wording.NOT_MEASURED}: {', '.join(lacking)}"
    if len({(one.run.machine.identity, program_of(one, server)) for one in measured.values()}) > 1:
        return "its parts were measured on another machine, or with another runtime"
    for id_ in ids:
        for mark, phase in phases(site, site.catalog.benchmark(id_), server).items():
            if mark in marks and phase.reason:
                return f"{id_}: {phase.reason}"
    return None


def _of_server(site: SiteData, whole: Whole, server: Served) -> Predicted:
    ids = (whole.benchmark, *(part.benchmark for part in whole.part))
    if why := missing(site, ids, server):
        return Predicted(whole, server, missing=why)
    measured = {id_: site.published[id_] for id_ in ids}
    started, program = measured[whole.benchmark].run.started, program_of(measured[whole.benchmark], server)
    return Predicted(
        whole,
        server,
        comparisons=_comparisons(site, whole, server, measured),
        first=all(_ended_before(measured[part.benchmark].run, started) for part in whole.part),
        limits=predictions.limits(measured[whole.benchmark].source(program).result, program),
    )


def _ended_before(run: Run, moment: datetime) -> bool:
    return run.finished is not None and run.finished < moment


def _comparisons(site: SiteData, whole: Whole, server: Served, measured: Mapping[str, Measured]) -> tuple[Comparison, ...]:
    benchmark, program = site.catalog.benchmark(whole.benchmark), program_of(measured[whole.benchmark], server)
    results = {id_: one.source(program).result for id_, one in measured.items()}
    result, first = results[whole.benchmark], results[whole.part[0].benchmark]
    match whole.kind:
        case "mix":
            demand = predictions.constant(mix_of(whole), distance=distance_of(benchmark))
            instance = _instance(site, whole.part, results, program)
            return predictions.of_mix(whole.what, program, instance, demand, result) if instance else ()
        case "workers":
            return predictions.of_workers(whole.what, program, first, int(benchmark.input["workers"]), result)
        case "quota":
            return predictions.of_quota(whole.what, program, first, float(benchmark.input["quota"]), result)
        case "chain":
            services = {part.benchmark: _instance(site, (part,), results, program) for part in whole.part}
            whole_ones = {name: instance for name, instance in services.items() if instance}
            return predictions.of_chain(whole.what, program, whole_ones, result) if len(whole_ones) == len(services) else ()


def _instance(site: SiteData, of: tuple[Part, ...], results: Mapping[str, BenchmarkResult], program: str) -> Instance | None:
    sources = {
        part.benchmark: parts.Source(results[part.benchmark], part.queries, distance_of(site.catalog.benchmark(part.benchmark)))
        for part in of
    }
    return parts.instance(sources, program, workers=1, worker_memory=exact(0.0), waiting=POOL)


def mix_of(whole: Whole) -> dict[str, float]:
    """Return part -> its share of the requests."""
    return {part.benchmark: part.share for part in whole.part}


def distance_of(benchmark: Benchmark) -> float:
    """Return by how many seconds a round trip to the database of an entry is longer than the loopback's."""
    return float(benchmark.input.get(distance.KEY, 0)) / 1000
