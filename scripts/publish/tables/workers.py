"""Web servers with more workers: what each gains, and what they serve within the same memory."""

from __future__ import annotations

from collections.abc import Iterator

from bench.catalog.model import Benchmark
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import SATURATION, Phase, Served, absent, phases, program_of, servers, shortened
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link
from scripts.publish.tables import tables

SWEEP = ("web/workers-1", "web/workers-2", "web/workers-4")
MEGABYTE = 1e6
MEMORIES = (64, 128, 256, 512)
"""Megabytes that a container might be given."""


def table(site: SiteData, here: Address) -> Markdown:
    """Return rate, speed-up and memory of each server over the numbers of workers, and its best rate within some memories."""
    benchmarks = [site.catalog.benchmark(id_) for id_ in SWEEP]
    return Markdown(f"{_sweep(site, here, benchmarks)}\n\nOn equal memory:\n\n{_within(site, benchmarks)}")


def _sweep(site: SiteData, here: Address, benchmarks: list[Benchmark]) -> Markdown:
    first, *others = benchmarks
    names = ("Rate", *("Speed-up" for _ in others))
    head = [
        "Server",
        *(Markdown(f"{name}, {link(_workers(b), here.to_benchmark(b))}") for name, b in zip(names, benchmarks, strict=True)),
        *(f"Memory, {_workers(benchmark)}" for benchmark in benchmarks),
    ]
    rows = []
    for server in servers(first):
        alone = _phase(site, first, server)
        rate = _short(alone, "rate", "request/second") if alone else shortened(absent(site, first, server))
        gains = [_gain(site, first, other, server) for other in others]
        rows.append([server.title, rate, *gains, *(_memory(site, benchmark, server) for benchmark in benchmarks)])
    return tables.markdown(head, rows)


def _within(site: SiteData, benchmarks: list[Benchmark]) -> Markdown:
    head = ["Server", *(f"{memory} MB" for memory in MEMORIES)]
    rows = []
    for server in servers(benchmarks[0]):
        tried = [(benchmark, phase) for benchmark in benchmarks if (phase := _phase(site, benchmark, server))]
        cells = [_best(tried, memory) if tried else shortened(absent(site, benchmarks[0], server)) for memory in MEMORIES]
        rows.append([server.title, *cells])
    return tables.markdown(head, rows)


def _best(tried: list[tuple[Benchmark, Phase]], memory: int) -> str:
    """Say the best rate that was reached within some memory, the upper end of its interval included."""
    fitting = [(phase.metrics["rate"][0], benchmark, phase) for benchmark, phase in _fitting(tried, memory)]
    if not fitting:
        return "none fits" if any(_good(phase) for _, phase in tried) else shortened(wording.TOO_WIDE)
    _, benchmark, phase = max(fitting, key=lambda item: item[0])
    return f"{wording.alone(*phase.metrics['rate'], 'request/second')} ({_workers(benchmark)})"


def _fitting(tried: list[tuple[Benchmark, Phase]], memory: int) -> Iterator[tuple[Benchmark, Phase]]:
    for benchmark, phase in tried:
        if _good(phase) and phase.metrics["proportional"][1].high <= memory * MEGABYTE:
            yield benchmark, phase


def _good(phase: Phase) -> bool:
    return phase.withheld("rate") is None and phase.withheld("proportional") is None


def _gain(site: SiteData, first: Benchmark, other: Benchmark, server: Served) -> str:
    measured = site.published.get(first.id)
    speedup = site.speedup(first.id, other.id, program_of(measured, server)) if measured else None
    if speedup is None:
        return wording.NOT_MEASURED
    if not speedup.publishable:
        return shortened(wording.not_publishable(speedup.flags))
    return wording.number(speedup.speedup, speedup.interval)


def _memory(site: SiteData, benchmark: Benchmark, server: Served) -> str:
    phase = _phase(site, benchmark, server)
    return _short(phase, "proportional", "byte") if phase else wording.NOT_MEASURED


def _short(phase: Phase, metric: str, unit: wording.Unit) -> str:
    return shortened(phase.phrase(metric, unit))


def _phase(site: SiteData, benchmark: Benchmark, server: Served) -> Phase | None:
    return phases(site, benchmark, server).get(SATURATION)


def _workers(benchmark: Benchmark) -> str:
    return wording.count(int(benchmark.input["workers"]), "worker")
