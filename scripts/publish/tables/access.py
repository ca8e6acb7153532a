"""What an object-relational mapper costs: a server with one against the same server with a driver alone."""

from __future__ import annotations

from bench.catalog.model import Benchmark, Server
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import SATURATION, program_of, shortened
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link
from scripts.publish.tables import tables

QUERYING = ("web/one-query", "web/twenty-queries-cost", "web/fortunes", "web/twenty-updates-cost")


def table(site: SiteData, here: Address) -> Markdown:
    """Return how many times the processor time of a driver each mapper takes, for a request to each endpoint with a database."""
    benchmarks = [site.catalog.benchmark(id_) for id_ in QUERYING]
    servers = {server.name: server for server in site.catalog.servers}
    pairs = [sorted((servers[one.varies], one), key=lambda server: server.access) for one in servers.values() if one.varies]
    rows = [
        [driver.title, mapper.title, *(_times(site, benchmark, driver, mapper) for benchmark in benchmarks)]
        for driver, mapper in pairs
    ]
    head = ["Driver", "Mapper", *(link(benchmark.title, here.to_benchmark(benchmark)) for benchmark in benchmarks)]
    return tables.markdown(head, rows)


def _times(site: SiteData, benchmark: Benchmark, driver: Server, mapper: Server) -> str:
    """Say how many times one server's processor time is another's, from the rounds that have both."""
    metric = "value" if benchmark.metric == "server_cpu" else f"{SATURATION}.server_cpu"
    measured = site.published.get(benchmark.id)
    if measured is None:
        return wording.NOT_MEASURED
    compared = site.same_language(benchmark.id, program_of(measured, driver), program_of(measured, mapper), metric)
    if compared is None:
        return wording.NOT_MEASURED
    if not compared.publishable:
        return shortened(wording.not_publishable(compared.flags))
    return wording.number(compared.ahead, compared.interval)
