"""The catalog as a whole, and how its entries are found in it."""

from __future__ import annotations

from bench.catalog.model import Benchmark, Claim, Published, Record, Server
from bench.catalog.nearest import question
from bench.catalog.reports import Report
from bench.catalog.wholes import Whole


class Catalog(Record):
    """Everything that is compared and claimed, in the order of the files."""

    benchmarks: tuple[Benchmark, ...]
    claims: tuple[Claim, ...]
    servers: tuple[Server, ...] = ()
    published: tuple[Published, ...] = ()
    reports: tuple[Report, ...] = ()
    wholes: tuple[Whole, ...] = ()

    def benchmark(self, benchmark_id: str) -> Benchmark:
        """Return the benchmark of that id; raises KeyError with the nearest of those that exist."""
        for benchmark in self.benchmarks:
            if benchmark.id == benchmark_id:
                return benchmark
        raise KeyError(self.no_benchmark(benchmark_id))

    def no_benchmark(self, benchmark_id: str) -> str:
        """Say that there is no such benchmark, and which may have been meant."""
        meant = question(benchmark_id, (benchmark.id for benchmark in self.benchmarks)) or ";"
        return f"there is no benchmark {benchmark_id!r}{meant} `scripts/build.py list` has all {len(self.benchmarks)}"

    def claim(self, claim_id: str) -> Claim:
        """Return the claim of that id; raises KeyError with the ids that exist."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(f"no claim {claim_id!r} in bench/catalog/claims.toml; there are: {', '.join(c.id for c in self.claims)}")
