"""What production adds to an endpoint: the processor time of the same servers without what is around a handler, and with it."""

from __future__ import annotations

from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import SATURATION, Served, absent, phases, servers, shortened
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link
from scripts.publish.tables import tables
from scripts.publish.tables.rates import quotient

FLOOR, PRODUCTION = "web/validated-post", "web/production-post"
CPU = "server_cpu"


def table(site: SiteData, here: Address) -> Markdown:
    """Return the processor time of 1,000 requests at the floor and in production, and how many times the one is the other."""
    benchmarks = [site.catalog.benchmark(id_) for id_ in (FLOOR, PRODUCTION)]
    head = ["Server", *(link(benchmark.title, here.to_benchmark(benchmark)) for benchmark in benchmarks), "Times as much"]
    return tables.markdown(head, [[server.title, *_costs(site, server)] for server in servers(benchmarks[1])])


def _costs(site: SiteData, server: Served) -> list[str]:
    benchmarks = [site.catalog.benchmark(id_) for id_ in (FLOOR, PRODUCTION)]
    loaded = [phases(site, benchmark, server).get(SATURATION) for benchmark in benchmarks]
    cells = [
        shortened(phase.phrase(CPU, "second") if phase else absent(site, benchmark, server))
        for benchmark, phase in zip(benchmarks, loaded, strict=True)
    ]
    read = [phase.metrics[CPU] for phase in loaded if phase and not phase.reason]
    return [*cells, quotient(read[1], read[0]) if len(read) == len(loaded) else ""]
