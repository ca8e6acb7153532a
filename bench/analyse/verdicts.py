"""The verdicts on the article's claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bench.analyse.ratios import outcome
from bench.analyse.records import Estimate, Judgement, Ratio, SameLanguageComparison, Speedup, Verdict
from bench.catalog.model import Benchmark, Catalog, Claim, FasterRule, SameLanguageRule, ScalingRule

COMPARATIVES = {"second": "faster", "byte": "smaller"}


def verdict(
    claim: Claim,
    catalog: Catalog,
    estimates: Mapping[str, Estimate],
    runtime: str,
    speedup: Callable[[str, str, str], Speedup | None],
    same_language: Callable[[str, str, str, str], SameLanguageComparison | None],
) -> Verdict:
    """Judge one claim from the headline runtime's publishable results of the benchmarks that name it.

    Args:
        claim: the claim, with its rule.
        catalog: says which benchmarks bear on the claim.
        estimates: benchmark id -> the estimate that the site shows; benchmarks not measured are absent.
        runtime: the headline's Python runtime, e.g. "cpython-3.14".
        speedup: returns the speed-up of a program from one benchmark to another; None where both were not measured together.
        same_language: returns how far one program is ahead of another of its language in a benchmark, by a metric; None where
            they were not measured together.
    """
    if claim.measurable == "no":
        return _verdict(claim, "not measurable", claim.why_not or "This cannot be measured.")
    if claim.rule is None:
        return _verdict(claim, "not measured yet", "No benchmark bears on it yet.")
    if isinstance(claim.rule, ScalingRule):
        rule = claim.rule
        return _scaling(claim, rule, speedup(rule.one, rule.many, f"python/{rule.variant}/{runtime}"))
    if isinstance(claim.rule, SameLanguageRule):
        return _same_language(claim, claim.rule, catalog, runtime, same_language)
    return _faster(claim, claim.rule, catalog, estimates, runtime)


def _faster(claim: Claim, rule: FasterRule, catalog: Catalog, estimates: Mapping[str, Estimate], runtime: str) -> Verdict:
    bearing = [benchmark for benchmark in catalog.benchmarks if claim.id in benchmark.claims]
    comparisons = [
        (benchmark.id, ratio)
        for benchmark in bearing
        if benchmark.id in estimates
        for ratio in _comparisons(benchmark, estimates[benchmark.id], rule, runtime)
    ]
    if not comparisons:
        return _verdict(claim, "not measured yet", _none_yet(len(bearing)))
    side = rule.faster
    holds = tuple(item for item in comparisons if item[1].outcome == f"{side} faster")
    against = tuple(item for item in comparisons if item[1].outcome != f"{side} faster")
    share = len(holds) / len(comparisons)
    ties = sum(ratio.outcome == "no difference shown" for _, ratio in against)
    name = side.capitalize()
    words = {COMPARATIVES.get(catalog.benchmark(benchmark).unit, "ahead") for benchmark, _ in comparisons}
    word = words.pop() if len(words) == 1 else "ahead"
    reason = f"{name} is shown to be {word} in {len(holds)} of {len(comparisons)} comparisons"
    reason += f"; {ties} of the others {'shows' if ties == 1 else 'show'} no difference." if ties else "."
    if claim.measurable == "partly":  # the part that can be counted does not decide the whole
        return _verdict(claim, "partly", reason, holds, against)
    if share >= rule.supported_from:
        return _verdict(claim, "supported", reason, holds, against)
    if share <= rule.contradicted_to:
        return _verdict(claim, "contradicted", reason, holds, against)
    return _verdict(claim, "partly", reason, holds, against)


def _comparisons(benchmark: Benchmark, estimate: Estimate, rule: FasterRule, runtime: str) -> Iterator[Ratio]:
    """Yield a benchmark's publishable ratios that count for the rule."""
    for python, go in _compared_variants(benchmark, rule):
        ratio = estimate.ratio(f"python/{python}/{runtime}", f"go/{go}")
        if ratio is not None and ratio.publishable:
            yield ratio


