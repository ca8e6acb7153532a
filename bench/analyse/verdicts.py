"""The verdicts on the article's claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.analyse.prototyping import StepComparison
from bench.analyse.ratios import outcome
from bench.analyse.records import Estimate, Judgement, Outcome, Ratio, SameLanguageComparison, Speedup, Verdict
from bench.catalog import Benchmark, Catalog, Claim
from bench.catalog.model import FasterRule, QuickerRule, SameLanguageRule, ScalingRule, SizeRule

DIRECTIONS: dict[str, Outcome] = {"python": "python faster", "go": "go faster"}
COMPARATIVES = {"second": "faster", "byte": "smaller"}


def verdict(
    claim: Claim,
    catalog: Catalog,
    estimates: Mapping[str, Estimate],
    runtimes: Mapping[str, str],
    speedup: Callable[[str, str, str], Speedup | None],
    same_language: Callable[[str, str, str, str], SameLanguageComparison | None],
    tokens: Callable[[], Sequence[tuple[int, int]]],
    prototyping: Callable[[], Sequence[StepComparison]] = tuple,
) -> Verdict:
    """Judge one claim from the publishable results of the benchmarks that name it, each with its own headline's runtime.

    Args:
        claim: the claim, with its rule.
        catalog: says which benchmarks bear on the claim.
        estimates: benchmark id -> the estimate that the site shows; benchmarks not measured are absent.
        runtimes: benchmark id -> the headline's Python runtime of that estimate, e.g. "cpython-3.14".
        speedup: returns the speed-up of a program from one benchmark to another; None where both were not measured together.
        same_language: returns how far one program is ahead of another of its language in a benchmark, by a metric; None where
            they were not measured together.
        tokens: returns the tokens of Python's and of Go's program of each headline that is like with like.
        prototyping: returns how the steps of a prototype compare in the newest record; none where there is no record.
    """
    if claim.rule is None or claim.measurable == "no":
        return _without_rule(claim)
    if isinstance(claim.rule, ScalingRule):
        return _scaling(claim, claim.rule, runtimes, speedup)
    if isinstance(claim.rule, SizeRule):
        return _size(claim, claim.rule, tokens())
    if isinstance(claim.rule, QuickerRule):
        return _quicker(claim, claim.rule, prototyping())
    if isinstance(claim.rule, SameLanguageRule):
        return _same_language(claim, claim.rule, catalog, runtimes, same_language)
    return _faster(claim, claim.rule, catalog, estimates, runtimes)


def _without_rule(claim: Claim) -> Verdict:
    if claim.measurable == "no":
        return _verdict(claim, "not measurable", claim.why_not or "This cannot be measured.")
    return _verdict(claim, "not measured yet", "No benchmark bears on it yet.")


def word(rule: FasterRule | SameLanguageRule | SizeRule | QuickerRule, ahead: int, strongly: int, count: int) -> Judgement:
    """Return the verdict that follows from the counts, of one comparison or more.

    Args:
        rule: says which shares decide.
        ahead: comparisons that bear out the claim's direction.
        strongly: those of them that bear out its strength as well; all, where it claims none.
        count: all comparisons.
    """
    if strongly / count >= rule.supported_from:
        return "supported"
    if ahead / count >= rule.supported_from:
        return "overstated"
    return "contradicted" if ahead / count <= rule.contradicted_to else "partly"


def _faster(
    claim: Claim, rule: FasterRule, catalog: Catalog, estimates: Mapping[str, Estimate], runtimes: Mapping[str, str]
) -> Verdict:
    bearing = [benchmark for benchmark in catalog.benchmarks if claim.id in benchmark.claims]
    comparisons = [
        (benchmark.id, ratio)
        for benchmark in bearing
        if benchmark.id in estimates
        for ratio in _comparisons(benchmark, estimates[benchmark.id], rule, runtimes[benchmark.id])
    ]
    if not comparisons:
        return _verdict(claim, "not measured yet", _none_yet(len(bearing)))
    holds = tuple(item for item in comparisons if _bears_out(item[1], rule))
    against = tuple(item for item in comparisons if not _bears_out(item[1], rule))
    outcomes = Counter(ratio.outcome for _, ratio in comparisons)
    ahead = outcomes[DIRECTIONS[rule.faster]]
    words = {COMPARATIVES.get(catalog.benchmark(benchmark).unit, "ahead") for benchmark, _ in comparisons}
    better = words.pop() if len(words) == 1 else "ahead"
    reason = f"{rule.faster.capitalize()} is shown to be {better} in {ahead} of {len(comparisons)} comparisons"
    if rule.at_least > 1:
        reason += f", and by at least {rule.at_least:g} times in {len(holds)}"
    ties, doubtful = outcomes["no difference shown"], outcomes["not significant"]
    parts = [
        f"{ties} of the others {'shows' if ties == 1 else 'show'} no difference" if ties else "",
        f"{doubtful} {'is' if doubtful == 1 else 'are'} not significant" if doubtful else "",
    ]
    reason = "; ".join([reason, *filter(None, parts)]) + "."
    judged = word(rule, ahead, len(holds), len(comparisons))
    return _verdict(claim, judged, reason, holds, against, Counter(runtimes[benchmark] for benchmark, _ in comparisons))


def _bears_out(ratio: Ratio, rule: FasterRule) -> bool:
    """Whether a ratio is shown to be of the side that the claim names, and its interval to be as much as the claim says."""
    least = ratio.interval.low if rule.faster == "go" else 1 / ratio.interval.high
    return ratio.outcome == DIRECTIONS[rule.faster] and (rule.at_least == 1 or least >= rule.at_least)


def _comparisons(benchmark: Benchmark, estimate: Estimate, rule: FasterRule, runtime: str) -> Iterator[Ratio]:
    """Yield a benchmark's publishable ratios that count for the rule."""
    for python, go in _compared_variants(benchmark, rule):
        ratio = estimate.ratio(f"python/{python}/{runtime}", f"go/{go}")
        if ratio is not None and ratio.publishable:
            yield ratio


