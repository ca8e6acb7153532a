from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pytest

from bench.catalog import Benchmark, gotests
from bench.measure.host.golang import MODULE, tags
from bench.measure.session.selection import unbuildable
from bench.workloads import case
from bench.workloads.checksum import checksum
from tests import observed
from tests.apart import Failed, each_apart
from tests.cataloged import CATALOG
from tests.workloads import together
from tests.workloads.answer import answer_of
from tests.workloads.golang import go

BENCHMARKS = [benchmark for benchmark in CATALOG.benchmarks if benchmark.instrument == "time"]
MODULE_FOLDER = case.ROOT / MODULE
UNBUILDABLE = {go.package for b in BENCHMARKS for go in b.go.values() if unbuildable(go)}
"""The packages that cannot be built here."""
WITHOUT_LIBRARY = {go.package: why for b in BENCHMARKS for name, go in b.go.items() if (why := observed.missing(b, f"go/{name}"))}
"""Package -> why it can be built here, but not tested: it loads a library that is missing."""
PACKAGES = sorted({path.parent.relative_to(MODULE_FOLDER).as_posix() for path in MODULE_FOLDER.rglob("*_test.go")} - UNBUILDABLE)
SERVERS = {go.package for b in CATALOG.benchmarks if b.is_loaded for go in b.go.values()}
"""The packages of servers, which take a second each to link: `make test` asks the servers themselves."""
ALONE = [b for b in BENCHMARKS if b.section == "execution" or (b.section == "data" and b.requirements == "core")]
"""Those whose Python counterparts leave no processes behind and need no more than the tests do, so that tests can run them."""


def programs_of(benchmarks: Iterable[Benchmark], among: int = 1) -> list[pytest.ParameterSet]:
    """Return benchmark and package of each Go program that can be built here; `make test` takes one `among` so many."""
    programs = [(b, tier, go.package) for b in benchmarks for tier, go in b.go.items() if go.package not in UNBUILDABLE]
    return [
        pytest.param(b, package, id=f"{b.id}-{tier}", marks=pytest.mark.every if number % among else [])
        for number, (b, tier, package) in enumerate(programs)
    ]


PROGRAMS = programs_of(BENCHMARKS)
COMPARED = programs_of(ALONE, among=8)


def asked_for(request: pytest.FixtureRequest, fixture: str = "") -> set[str]:
    """Return the packages that tests of this run are of: all tests, or those with a fixture."""
    items = (item for item in request.session.items if isinstance(item, pytest.Function) and hasattr(item, "callspec"))
    return {str(item.callspec.params.get("package")) for item in items if not fixture or fixture in item.fixturenames}


@pytest.fixture(scope="module")
def events(
    request: pytest.FixtureRequest, addresses: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, str]]:
    """What `go test` reports of the packages that are asked for: their tests, and one iteration of those to compare.

    `go vet` is `make check`'s.
    """
    asked = asked_for(request)
    packages = {package for package in PACKAGES if package in asked and package not in WITHOUT_LIBRARY}
    timed = packages & asked_for(request, "lines")
    as_one = together.alone(packages)
    short = ("-short",) if "not every" in request.config.option.markexpr else ()
    how = ("-count=1", "-vet=off", "-json", *short, *tags())
    done = []
    if as_one:
        done.append(together.run(tmp_path_factory.mktemp("together"), as_one, timed, *how))
    if others := timed - {*as_one}:
        done.append(go("test", *how, "-bench=^BenchmarkRun", "-benchtime=1x", *(f"./{package}" for package in sorted(others))))
    if untimed := packages - timed - {*as_one}:
        done.append(go("test", *how, *(f"./{package}" for package in sorted(untimed)), variables=addresses))
    assert all(one.stdout for one in done), [one.stderr for one in done]
    return [together.apart(json.loads(line)) for one in done for line in one.stdout.splitlines()]


