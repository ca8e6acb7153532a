from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.records.run import PythonRuntime
from scripts.publish.facts.data import SiteData, load
from scripts.publish.facts.rows import ratio_rows, variant_rows
from scripts.publish.style.addresses import Address
from scripts.publish.tables import speedups
from tests import synthetic
from tests.publish import made

HERE = Address("concurrency/python.md", "https://site.example", "https://code.example")
POOLS = tuple(f"concurrency/pool-{workers}" for workers in (1, 2))
RUN = synthetic.run()
THREADS, FORK, GO = "python/thread-pool/cpython-3.14", "python/process-pool-fork/cpython-3.14", "go/goroutines"


def cells(markdown: str) -> list[list[str]]:
    """Return the cells of a table, its head among them."""
    lines = [line for line in markdown.splitlines() if re.match(r"\|\s*[^|:\s-]", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def stored(results: Path, times: dict[str, dict[str, float]], *, noise: float = 0.002) -> SiteData:
    """Store one run of several benchmarks, id -> program -> seconds; return its site."""
    measured = [
        made.result(
            made.CATALOG.benchmark(id_),
            RUN,
            synthetic.rounds(seconds, count=40, controls=(GO,), noise=noise, layouts=1, seed=number),
        )
        for number, (id_, seconds) in enumerate(times.items(), 1)
    ]
    made.store(results, RUN, measured)
    return load(made.ROOT, results)


def speedup_cells(site: SiteData) -> dict[str, list[str]]:
    """Return the cells beside each program of the table of both pools."""
    return {name: rest for name, *rest in cells(speedups.table(site, HERE, POOLS))}


@pytest.fixture(scope="module")
def pools(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """A site where two workers help processes and goroutines, and threads not at all."""
    one = {THREADS: 0.04, FORK: 0.04, GO: 0.004}
    two = {THREADS: 0.04, FORK: 0.02, GO: 0.002}
    return stored(tmp_path_factory.mktemp("pools"), dict(zip(POOLS, (one, two), strict=True)))


def test_the_head_names_the_workers_and_links_to_each_benchmark(pools: SiteData) -> None:
    assert cells(speedups.table(pools, HERE, POOLS))[0] == [
        "Program",
        "Time, [1 worker](python.md#pool-1)",
        "Speed-up, [2 workers](python.md#pool-2)",
    ]


@pytest.mark.parametrize(
    ("name", "time", "gain"),
    [
        ("Python, thread pool (cpython-3.14)", "40", 1.0),
        ("Python, process pool fork (cpython-3.14)", "40", 2.0),
        ("Go, goroutines", "4", 2.0),
    ],
)
def test_each_program_has_its_time_and_its_speed_up_over_itself(pools: SiteData, name: str, time: str, gain: float) -> None:
    alone, more = speedup_cells(pools)[name]
    assert re.match(rf"({time}|{int(time) - 1}\.9)\S* ms \(", alone)
    assert float(more.split()[0]) == pytest.approx(gain, rel=0.01)
    assert re.fullmatch(r"[\d.]+ \([\d.]+ to [\d.]+\)", more)


def test_a_program_that_was_not_measured_says_so_in_both_places(pools: SiteData) -> None:
    assert speedup_cells(pools)["Python, process pool spawn (cpython-3.14)"] == ["not measured", "not measured"]


def test_a_speed_up_that_may_not_be_published_says_why(results: Path) -> None:
    times = {THREADS: 0.04, GO: 0.004}
    more = speedup_cells(stored(results, dict.fromkeys(POOLS, times), noise=0.5))["Go, goroutines"][1]
    assert re.match(r"not publishable: .*is the widest to publish", more)


def test_of_nothing_the_table_says_that_nothing_was_measured(empty: SiteData) -> None:
    assert {cell for row in speedup_cells(empty).values() for cell in row[-1:] if "worker" not in cell} == {"not measured"}


def test_benchmarks_without_workers_are_refused(measured: SiteData) -> None:
    with pytest.raises(KeyError, match="execution/n-body: it has no input `workers`"):
        speedups.table(measured, HERE, (POOLS[0], "execution/n-body"))


def test_the_table_of_tools_has_every_benchmark_that_stands_for_a_kind_of_work(measured: SiteData) -> None:
    rows = cells(speedups.tools(measured, HERE))[1:]
    standing = [benchmark for benchmark in measured.catalog.benchmarks if benchmark.work]
    assert sorted((row[1], row[2].partition(":")[0]) for row in rows) == sorted(
        (f"[{b.title}]({HERE.to_benchmark(b)})", b.headline.go.replace("-", " ")) for b in standing
    )


def test_python_is_named_with_its_best_programs_the_best_first(pools: SiteData) -> None:
    row = next(row for row in cells(speedups.tools(pools, HERE))[1:] if "Two workers" in row[1])
    fork, threads = row[3].split("<br>")
    assert re.match(r"process pool fork \(cpython-3\.14\): Go (9\.9\d*|10\.\d+)× faster \(", fork)
    assert re.match(r"thread pool \(cpython-3\.14\): Go (19\.\d|20(\.\d)?)× faster \(", threads)


def test_no_more_than_three_programs_are_named_for_one_kind_of_work(measured: SiteData) -> None:
    best = [row[3].count("<br>") + 1 for row in cells(speedups.tools(measured, HERE))[1:]]
    assert max(best) == speedups.BEST


def test_what_was_not_measured_recommends_nothing(empty: SiteData) -> None:
    assert {tuple(row[3:]) for row in cells(speedups.tools(empty, HERE))[1:]} == {("not measured",)}


def test_what_may_not_be_published_recommends_nothing(results: Path) -> None:
    times = {THREADS: 0.04, GO: 0.004}
    site = stored(results, dict.fromkeys(POOLS, times), noise=0.5)
    row = next(row for row in cells(speedups.tools(site, HERE))[1:] if "Two workers" in row[1])
    assert row[3] == "nothing to publish"


# --- Comparisons of benchmarks whose programs are told apart by names of their own ---


def test_a_page_has_one_comparison_for_each_benchmark_of_variants(measured: SiteData) -> None:
    rows = [row for row in ratio_rows(measured, "concurrency") if not row.benchmark.by_tier]
    varied = [b for b in measured.catalog.benchmarks if b.section == "concurrency" and b.overview and not b.by_tier]
    assert sorted((row.benchmark.id, row.python, row.go) for row in rows) == sorted(
        (b.id, b.headline.python, b.headline.go) for b in varied
    )


def test_what_is_not_like_with_like_is_in_no_overview(measured: SiteData) -> None:
    assert "concurrency/spawn-process" not in {row.benchmark.id for row in ratio_rows(measured)}


def test_a_benchmark_of_variants_compares_each_of_pythons_with_gos_headline(measured: SiteData) -> None:
    lock = measured.catalog.benchmark("concurrency/lock")
    runtimes = [python.name for python in measured.published[lock.id].run.pythons]
    compared = [(row.python, row.go, row.runtime) for row in variant_rows(measured, lock)]
    assert compared == [(python, "mutex", runtime) for runtime in runtimes for python in lock.python]


def test_programs_with_names_of_their_own_beside_tiers_are_in_no_overview(measured: SiteData) -> None:
    json = measured.catalog.benchmark("execution/json")
    shown = {(row.python, row.go) for row in ratio_rows(measured, "execution") if row.benchmark == json}
    assert json.by_tier
    assert "json-v2" in json.go
    assert shown == {("standard-library", "standard-library"), ("native-library", "library")}


def test_a_benchmark_of_tiers_compares_each_of_pythons_with_each_of_gos(measured: SiteData) -> None:
    json = measured.catalog.benchmark("execution/json")
    compared = {(row.python, row.go) for row in variant_rows(measured, json)}
    assert compared == {(python, go) for python in json.python for go in json.go}


# --- The build without the lock ---


def test_a_host_without_a_free_threaded_build_says_so(pools: SiteData) -> None:
    assert speedups.free_threaded(pools, POOLS[0]) == "A free-threaded build was not measured on this host."


def with_free_threaded(results: Path, *others: PythonRuntime) -> SiteData:
    """Return a site with a free-threaded 3.13 that was measured beside others."""
    threaded = synthetic.python_runtime(name="cpython-3.13t", implementation="CPython", version="3.13.5", gil=False)
    run = RUN.model_copy(update={"pythons": (synthetic.python_runtime(), threaded, *others)})
    programs = {"python/thread-pool/cpython-3.13t": 0.02, THREADS: 0.04, GO: 0.004}
    invocations = [
        one.model_copy(update={"gil": one.round == 0}) if one.program.endswith("3.13t") else one
        for one in synthetic.rounds(programs, count=20)
    ]
    made.store(results, run, [made.result(made.CATALOG.benchmark(POOLS[0]), run, tuple(invocations))])
    return load(made.ROOT, results)


def free_threaded(results: Path, *others: PythonRuntime) -> str:
    return speedups.free_threaded(with_free_threaded(results, *others), POOLS[0])


def test_a_table_says_beneath_what_its_free_threaded_build_is_set_against(results: Path) -> None:
    table = speedups.table(with_free_threaded(results), HERE, POOLS)
    assert "cpython-3.13t: CPython 3.13 with the lock was not measured beside it" in table


def test_a_free_threaded_build_is_named_with_what_became_of_its_lock(results: Path) -> None:
    assert free_threaded(results).startswith(
        "The free-threaded build is CPython 3.13.5 (cpython-3.13t); after its imports the lock was off in 19 of 20 processes. "
    )


def test_the_build_of_the_same_version_with_the_lock_is_what_it_is_set_against(results: Path) -> None:
    with_lock = synthetic.python_runtime(name="cpython-3.13", implementation="CPython", version="3.13.5", gil=True)
    assert "the difference to cpython-3.13, of the same version and with the lock" in free_threaded(results, with_lock)


def test_without_such_a_build_no_difference_is_the_locks(results: Path) -> None:
    assert "no difference here is that of the lock alone" in free_threaded(results)


def test_a_free_threaded_build_that_specialises_nothing_is_told(results: Path) -> None:
    assert "In 3.13 a free-threaded build has its specialising interpreter off" in free_threaded(results)
