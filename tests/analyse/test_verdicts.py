from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.estimates import estimate
from bench.analyse.records import ControlScore, Estimate, Flag, Interval, SameLanguageComparison, Speedup, Verdict
from bench.analyse.verdicts import verdict, word
from bench.catalog import Catalog
from bench.catalog.model import (
    CONTRADICTED_TO,
    SUPPORTED_FROM,
    Benchmark,
    Claim,
    FasterRule,
    GoImplementation,
    Headline,
    PythonImplementation,
    SameLanguageRule,
    ScalingRule,
    Server,
    SizeRule,
)
from tests.synthetic import GO, GO_LIBRARY, NATIVE, PURE, result, rounds, run

RUNTIME = "cpython-3.14"
RUNTIMES = {f"execution/{name}": RUNTIME for name in ("one", "two", "three", "a", "b", "c")} | {"concurrency/pool-1": RUNTIME}
SOUND = ControlScore(intervals=40, contain_one=39, median_deviation=0.001, flags=())
TIERS = {PURE: "pure", NATIVE: "native-library", GO: "standard-library", GO_LIBRARY: "library"}


def claim(**changes: Any) -> Claim:
    fields: dict[str, Any] = {
        "id": "go-faster",
        "says": "Go is faster.",
        "article": "Performance",
        "measurable": "yes",
        "rule": FasterRule(faster="go"),
    }
    return Claim(**(fields | changes))


def benchmark(name: str, programs: dict[str, float], claims: tuple[str, ...] = ("go-faster",)) -> Benchmark:
    python = {TIERS[program]: {"module": "execution.some"} for program in programs if program.startswith("python/")}
    if "native-library" in python:
        python["native-library"]["library"] = "numpy"
    go = {TIERS[program]: {"package": "execution/some"} for program in programs if program.startswith("go/")}
    return Benchmark.model_validate(
        {
            "id": f"execution/{name}",
            "title": name,
            "question": "How fast?",
            "page": "performance/execution-speed",
            "instrument": "time",
            "unit": "second",
            "better": "lower",
            "check": {"answer": 1, "source": "by definition"},
            "headline": {"python": next(iter(python)), "go": next(iter(go))},
            "python": python,
            "go": go,
            "claims": claims,
        }
    )


def unscaled(one: str, many: str, program: str) -> Speedup | None:
    del one, many, program
    return None


def unmet(benchmark: str, program: str, rival: str, metric: str) -> SameLanguageComparison | None:
    del benchmark, program, rival, metric
    return None


def unsized() -> list[tuple[int, int]]:
    return []


def judge(times: dict[str, dict[str, float]], tested: Claim | None = None, claims: tuple[str, ...] = ("go-faster",)) -> Verdict:
    tested = tested or claim()
    catalog = Catalog(benchmarks=tuple(benchmark(name, programs, claims) for name, programs in times.items()), claims=(tested,))
    estimates = {f"execution/{name}": analysed(programs) for name, programs in times.items()}
    return verdict(tested, catalog, estimates, RUNTIMES, unscaled, unmet, unsized)


def analysed(programs: dict[str, float]) -> Estimate:
    return estimate(run(), result(rounds(programs, noise=0.001)), SOUND)


def sides(judged: Verdict) -> tuple[list[str], list[str]]:
    """Return the benchmarks in which the claim holds, and those in which it does not."""
    return [name for name, _ in judged.holds], [name for name, _ in judged.against]


FASTER = {PURE: 4e-3, GO: 1e-4}
SLOWER = {PURE: 1e-4, GO: 4e-3}
TIED = {PURE: 1e-3, GO: 1e-3}


def test_a_claim_that_always_holds_is_supported() -> None:
    judged = judge({"one": FASTER, "two": FASTER})
    assert (judged.verdict, judged.reason) == ("supported", "Go is shown to be faster in 2 of 2 comparisons.")
    assert sides(judged) == (["execution/one", "execution/two"], [])