def _compared_variants(benchmark: Benchmark, rule: FasterRule) -> Iterator[tuple[str, str]]:
    """Yield the variants of Python and Go whose ratio counts for the rule.

    Each Python tier is compared with the Go program that overviews show beside it, like with like. Other variants are compared
    with their counterparts: those that the rule names, or the headline's, or where that is of another tier those of the rule's.
    """
    if not benchmark.by_tier:
        of_tiers = [variant for variant, program in benchmark.python.items() if program.tier in rule.python_tiers]
        headline = [benchmark.headline.python] if benchmark.headline.python in of_tiers else of_tiers
        named = [variant for variant in rule.variants if variant in benchmark.python]
        yield from ((variant, benchmark.counterparts(variant)[0]) for variant in named or headline)
        return
    yield from ((tier, benchmark.like(tier)) for tier in rule.python_tiers if tier in benchmark.python)


def _scaling(
    claim: Claim, rule: ScalingRule, runtimes: Mapping[str, str], speedup: Callable[[str, str, str], Speedup | None]
) -> Verdict:
    runtime = runtimes.get(rule.one, "")
    judged = speedup(rule.one, rule.many, f"python/{rule.variant}/{runtime}")
    if judged is None or not judged.publishable:
        return _verdict(claim, "not measured yet", "The benchmarks that it is judged by have no result to publish yet.")
    low, high = judged.interval.low, judged.interval.high
    workers = rule.variant.replace("-", " ")
    reason = f"With more workers a {workers} does the same work {judged.speedup:.2f} times ({low:.2f} to {high:.2f}) as fast"
    on = {runtime: 1}
    if high < rule.below:
        return _verdict(claim, "supported", f"{reason}: less than {rule.below:g} times.", runtimes=on)
    if low > rule.below:
        return _verdict(claim, "contradicted", f"{reason}: more than {rule.below:g} times.", runtimes=on)
    return _verdict(claim, "partly", f"{reason}; {rule.below:g} times is the limit that the claim is judged by.", runtimes=on)


def _size(claim: Claim, rule: SizeRule, pairs: Sequence[tuple[int, int]]) -> Verdict:
    if not pairs:
        return _verdict(claim, "not measured yet", "There are no programs to compare.")
    fewer = sum(python < go if rule.smaller == "python" else go < python for python, go in pairs)
    reason = f"{rule.smaller.capitalize()}'s program is written with fewer tokens in {fewer} of {len(pairs)} pairs."
    return _verdict(claim, word(rule, fewer, fewer, len(pairs)), reason)


