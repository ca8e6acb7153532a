"""What explains that ratios over HTTP differ from published ones: each cause by itself, where this site has both forms of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from statistics import fmean

from bench.analyse.records import Ratio
from bench.analyse.same_language import VALUE
from bench.catalog import Benchmark
from bench.catalog.model import Server
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import SATURATION, program_of, shortened
from scripts.publish.prose.crosscheck import Comparison, comparisons, two_digits
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link
from scripts.publish.tables import tables

PLAIN, QUERYING = "web/plaintext", "web/one-query"
CPU_OF_A_REQUEST = f"{SATURATION}.server_cpu"
BETWEEN_LANGUAGES = (
    ("Connections", "web/json", CPU_OF_A_REQUEST),
    ("Connections", "web/json-512", CPU_OF_A_REQUEST),
    ("Cores", "web/workers-1", CPU_OF_A_REQUEST),
    ("Cores", "web/workers-2-cost", VALUE),
)


def section(site: SiteData, here: Address) -> Markdown:
    """Return a table of what each cause is worth here, and how far ours lie from others' without the two that can be undone."""
    rows = [*_servers(site, here), *_access(site, here), *_languages(site, here)]
    parts = [tables.markdown(("Cause", "In", "Compared", "Result"), rows), _left(comparisons(site), site)]
    return Markdown("\n\n".join(part for part in parts if part))


def _servers(site: SiteData, here: Address) -> Iterator[list[str]]:
    """Yield a row for each framework of Python that runs on several servers: processor time on one and on another."""
    benchmark = site.catalog.benchmark(PLAIN)
    ours = [server for server in site.catalog.servers if server.language == "python" and not server.varies]
    for server, other in combinations(ours, 2):
        if other.framework == server.framework:
            yield ["Server", _where(benchmark, here), *_compared(site, benchmark, other, server)]


def _access(site: SiteData, here: Address) -> Iterator[list[str]]:
    """Yield a row for each server that differs from another in its data access alone."""
    benchmark = site.catalog.benchmark(QUERYING)
    by_name = {server.name: server for server in site.catalog.servers}
    for server in site.catalog.servers:
        if server.varies:
            driver, mapper = sorted((server, by_name[server.varies]), key=lambda one: one.access)
            yield ["Data access", _where(benchmark, here), *_compared(site, benchmark, driver, mapper)]


def _languages(site: SiteData, here: Address) -> Iterator[list[str]]:
    """Yield rows of how many times the processor time of Go's server Python's takes, under either form of a cause."""
    by_name = {server.name: server for server in site.catalog.servers}
    for cause, id_, metric in BETWEEN_LANGUAGES:
        benchmark = site.catalog.benchmark(id_)
        go, python = by_name[benchmark.headline.go], by_name[benchmark.headline.python]
        yield [cause, _where(benchmark, here), *_compared(site, benchmark, go, python, metric)]


def _where(benchmark: Benchmark, here: Address) -> str:
    return link(benchmark.title, here.to_benchmark(benchmark))


def _compared(
    site: SiteData, benchmark: Benchmark, ahead: Server, behind: Server, metric: str = CPU_OF_A_REQUEST
) -> tuple[str, str]:
    """Say which two servers are compared, and how many times the processor time of the first a request takes in the second."""
    measured = site.published.get(benchmark.id)
    pair = f"{behind.title} over {ahead.title}"
    if measured is None:
        return pair, wording.NOT_MEASURED
    compared = site.same_language(benchmark.id, program_of(measured, ahead), program_of(measured, behind), metric)
    if compared is None:
        return pair, wording.NOT_MEASURED
    if not compared.publishable:
        return pair, shortened(wording.not_publishable(compared.flags))
    return pair, f"{wording.number(compared.ahead, compared.interval)} times the processor time"


def _left(compared: Sequence[Comparison], site: SiteData) -> str:
    """Say how far ours lie from theirs as named, and with the server of the same framework here that Go is least ahead of."""
    served = [one for one in compared if one.judged and one.benchmark and one.benchmark.instrument == "http"]
    at_best = [replace(one, ours=nearest(one, site)) for one in served]
    if not served:
        return ""
    named, best = (math.exp(fmean(math.log(one.quotient) for one in each)) for each in (served, at_best))
    return (
        f"In the geometric mean, ours are {two_digits(named)} times theirs with the servers that the table above names, and "
        f"{two_digits(best)} times with the server, and the data access, of the same framework here that is nearest to Go."
    )


def nearest(one: Comparison, site: SiteData) -> Ratio | None:
    """Return the least of the publishable ratios of a comparison's framework: its own is one of them."""
    frameworks = {server.name: server.framework for server in site.catalog.servers}
    framework = frameworks.get(one.published.python)
    benchmark = one.benchmark
    if benchmark is None or framework is None:
        return one.ours
    names = [name for name in benchmark.python if frameworks.get(name) == framework]
    ratios = [site.ratio(benchmark.id, name, one.published.go) for name in names]
    return min((ratio for ratio in ratios if ratio and ratio.publishable), key=lambda ratio: ratio.ratio, default=one.ours)