def test_a_claim_that_never_holds_is_contradicted() -> None:
    judged = judge({"one": SLOWER, "two": SLOWER})
    assert judged.verdict == "contradicted"
    assert sides(judged) == ([], ["execution/one", "execution/two"])


def test_a_claim_that_holds_now_and_then_is_partly_so() -> None:
    judged = judge({"one": FASTER, "two": SLOWER})
    assert judged.verdict == "partly"
    assert sides(judged) == (["execution/one"], ["execution/two"])


def test_a_tie_does_not_bear_the_claim_out_and_is_counted() -> None:
    judged = judge({"one": FASTER, "two": TIED})
    assert judged.verdict == "partly"
    assert judged.reason == "Go is shown to be faster in 1 of 2 comparisons; 1 of the others shows no difference."


def test_several_ties_are_counted_together() -> None:
    reason = judge({"one": FASTER, "two": TIED, "three": TIED}).reason
    assert reason == "Go is shown to be faster in 1 of 3 comparisons; 2 of the others show no difference."


def test_the_rule_may_be_about_python() -> None:
    assert judge({"one": SLOWER}, claim(rule=FasterRule(faster="python"))).verdict == "supported"


@pytest.mark.parametrize(("supported_from", "expected"), [(0.5, "supported"), (0.51, "partly")])
def test_the_rule_says_which_share_supports(supported_from: float, expected: str) -> None:
    rule = FasterRule(faster="go", supported_from=supported_from)
    judged = judge({"one": FASTER, "two": SLOWER}, claim(rule=rule))
    assert judged.verdict == expected
    assert sides(judged) == (["execution/one"], ["execution/two"])


@pytest.mark.parametrize(("contradicted_to", "expected"), [(0.5, "contradicted"), (0.49, "partly")])
def test_the_rule_says_which_share_contradicts(contradicted_to: float, expected: str) -> None:
    rule = FasterRule(faster="go", contradicted_to=contradicted_to)
    judged = judge({"one": FASTER, "two": SLOWER}, claim(rule=rule))
    assert judged.verdict == expected
    assert sides(judged) == (["execution/one"], ["execution/two"])


def test_a_rule_for_some_tiers_leaves_the_others_out() -> None:
    both = {PURE: 4e-3, NATIVE: 1e-5, GO: 1e-4}
    assert judge({"one": both}).verdict == "partly"
    assert judge({"one": both}, claim(rule=FasterRule(faster="go", python_tiers=("pure",)))).verdict == "supported"


def test_a_native_library_is_compared_with_gos_library_alone() -> None:
    every = {PURE: 4e-3, NATIVE: 1e-3, GO: 1e-4, GO_LIBRARY: 5e-5}
    assert [(ratio.python, ratio.go) for _, ratio in judge({"one": every}).holds] == [(PURE, GO), (NATIVE, GO_LIBRARY)]


def test_without_a_standard_library_of_go_its_library_stands_in() -> None:
    only_libraries = judge({"one": {PURE: 4e-3, NATIVE: 1e-3, GO_LIBRARY: 5e-5}})
    assert [(ratio.python, ratio.go) for _, ratio in only_libraries.holds] == [(PURE, GO_LIBRARY), (NATIVE, GO_LIBRARY)]


def test_other_runtimes_do_not_count() -> None:
    assert judge({"one": FASTER}).holds != ()
    catalog = Catalog(benchmarks=(benchmark("one", FASTER),), claims=(claim(),))
    assert (
        verdict(
            claim(), catalog, {"execution/one": analysed(FASTER)}, {"execution/one": "pypy-3.11"}, unscaled, unmet, unsized
        ).verdict
        == "not measured yet"
    )


def test_benchmarks_that_do_not_name_the_claim_do_not_count() -> None:
    assert judge({"one": FASTER}, claims=()).verdict == "not measured yet"