def _quicker(claim: Claim, rule: QuickerRule, steps: Sequence[StepComparison]) -> Verdict:
    counted = [outcome(one.interval) for one in steps if one.python.task in rule.tasks]
    if not counted:
        return _verdict(claim, "not measured yet", "The steps of a prototype have not been timed yet.")
    ahead = counted.count(DIRECTIONS[rule.quicker])
    reason = f"{rule.quicker.capitalize()} is shown to be quicker in {ahead} of {len(counted)} pairs of steps."
    return _verdict(claim, word(rule, ahead, ahead, len(counted)), reason)


def _same_language(
    claim: Claim,
    rule: SameLanguageRule,
    catalog: Catalog,
    runtimes: Mapping[str, str],
    same_language: Callable[[str, str, str, str], SameLanguageComparison | None],
) -> Verdict:
    """Judge by those benchmarks and metrics in which the program can be compared with every rival that can be at all.

    Rivals of one framework are one: in each of them the first that can be compared stands for it.
    """
    language = rule.program.partition("/")[0]
    servers = {f"{server.language}/{server.name}": server for server in catalog.servers}
    names = [f"{language}/{rival}" for rival in rule.rivals]
    titles = {name: servers[name].title if name in servers else name.partition("/")[2] for name in names}
    framework = {name: servers[name].framework if name in servers else name for name in names}
    bearing = [benchmark for benchmark in catalog.benchmarks if claim.id in benchmark.claims]
    measured: dict[str, dict[tuple[str, str], SameLanguageComparison]] = {framework[name]: {} for name in names}
    used: dict[str, dict[tuple[str, str], str]] = {rival: {} for rival in measured}
    for benchmark in bearing:
        suffix = f"/{runtimes.get(benchmark.id, '')}" if language == "python" else ""
        for name in (name for name in names if benchmark.alike(rule.program, name)):
            for metric in rule.metrics:
                one = same_language(benchmark.id, rule.program + suffix, name + suffix, metric)
                if one is not None and one.publishable:
                    measured[framework[name]].setdefault((benchmark.id, metric), one)
                    used[framework[name]].setdefault((benchmark.id, metric), titles[name])
    rivals = [rival for rival, comparisons in measured.items() if comparisons]
    common = [(b.id, metric) for b in bearing for metric in rule.metrics if all((b.id, metric) in measured[r] for r in rivals)]
    if not rivals or not common:
        return _verdict(claim, "not measured yet", _none_yet(len(bearing)))
    outcomes = {rival: Counter(outcome(measured[rival][key].interval) for key in common) for rival in rivals}
    called = {rival: " or ".join(dict.fromkeys(used[rival][key] for key in common)) for rival in rivals}
    counts = [f"of {called[rival]} in {outcomes[rival]['go faster']} of {len(common)}" for rival in rivals]
    program = servers[rule.program].title if rule.program in servers else rule.program
    total = sum(outcomes.values(), Counter[Outcome]())
    ahead, count = total["go faster"], len(rivals) * len(common)
    reason = (
        f"{program} is shown to be ahead {', '.join(counts)} comparisons. Of all {count} it is behind in "
        f"{total['python faster']}, and {total['no difference shown']} show no difference."
    )
    on = Counter(runtimes[benchmark] for benchmark, _ in common for _ in rivals) if language == "python" else {}
    return _verdict(claim, word(rule, ahead, ahead, count), reason, runtimes=on)


def _none_yet(bearing: int) -> str:
    return f"{bearing} {'benchmark bears' if bearing == 1 else 'benchmarks bear'} on it, none with a result to publish yet."


def _verdict(
    claim: Claim,
    verdict: Judgement,
    reason: str,
    holds: tuple[tuple[str, Ratio], ...] = (),
    against: tuple[tuple[str, Ratio], ...] = (),
    runtimes: Mapping[str, int] | None = None,
) -> Verdict:
    on = dict(runtimes or {})
    return Verdict(claim=claim.id, verdict=verdict, holds=holds, against=against, reason=reason, runtimes=on)
