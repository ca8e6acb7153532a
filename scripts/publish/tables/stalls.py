"""What became of requests while one of several services stalled."""

from __future__ import annotations

from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import Phase, absent, phases, servers
from scripts.publish.style.escape import Markdown
from scripts.publish.tables import tables

STALL = "stall"
HEAD = ("Chain", "p99 before", "Requests that failed", "p99 back after")


def table(site: SiteData, benchmark_id: str) -> Markdown:
    """Return what a stall did to each chain: how many requests failed, and how long after its beginning latency was back.

    Raises:
        KeyError: there is no such benchmark.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    rows = []
    for server in servers(benchmark):
        stalled = phases(site, benchmark, server).get(STALL)
        rows.append([server.title, *(_cells(stalled) if stalled else (absent(site, benchmark, server), "", ""))])
    return tables.markdown(HEAD, rows)


def _cells(stalled: Phase) -> tuple[str, str, str]:
    if stalled.reason:
        return stalled.reason, "", ""
    failed, interval = stalled.metrics["failed"]
    sent = stalled.metrics["sent"][0]
    share = f"{failed:,.0f} ({interval.low:,.0f} to {interval.high:,.0f}) of {sent:,.0f}"
    return stalled.phrase("before_p99", "second"), share, stalled.phrase("disturbed", "second")