def test_blocked_ratios_do_not_count() -> None:
    catalog = Catalog(benchmarks=(benchmark("one", FASTER),), claims=(claim(),))
    failing = SOUND.model_copy(update={"flags": (Flag(kind="controls", blocker=True, message="They fail."),)})
    blocked = estimate(run(), result(rounds(FASTER)), failing)
    judged = verdict(claim(), catalog, {"execution/one": blocked}, RUNTIMES, unscaled, unmet, unsized)
    assert (judged.verdict, sides(judged)) == ("not measured yet", ([], []))
    assert judged.reason == "1 benchmark bears on it, none with a result to publish yet."


def test_benchmarks_that_were_not_measured_are_counted() -> None:
    catalog = Catalog(benchmarks=(benchmark("one", FASTER), benchmark("two", FASTER)), claims=(claim(),))
    judged = verdict(claim(), catalog, {}, RUNTIMES, unscaled, unmet, unsized)
    assert judged.reason == "2 benchmarks bear on it, none with a result to publish yet."


def test_an_opinion_is_not_measurable_and_says_why() -> None:
    judged = judge({"one": FASTER}, claim(measurable="no", why_not="It is an opinion.", rule=None))
    assert (judged.verdict, judged.reason) == ("not measurable", "It is an opinion.")


def test_a_claim_without_a_rule_is_not_measured_yet() -> None:
    assert judge({"one": FASTER}, claim(rule=None)).verdict == "not measured yet"


# --- Variants that are not tiers ---

ASYNCIO, THREADS = f"python/asyncio/{RUNTIME}", f"python/threads/{RUNTIME}"
GOROUTINES, ATOMIC = "go/goroutines", "go/atomic"
VARIED = {ASYNCIO: 4e-3, THREADS: 1e-5, GOROUTINES: 1e-4, ATOMIC: 1e-2}


def varied(unit: str = "second") -> Benchmark:
    """Return a benchmark of tasks, threads, goroutines and atomics; asyncio and goroutines are the headline."""
    return benchmark("one", FASTER).model_copy(
        update={
            "unit": unit,
            "headline": Headline(python="asyncio", go="goroutines"),
            "python": dict.fromkeys(
                ("asyncio", "threads"), PythonImplementation(tier="standard-library", module="execution.some")
            ),
            "go": dict.fromkeys(("goroutines", "atomic"), GoImplementation(tier="standard-library", package="execution/some")),
        }
    )


def of_variants(*variants: str, unit: str = "second") -> Verdict:
    tested = claim(rule=FasterRule(faster="go", variants=variants))
    catalog = Catalog(benchmarks=(varied(unit),), claims=(tested,))
    return verdict(tested, catalog, {"execution/one": analysed(VARIED)}, RUNTIMES, unscaled, unmet, unsized)


def compared(judged: Verdict) -> list[tuple[str, str]]:
    return [(ratio.python, ratio.go) for _, ratio in (*judged.holds, *judged.against)]


def test_of_variants_the_headlines_are_compared() -> None:
    judged = of_variants()
    assert (judged.verdict, compared(judged)) == ("supported", [(ASYNCIO, GOROUTINES)])


def test_a_rule_may_name_the_variants_that_count() -> None:
    judged = of_variants("threads")
    assert (judged.verdict, compared(judged)) == ("contradicted", [(THREADS, GOROUTINES)])


def test_each_named_variant_is_compared_with_the_headlines_of_go_alone() -> None:
    assert compared(of_variants("asyncio", "threads")) == [(ASYNCIO, GOROUTINES), (THREADS, GOROUTINES)]


def test_where_a_benchmark_has_none_of_the_named_variants_the_headlines_counts() -> None:
    assert compared(of_variants("uvloop")) == [(ASYNCIO, GOROUTINES)]


def test_of_bytes_the_smaller_is_shown() -> None:
    assert of_variants(unit="byte").reason == "Go is shown to be smaller in 1 of 1 comparisons."


def test_of_other_units_the_better_is_ahead() -> None:
    assert of_variants(unit="request/second").reason == "Go is shown to be ahead in 1 of 1 comparisons."


