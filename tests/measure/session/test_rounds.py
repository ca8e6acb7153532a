from __future__ import annotations

from bench.measure.session.rounds import neighbours
from tests.cataloged import CATALOG


def test_each_python_program_has_the_go_program_beside_it_that_it_is_compared_with() -> None:
    programs = ["python/pure/cpython-3.14", "python/native-library/cpython-3.14", "go/standard-library"]
    assert neighbours(CATALOG.benchmark("execution/spectral-norm"), programs) == [
        (program, "go/standard-library") for program in programs[:2]
    ]


def test_the_headlines_two_are_neighbours() -> None:
    entry = CATALOG.benchmark("execution/matrix-product")
    programs = [f"python/{entry.headline.python}/cpython-3.14", *(f"go/{name}" for name in entry.go)]
    assert neighbours(entry, programs) == [(programs[0], f"go/{entry.headline.go}")]


def test_of_web_servers_the_two_of_the_headline_are_neighbours() -> None:
    entry = CATALOG.benchmark("web/json")
    programs = [*(f"python/{name}/cpython-3.14" for name in entry.python), *(f"go/{name}" for name in entry.go)]
    assert neighbours(entry, programs) == [(f"python/{entry.headline.python}/cpython-3.14", f"go/{entry.headline.go}")]


def test_what_is_built_has_no_neighbours() -> None:
    entry = next(benchmark for benchmark in CATALOG.benchmarks if benchmark.action == "rebuild")
    assert neighbours(entry, [f"python/{entry.headline.python}/cpython-3.14", f"go/{entry.headline.go}"]) == []