@pytest.fixture(scope="module")
def outcomes(events: list[dict[str, str]]) -> dict[str, tuple[bool, str]]:
    """Package -> whether its tests passed, and what they printed."""
    output: dict[str, str] = {}
    passed: dict[str, bool] = {}
    for event in events:
        package = event.get("Package", event.get("ImportPath", "")).partition(" ")[0].removeprefix(f"{MODULE}/")
        output[package] = output.get(package, "") + event.get("Output", "")
        if event["Action"] in ("pass", "fail", "build-fail") and "Test" not in event:
            passed[package] = event["Action"] == "pass"
    return {package: (ok, output[package]) for package, ok in passed.items()}


@pytest.fixture(scope="module")
def lines(events: list[dict[str, str]]) -> dict[tuple[str, str], dict[str, float]]:
    """Package and function -> metrics of one iteration of the benchmark."""
    return {
        (event["Package"].removeprefix(f"{MODULE}/"), event["Test"]): metrics(text)
        for event in events
        if "ns/op" in (text := event.get("Output", ""))
    }


def metrics(line: str) -> dict[str, float]:
    return {unit: float(value) for value, unit in re.findall(r"\t\s*([0-9.]+) (\S+)", line)}


@pytest.fixture(scope="module")
def checksums(request: pytest.FixtureRequest) -> dict[tuple[str, str], int | Failed]:
    """Id and module -> checksum of what the Python program answers to the measured input."""
    asked = asked_for(request, "checksums")
    wanted = [b for b in ALONE if asked & {go.package for go in b.go.values()}]
    return each_apart(checksum_of, [(benchmark.id, module) for benchmark in wanted for module in modules(benchmark)])


def checksum_of(program: tuple[str, str]) -> int:
    benchmark, module = program
    return checksum(answer_of(module, case.arguments(benchmark)))


def modules(benchmark: Benchmark) -> list[str]:
    return [python.module for python in benchmark.python.values() if observed.runs_here(python.since)]


@pytest.mark.parametrize("package", [pytest.param(one, marks=pytest.mark.every if one in SERVERS else []) for one in PACKAGES])
def test_a_package_passes_its_tests(package: str, outcomes: dict[str, tuple[bool, str]]) -> None:
    if package in WITHOUT_LIBRARY:
        pytest.skip(WITHOUT_LIBRARY[package])
    passed, output = outcomes[package]
    assert passed, output


@pytest.mark.parametrize(("benchmark", "package"), PROGRAMS)
def test_every_program_has_tests(benchmark: Benchmark, package: str) -> None:
    assert package in PACKAGES, f"{benchmark.id}: there is no test file in {MODULE}/{package}"


@pytest.mark.parametrize(("benchmark", "package"), COMPARED)
def test_both_languages_give_the_same_checksum_for_the_measured_input(
    benchmark: Benchmark,
    package: str,
    lines: dict[tuple[str, str], dict[str, float]],
    outcomes: dict[str, tuple[bool, str]],
    checksums: dict[tuple[str, str], int | Failed],
) -> None:
    if not outcomes[package][0]:
        pytest.skip(f"{package} has failed test_a_package_passes_its_tests, which says why")
    pattern = gotests.pattern(benchmark.id)
    (line,) = (line for (of, function), line in lines.items() if of == package and re.search(pattern, function))
    for module in modules(benchmark):
        assert checksums[benchmark.id, module] == line["checksum"], module


def test_each_line_carries_the_total_time_in_whole_nanoseconds(lines: dict[tuple[str, str], dict[str, float]]) -> None:
    for package, of_package in lines.items():
        assert of_package["1-ns"].is_integer(), package
        assert of_package["1-ns"] == pytest.approx(of_package["ns/op"], rel=1e-3), package


def calls(*options: str) -> dict[str, float]:
    """Return the metrics of a benchmark that counts how often its program is called, with these options."""
    done = go("test", "-run=^$", "-bench=^BenchmarkCalls$", "./internal/harness", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("BenchmarkCalls"))
    return metrics(line)


def test_a_program_is_called_exactly_as_often_as_requested() -> None:
    assert calls("-benchtime=7x")["calls"] == 7


def test_all_values_are_taken_in_one_run_of_the_benchmark() -> None:
    measured = calls("-benchtime=12x", "-args", "-loops=4")
    assert {name for name in measured if name.endswith("-ns")} == {"1-ns", "2-ns", "3-ns"}
    assert measured["calls"] == 12