def test_of_several_units_the_better_is_ahead() -> None:
    tested = claim()
    catalog = Catalog(benchmarks=(benchmark("two", FASTER), varied("byte")), claims=(tested,))
    estimates = {"execution/one": analysed(VARIED), "execution/two": analysed(FASTER)}
    judged = verdict(tested, catalog, estimates, RUNTIMES, unscaled, unmet, unsized)
    assert judged.reason == "Go is shown to be ahead in 2 of 2 comparisons."


# --- Speed-ups ---

SCALING = ScalingRule(variant="thread-pool", one="concurrency/pool-1", many="concurrency/pool-2", below=1.1)


def scaled(low: float, high: float, flags: tuple[Flag, ...] = ()) -> Verdict:
    """Judge a claim by a speed-up with the given interval, whose middle it is."""

    def speedup(one: str, many: str, program: str) -> Speedup | None:
        assert (one, many, program) == (SCALING.one, SCALING.many, f"python/thread-pool/{RUNTIME}")
        interval = Interval(low=low, high=high, confidence=0.95)
        return Speedup(program=program, rounds=20, speedup=(low + high) / 2, interval=interval, flags=flags)

    return verdict(claim(rule=SCALING), Catalog(benchmarks=(), claims=()), {}, RUNTIMES, speedup, unmet, unsized)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.97, 1.03, "supported"), (1.8, 1.9, "contradicted"), (1.05, 1.15, "partly"), (1.0, 1.1, "partly"), (1.1, 1.2, "partly")],
)
def test_a_claim_that_workers_do_not_help_is_judged_by_the_interval_of_the_speed_up(
    low: float, high: float, expected: str
) -> None:
    assert scaled(low, high).verdict == expected


def test_the_reason_says_speed_up_interval_and_limit() -> None:
    reason = "With more workers a thread pool does the same work 1.00 times (0.97 to 1.03) as fast: less than 1.1 times."
    assert scaled(0.97, 1.03).reason == reason
    assert scaled(1.8, 1.9).reason.endswith("as fast: more than 1.1 times.")
    assert scaled(1.05, 1.15).reason.endswith("; 1.1 times is the limit that the claim is judged by.")


def test_a_speed_up_that_was_not_measured_or_may_not_be_published_gives_no_verdict() -> None:
    assert (
        verdict(claim(rule=SCALING), Catalog(benchmarks=(), claims=()), {}, RUNTIMES, unscaled, unmet, unsized).verdict
        == "not measured yet"
    )
    assert scaled(0.97, 1.03, (Flag(kind="steal", blocker=True, message="Stolen."),)).verdict == "not measured yet"


def test_a_claim_that_is_measured_only_in_part_is_judged_by_that_part() -> None:
    half = claim(measurable="partly", why_not="The rest is taste.")
    assert [judge({"one": times}, half).verdict for times in (FASTER, SLOWER)] == ["supported", "contradicted"]


# --- Words and counts ---

COUNTS = st.tuples(*[st.integers(min_value=0, max_value=60)] * 3).map(sorted).filter(lambda counts: counts[2] > 0)


@given(COUNTS)
def test_the_word_follows_the_counts(counts: list[int]) -> None:
    strongly, ahead, count = counts
    said = word(FasterRule(faster="go", at_least=3), ahead, strongly, count)
    assert (said == "supported") == (strongly / count >= SUPPORTED_FROM)
    assert (said == "overstated") == (strongly / count < SUPPORTED_FROM <= ahead / count)
    assert (said == "contradicted") == (ahead / count <= CONTRADICTED_TO)
    assert (said == "partly") == (CONTRADICTED_TO < ahead / count < SUPPORTED_FROM)