def _compared_variants(benchmark: Benchmark, rule: FasterRule) -> Iterator[tuple[str, str]]:
    """Yield the variants of Python and Go whose ratio counts for the rule.

    Each Python tier is compared with Go's standard library, or with Go's library where there is nothing else; the native
    library also with Go's library, like with like. Other variants are compared with the headline's of Go; web servers with one
    that queries the database as they do.
    """
    if not benchmark.by_tier:
        chosen = [variant for variant in rule.variants if variant in benchmark.python] or [benchmark.headline.python]
        yield from ((variant, benchmark.of_same_access(variant)) for variant in chosen)
        return
    for tier in (tier for tier in rule.python_tiers if tier in benchmark.python):
        counterpart = "standard-library" if "standard-library" in benchmark.go else "library"
        yield tier, counterpart
        if tier == "native-library" and "library" in benchmark.go and counterpart != "library":
            yield tier, "library"


def _scaling(claim: Claim, rule: ScalingRule, speedup: Speedup | None) -> Verdict:
    if speedup is None or not speedup.publishable:
        return _verdict(claim, "not measured yet", "The benchmarks that it is judged by have no result to publish yet.")
    low, high = speedup.interval.low, speedup.interval.high
    workers = rule.variant.replace("-", " ")
    reason = f"With more workers a {workers} does the same work {speedup.speedup:.2f} times ({low:.2f} to {high:.2f}) as fast"
    if high < rule.below:
        return _verdict(claim, "supported", f"{reason}: less than {rule.below:g} times.")
    if low > rule.below:
        return _verdict(claim, "contradicted", f"{reason}: more than {rule.below:g} times.")
    return _verdict(claim, "partly", f"{reason}; {rule.below:g} times is the limit that the claim is judged by.")


def _same_language(
    claim: Claim,
    rule: SameLanguageRule,
    catalog: Catalog,
    runtime: str,
    same_language: Callable[[str, str, str, str], SameLanguageComparison | None],
) -> Verdict:
    language = rule.program.partition("/")[0]
    suffix = f"/{runtime}" if language == "python" else ""
    bearing = [benchmark for benchmark in catalog.benchmarks if claim.id in benchmark.claims]
    ahead = count = 0
    counts = []
    for rival in rule.rivals:
        comparisons = [
            comparison
            for benchmark in bearing
            for metric in rule.metrics
            if benchmark.alike(rule.program, f"{language}/{rival}")
            and (comparison := same_language(benchmark.id, rule.program + suffix, f"{language}/{rival}{suffix}", metric))
            and comparison.publishable
        ]
        wins = sum(outcome(comparison.interval) == "go faster" for comparison in comparisons)
        ahead, count = ahead + wins, count + len(comparisons)
        counts.append(f"of {rival} in {wins} of {len(comparisons)}")
    if not count:
        return _verdict(claim, "not measured yet", _none_yet(len(bearing)))
    title = next((server.title for server in catalog.servers if rule.program == f"{server.language}/{server.name}"), rule.program)
    reason = f"{title} is shown to be ahead {', '.join(counts)} comparisons."
    if claim.measurable == "partly":
        return _verdict(claim, "partly", reason)
    if ahead >= rule.supported_from * count:
        return _verdict(claim, "supported", reason)
    return _verdict(claim, "contradicted" if ahead <= rule.contradicted_to * count else "partly", reason)


def _none_yet(bearing: int) -> str:
    return f"{bearing} {'benchmark bears' if bearing == 1 else 'benchmarks bear'} on it, none with a result to publish yet."


def _verdict(
    claim: Claim,
    verdict: Judgement,
    reason: str,
    holds: tuple[tuple[str, Ratio], ...] = (),
    against: tuple[tuple[str, Ratio], ...] = (),
) -> Verdict:
    return Verdict(claim=claim.id, verdict=verdict, holds=holds, against=against, reason=reason)
