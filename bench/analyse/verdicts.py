"""What the results say of the article's claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.analyse.records import Estimate, Judgement, Ratio, Verdict
from bench.catalog.model import Benchmark, Catalog, Claim, FasterRule, GoTier


def verdict(claim: Claim, catalog: Catalog, estimates: Mapping[str, Estimate], runtime: str) -> Verdict:
    """Judge one claim from the headline runtime's publishable ratios of the benchmarks that name it.

    Args:
        claim: the claim, with its rule.
        catalog: says which benchmarks bear on the claim.
        estimates: benchmark id -> the estimate that the site shows; benchmarks not measured are absent.
        runtime: the headline's Python runtime, e.g. "cpython-3.14".
    """
    if claim.measurable == "no":
        return _verdict(claim, "not measurable", claim.why_not or "This cannot be measured.")
    if claim.rule is None:
        return _verdict(claim, "not measured yet", "No benchmark bears on it yet.")
    bearing = [benchmark for benchmark in catalog.benchmarks if claim.id in benchmark.claims]
    found = [
        (benchmark.id, ratio)
        for benchmark in bearing
        if benchmark.id in estimates
        for ratio in _comparisons(benchmark, estimates[benchmark.id], claim.rule, runtime)
    ]
    if not found:
        return _verdict(claim, "not measured yet", f"{len(bearing)} benchmarks bear on it, none with a result to publish yet.")
    side = claim.rule.faster
    holds = tuple(item for item in found if item[1].outcome == f"{side} faster")
    against = tuple(item for item in found if item[1].outcome != f"{side} faster")
    share = len(holds) / len(found)
    ties = sum(ratio.outcome == "no difference shown" for _, ratio in against)
    name = side.capitalize()
    reason = f"{name} is shown to be faster in {len(holds)} of {len(found)} comparisons"
    reason += f"; {ties} of the others {'shows' if ties == 1 else 'show'} no difference." if ties else "."
    if share >= claim.rule.supported_from:
        return _verdict(claim, "supported", reason, holds, against)
    if share <= claim.rule.contradicted_to:
        return _verdict(claim, "contradicted", reason, holds, against)
    return _verdict(claim, "partly", reason, holds, against)


def _comparisons(benchmark: Benchmark, estimate: Estimate, rule: FasterRule, runtime: str) -> Iterator[Ratio]:
    """Yield a benchmark's publishable ratios that count for the rule.

    Each Python tier is compared with Go's standard library, or with Go's library where there is nothing else; the native
    library also with Go's library, like with like.
    """
    for tier in rule.python_tiers:
        rivals: list[GoTier] = ["standard-library"] if "standard-library" in benchmark.go else ["library"]
        if tier == "native-library" and "library" in benchmark.go and "library" not in rivals:
            rivals.append("library")
        for rival in rivals:
            ratio = estimate.ratio(f"python/{tier}/{runtime}", f"go/{rival}")
            if ratio is not None and ratio.publishable:
                yield ratio


def _verdict(
    claim: Claim,
    verdict: Judgement,
    reason: str,
    holds: tuple[tuple[str, Ratio], ...] = (),
    against: tuple[tuple[str, Ratio], ...] = (),
) -> Verdict:
    return Verdict(claim=claim.id, verdict=verdict, holds=holds, against=against, reason=reason)