@pytest.mark.parametrize(
    ("ahead", "strongly", "count", "expected"),
    [
        (0, 0, 1, "contradicted"),
        (0, 0, 24, "contradicted"),
        (9, 9, 72, "contradicted"),
        (1, 1, 1, "supported"),
        (9, 0, 9, "overstated"),
        (9, 8, 9, "overstated"),
        (4, 4, 7, "partly"),
    ],
)
def test_the_word_for_some_counts(ahead: int, strongly: int, count: int, expected: str) -> None:
    assert word(FasterRule(faster="go", at_least=3), ahead, strongly, count) == expected


def test_a_claim_whose_direction_holds_and_whose_strength_does_not_is_overstated() -> None:
    far = claim(rule=FasterRule(faster="go", at_least=50))
    judged = judge({"one": FASTER, "two": {PURE: 9e-3, GO: 1e-4}}, far)
    assert (judged.verdict, sides(judged)) == ("overstated", (["execution/two"], ["execution/one"]))
    assert judged.reason == "Go is shown to be faster in 2 of 2 comparisons, and by at least 50 times in 1."


def test_a_strength_that_an_interval_only_reaches_into_is_not_shown() -> None:
    far = claim(rule=FasterRule(faster="go", at_least=40))
    assert judge({"one": FASTER}, far).verdict == "overstated"


def test_a_strength_may_be_claimed_for_python() -> None:
    assert judge({"one": SLOWER}, claim(rule=FasterRule(faster="python", at_least=39))).verdict == "supported"
    assert judge({"one": SLOWER}, claim(rule=FasterRule(faster="python", at_least=41))).verdict == "overstated"


def test_what_is_not_significant_does_not_bear_the_claim_out_and_is_counted() -> None:
    doubtful = analysed(FASTER)
    ratios = tuple(ratio.model_copy(update={"outcome": "not significant"}) for ratio in doubtful.ratios)
    catalog = Catalog(benchmarks=(benchmark("one", FASTER),), claims=(claim(),))
    estimates = {"execution/one": doubtful.model_copy(update={"ratios": ratios})}
    judged = verdict(claim(), catalog, estimates, RUNTIMES, unscaled, unmet, unsized)
    assert judged.verdict == "contradicted"
    assert judged.reason == "Go is shown to be faster in 0 of 1 comparisons; 1 is not significant."


def test_each_benchmark_is_judged_with_its_own_runtime_and_the_verdict_counts_them() -> None:
    newer = {"python/pure/cpython-3.15": 4e-3, GO: 1e-4}
    catalog = Catalog(benchmarks=(benchmark("one", FASTER), benchmark("two", FASTER)), claims=(claim(),))
    estimates = {"execution/one": analysed(FASTER), "execution/two": analysed(newer)}
    judged = verdict(claim(), catalog, estimates, RUNTIMES | {"execution/two": "cpython-3.15"}, unscaled, unmet, unsized)
    assert judged.reason == "Go is shown to be faster in 2 of 2 comparisons."
    assert judged.runtimes == {RUNTIME: 1, "cpython-3.15": 1}


# --- Programs of one language ---


def among_rivals(tested: Claim, *ahead: float) -> Verdict:
    """Judge a claim on Gin against Echo, which Gin is so many times ahead of in as many benchmarks."""
    catalog = Catalog(benchmarks=tuple(benchmark(chr(97 + n), FASTER) for n in range(len(ahead))), claims=(tested,))

    def same_language(benchmark_id: str, program: str, rival: str, metric: str) -> SameLanguageComparison:
        assert (program, rival, metric) == ("go/gin", "go/echo", "value")
        times = ahead[ord(benchmark_id[-1]) - 97]
        interval = Interval(low=times * 0.99, high=times * 1.01, confidence=0.95)
        return SameLanguageComparison(program=program, rival=rival, ahead=times, interval=interval, flags=())

    return verdict(tested, catalog, {}, RUNTIMES, unscaled, same_language, unsized)


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [((1.5, 1.2), "supported"), ((0.5, 0.8), "contradicted"), ((1.5, 0.8), "partly"), ((1.0,), "contradicted")],
)
def test_a_claim_about_one_among_its_like_is_judged_by_how_often_it_is_ahead(ahead: tuple[float, ...], expected: str) -> None:
    assert among_rivals(claim(rule=SameLanguageRule(program="go/gin", rivals=("echo",))), *ahead).verdict == expected


def test_the_reason_counts_the_comparisons_with_each_rival() -> None:
    judged = among_rivals(claim(rule=SameLanguageRule(program="go/gin", rivals=("echo",))), 1.5, 0.8)
    assert judged.reason.startswith("go/gin is shown to be ahead of echo in 1 of 2 comparisons. ")


def test_the_reason_counts_where_it_is_behind_and_where_nothing_is_shown() -> None:
    judged = among_rivals(claim(rule=SameLanguageRule(program="go/gin", rivals=("echo",))), 1.5, 0.8, 0.9, 1.0)
    assert judged.reason.endswith(" Of all 4 it is behind in 2, and 1 show no difference.")


@pytest.mark.parametrize(
    ("supported_from", "contradicted_to", "expected"),
    [(0.5, 0.05, "supported"), (0.51, 0.05, "partly"), (0.95, 0.5, "contradicted"), (0.95, 0.49, "partly")],
)
def test_the_rule_says_which_share_supports_or_contradicts_one_among_its_like(
    supported_from: float, contradicted_to: float, expected: str
) -> None:
    rule = SameLanguageRule(program="go/gin", rivals=("echo",), supported_from=supported_from, contradicted_to=contradicted_to)
    assert among_rivals(claim(rule=rule), 1.5, 0.8).verdict == expected


def server(name: str, title: str) -> Server:
    return Server(
        name=name,
        title=title,
        framework=name,
        language="python",
        tier="pure",
        module=f"web.{name}.app",
        settings=(),
        access="orm",
        first=2005,
        released=date(2026, 11, 23),
        licence="BSD",
    )


def of_python(*flags: Flag) -> Verdict:
    """Judge a claim on Django, which is ahead of both of its rivals, with flags of the comparison with the second."""
    tested = claim(rule=SameLanguageRule(program="python/django", rivals=("flask", "fastapi")))
    servers = (server("flask", "Flask"), server("django", "Django"), server("fastapi", "FastAPI"))
    catalog = Catalog(benchmarks=(benchmark("one", FASTER),), claims=(tested,), servers=servers)

    def same_language(_: str, program: str, rival: str, metric: str) -> SameLanguageComparison:
        assert (program, metric) == (f"python/django/{RUNTIME}", "value")
        assert rival in {f"python/flask/{RUNTIME}", f"python/fastapi/{RUNTIME}"}
        raised = flags if rival == f"python/fastapi/{RUNTIME}" else ()
        interval = Interval(low=1.4, high=1.6, confidence=0.95)
        return SameLanguageComparison(program=program, rival=rival, ahead=1.5, interval=interval, flags=raised)

    return verdict(tested, catalog, {}, RUNTIMES, unscaled, same_language, unsized)


def test_programs_of_python_are_compared_on_the_headlines_runtime_and_counted_for_each_rival() -> None:
    judged = of_python()
    assert judged.verdict == "supported"
    assert judged.reason.startswith("Django is shown to be ahead of Flask in 1 of 1, of FastAPI in 1 of 1 comparisons. ")


def test_a_blocked_comparison_with_a_rival_does_not_count() -> None:
    judged = of_python(Flag(kind="steal", blocker=True, message="Stolen."))
    assert judged.reason.startswith("Django is shown to be ahead of Flask in 1 of 1 comparisons. ")


def test_rivals_are_compared_in_the_same_benchmarks_and_metrics() -> None:
    tested = claim(rule=SameLanguageRule(program="go/gin", rivals=("echo", "revel"), metrics=("value", "start.installed")))

    def same_language(benchmark_id: str, program: str, rival: str, metric: str) -> SameLanguageComparison | None:
        if (rival, benchmark_id, metric) == ("go/revel", "execution/a", "start.installed"):
            return None
        interval = Interval(low=1.4, high=1.6, confidence=0.95)
        return SameLanguageComparison(program=program, rival=rival, ahead=1.5, interval=interval, flags=())

    catalog = Catalog(benchmarks=(benchmark("a", FASTER), benchmark("b", FASTER)), claims=(tested,))
    judged = verdict(tested, catalog, {}, RUNTIMES, unscaled, same_language, unsized)
    assert judged.reason.startswith("go/gin is shown to be ahead of echo in 3 of 3, of revel in 3 of 3 comparisons. ")
    assert judged.runtimes == {}


def test_servers_of_one_framework_take_turns_as_one_rival() -> None:
    tested = claim(rule=SameLanguageRule(program="python/django", rivals=("flask", "flask-psycopg", "fastapi")))
    flask = server("flask", "Flask")
    servers = (
        flask,
        flask.model_copy(update={"name": "flask-psycopg", "title": "Flask with psycopg"}),
        server("fastapi", "FastAPI"),
    )

    def same_language(benchmark_id: str, program: str, rival: str, metric: str) -> SameLanguageComparison | None:
        del metric
        if rival.startswith("python/flask") and (rival == f"python/flask/{RUNTIME}") != (benchmark_id == "execution/a"):
            return None
        interval = Interval(low=1.4, high=1.6, confidence=0.95)
        return SameLanguageComparison(program=program, rival=rival, ahead=1.5, interval=interval, flags=())

    catalog = Catalog(
        benchmarks=(benchmark("a", FASTER), benchmark("b", FASTER)),
        claims=(tested,),
        servers=(*servers, server("django", "Django")),
    )
    judged = verdict(tested, catalog, {}, RUNTIMES, unscaled, same_language, unsized)
    counts = "Django is shown to be ahead of Flask or Flask with psycopg in 2 of 2, of FastAPI in 2 of 2 comparisons. "
    assert judged.reason.startswith(counts)
    assert judged.runtimes == {RUNTIME: 4}


def test_a_rule_for_a_tier_takes_the_variants_of_that_tier_where_the_headlines_is_of_another() -> None:
    tested = claim(rule=FasterRule(faster="go", python_tiers=("pure",)))
    programs = {"asyncio": PythonImplementation(tier="standard-library", module="execution.some")}
    one = varied().model_copy(
        update={"python": programs | {"threads": PythonImplementation(tier="pure", module="execution.some")}}
    )
    catalog = Catalog(benchmarks=(one,), claims=(tested,))
    judged = verdict(tested, catalog, {"execution/one": analysed(VARIED)}, RUNTIMES, unscaled, unmet, unsized)
    assert compared(judged) == [(THREADS, GOROUTINES)]


def test_rivals_that_were_not_measured_give_no_verdict() -> None:
    tested = claim(rule=SameLanguageRule(program="go/gin", rivals=("echo",)))
    judged = verdict(tested, Catalog(benchmarks=(benchmark("one", FASTER),), claims=()), {}, RUNTIMES, unscaled, unmet, unsized)
    assert (judged.verdict, judged.reason) == (
        "not measured yet",
        "1 benchmark bears on it, none with a result to publish yet.",
    )


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], "not measured yet"),
        ([(1, 2)] * 20, "supported"),
        ([(1, 2)] * 10 + [(2, 1)] * 10, "partly"),
        ([(2, 2)] * 20, "contradicted"),
        ([(2, 1)] * 20, "contradicted"),
    ],
)
def test_a_claim_about_size_is_judged_by_the_pairs_whose_program_has_fewer_tokens(
    pairs: list[tuple[int, int]], expected: str
) -> None:
    tested = claim(rule=SizeRule(smaller="python"))
    judged = verdict(tested, Catalog(benchmarks=(), claims=()), {}, {}, unscaled, unmet, lambda: pairs)
    assert judged.verdict == expected
