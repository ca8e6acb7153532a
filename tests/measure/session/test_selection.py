from __future__ import annotations

import functools
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bench.catalog import Benchmark, Catalog, load_catalog
from bench.catalog.loader import ROOT
from bench.measure.host import golang, machine, pythons
from bench.measure.host.extensions import Extension
from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host, find_host
from bench.measure.host.pythons import Interpreter
from bench.measure.instruments import commands
from bench.measure.processes import limits
from bench.measure.session import digests, selection
from bench.records.profiles import Profile
from bench.records.store import StoredRun
from tests import synthetic
from tests.cataloged import CATALOG
from tests.measure import hosts

JIT = hosts.interpreter({"PYTHON_JIT": "1"}, jit=True)
LIBRARIES = {"orjson", "github.com/agnivade/levenshtein"}
NAMED = {"execution/fib", "execution/n-body", "execution/spectral-norm", "execution/install", "ml/cnn-1"}


def some(catalog: Catalog) -> list[Benchmark]:
    """Return what is edited below, what uses a library of which another version comes out, and a few of the others."""
    return [
        benchmark
        for number, benchmark in enumerate(catalog.benchmarks)
        if number % 40 == 0 or benchmark.id in NAMED or LIBRARIES & libraries(benchmark)
    ]


def libraries(benchmark: Benchmark) -> set[str | None]:
    return {python.library for python in benchmark.python.values()} | {go.library for go in benchmark.go.values()}


def measured(
    root: Path, *, profile: Profile = "full", complete: bool = True, interpreters: Sequence[Interpreter] = ()
) -> StoredRun:
    """Return a run that has measured every benchmark as it is at `root`, where nothing has been edited yet."""
    host = hosts.host(root, *interpreters)
    results = {}
    for benchmark in some(CATALOG):
        current = unedited()[benchmark.id]
        programs = {program: digests.of_program(current, program) for program in selection.planned(host, benchmark)}
        results[benchmark.id] = synthetic.result((), benchmark=benchmark.id, programs=programs, complete=complete)
    run = synthetic.run(plan=synthetic.plan(profile=profile), machine=host.machine, pythons=host.runtimes, go=host.go)
    return StoredRun(root / "bench" / "results" / "run", run, results)


@functools.cache
def unedited() -> Mapping[str, Mapping[str, str]]:
    """Return benchmark -> the digests of its programs in the project, and so in a copy that nothing has been edited in."""
    return {benchmark.id: digests.programs(benchmark, ROOT) for benchmark in some(CATALOG)}


def lacking(root: Path, stored: StoredRun, *, profile: Profile = "full", interpreters: Sequence[Interpreter] = ()) -> list[str]:
    return list(programs_lacking(root, stored, profile=profile, interpreters=interpreters))


def programs_lacking(
    root: Path, stored: StoredRun, *, profile: Profile = "full", interpreters: Sequence[Interpreter] = ()
) -> dict[str, tuple[str, ...]]:
    host = hosts.host(root, *interpreters)
    return selection.lacking(host, some(load_catalog(root)), [stored], profile)


def every(root: Path) -> list[str]:
    return [benchmark.id for benchmark in some(load_catalog(root))]


def using(root: Path, library: str) -> list[str]:
    """Return the benchmarks with a program that uses a library."""
    return [benchmark.id for benchmark in some(load_catalog(root)) if library in libraries(benchmark)]


def edit(root: Path, name: str, *, old: str = "", new: str = "") -> None:
    """Replace text in a file, or append a line to it."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else f"{text}{new}\n", encoding="utf-8")


def test_without_runs_everything_is_lacking(sources: Path) -> None:
    host = hosts.host(sources)
    assert list(selection.lacking(host, some(load_catalog(sources)), [], "quick")) == every(sources)


def test_what_is_measured_and_unchanged_is_not_lacking(sources: Path) -> None:
    assert lacking(sources, measured(sources)) == []


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("go_examples/execution/fib/fib.go", ["execution/fib"]),
        ("go_examples/execution/nbody/nbody_test.go", ["execution/n-body"]),
        ("bench/workloads/execution/fib.py", ["execution/fib"]),
        ("bench/workloads/execution/spectral_norm_numpy.py", ["execution/spectral-norm"]),
    ],
)
def test_an_edited_program_makes_its_own_benchmark_lacking(editable: Path, name: str, changed: list[str]) -> None:
    stored = measured(editable)
    edit(editable, name, new="var edited = 1" if name.endswith(".go") else "edited = 1")
    assert lacking(editable, stored) == changed


@pytest.mark.parametrize(
    "name", ["bench/workloads/__main__.py", "bench/workloads/checksum.py", "go_examples/internal/harness/harness.go"]
)
def test_an_edited_harness_makes_every_benchmark_lacking_that_it_times(editable: Path, name: str) -> None:
    stored = measured(editable)
    edit(editable, name, new="var edited = 1" if name.endswith(".go") else "edited = 1")
    assert lacking(editable, stored) == [b.id for b in some(load_catalog(editable)) if b.instrument == "time"]


def test_a_new_go_file_makes_its_own_benchmark_lacking(editable: Path) -> None:
    stored = measured(editable)
    (editable / "go_examples" / "execution" / "fib" / "more.go").write_text("package fib\n", encoding="utf-8")
    assert lacking(editable, stored) == ["execution/fib"]


@pytest.mark.parametrize("key", ["title", "question", "page"])
def test_prose_of_an_entry_makes_nothing_lacking(editable: Path, key: str) -> None:
    stored = measured(editable)
    edit(editable, "bench/catalog/execution.toml", old=f'{key} = "', new=f'{key} = "edited-')
    assert lacking(editable, stored) == []


def test_another_input_makes_its_own_benchmark_lacking(editable: Path) -> None:
    stored = measured(editable)
    edit(editable, "bench/catalog/execution.toml", old="input = { n = 27 }", new="input = { n = 28 }")
    assert lacking(editable, stored) == ["execution/fib"]


def test_another_version_of_a_library_makes_lacking_what_uses_it(editable: Path) -> None:
    stored = measured(editable)
    edit(editable, "bench/requirements/core.txt", old="\norjson==", new="\norjson==99.")
    assert lacking(editable, stored) == using(editable, "orjson")


def test_another_version_of_a_go_module_makes_lacking_what_uses_it(editable: Path) -> None:
    stored = measured(editable)
    path = editable / "go_examples" / "modules.json"
    path.write_text(path.read_text(encoding="utf-8").replace("levenshtein v1", "levenshtein v99"), encoding="utf-8")
    assert lacking(editable, stored) == using(editable, "github.com/agnivade/levenshtein")


def test_another_requirement_makes_lacking_what_installs_it(editable: Path) -> None:
    stored = measured(editable)
    edit(editable, "bench/requirements/web.txt", old="\nitsdangerous==", new="\nitsdangerous==99.")
    web = {benchmark.id for benchmark in some(load_catalog(editable)) if benchmark.requirements == "web"}
    assert set(lacking(editable, stored)) == {"execution/install", *using(editable, "flask")} & web


@pytest.mark.parametrize(
    "found",
    [hosts.interpreter(version="3.14.9"), hosts.interpreter(compiler="Clang 20"), JIT],
    ids=["version", "compiler", "JIT"],
)
def test_another_runtime_makes_everything_lacking(sources: Path, found: Interpreter) -> None:
    assert lacking(sources, measured(sources), interpreters=(found,)) == every(sources)


def test_a_faster_or_slower_canary_makes_nothing_lacking(sources: Path) -> None:
    found = hosts.interpreter(canary={name: 2 * kernel for name, kernel in hosts.FACTS["canary"].items()})
    assert lacking(sources, measured(sources), interpreters=(found,)) == []


@pytest.mark.parametrize("part", ["go", "machine"])
def test_another_toolchain_or_machine_makes_everything_lacking(sources: Path, part: str) -> None:
    found = {"go": synthetic.go_runtime(version="1.27.4"), "machine": synthetic.machine(kernel="6.19")}[part]
    host = hosts.host(sources)
    changed = Host(**{**vars(host), part: found})
    benchmarks = some(load_catalog(sources))
    assert list(selection.lacking(changed, benchmarks, [measured(sources)], "full")) == [b.id for b in benchmarks]


def test_an_edited_variant_is_measured_alone_with_what_it_is_compared_with(editable: Path) -> None:
    stored = measured(editable)
    edit(editable, "bench/workloads/execution/spectral_norm_numpy.py", new="edited = 1")
    native, go = "python/native-library/cpython-3.14", "go/standard-library"
    assert programs_lacking(editable, stored) == {"execution/spectral-norm": (native, go)}


def test_a_runtime_that_was_added_is_measured_alone_with_go(sources: Path) -> None:
    both = (hosts.interpreter(), JIT)
    missing = programs_lacking(sources, measured(sources), interpreters=both)
    assert missing["execution/fib"] == ("python/pure/cpython-3.14-jit", "go/standard-library")


def test_what_two_runs_have_measured_together_is_not_lacking(sources: Path) -> None:
    both = (hosts.interpreter(), JIT)
    runs = [measured(sources), measured(sources, interpreters=(JIT,))]
    assert selection.lacking(hosts.host(sources, *both), some(load_catalog(sources)), runs, "full") == {}


def test_the_programs_of_a_headline_are_two_with_the_first_runtime(sources: Path) -> None:
    host = hosts.host(sources, hosts.interpreter(), JIT)
    assert selection.headline(host, CATALOG.benchmark("execution/matrix-product")) == (
        "python/native-library/cpython-3.14",
        "go/library",
    )


def test_what_could_not_be_installed_is_tried_again(sources: Path) -> None:
    stored = measured(sources)
    program = "python/pytorch/cpython-3.14"
    unavailable = {program: f"{selection.NOT_INSTALLED}ml-torch.txt cannot be installed: refused"}
    refused = stored.results["ml/cnn-1"].model_copy(update={"unavailable": unavailable})
    again = StoredRun(stored.folder, stored.run, {**stored.results, "ml/cnn-1": refused})
    assert programs_lacking(sources, again) == {"ml/cnn-1": (program, "go/onnxruntime")}


def test_a_result_that_was_cut_short_is_lacking(sources: Path) -> None:
    assert lacking(sources, measured(sources, complete=False)) == every(sources)


@pytest.mark.parametrize(
    ("had", "wanted", "enough"),
    [("smoke", "quick", False), ("quick", "full", False), ("full", "quick", True), ("quick", "quick", True)],
)
def test_a_lesser_profile_does_not_stand_for_a_greater_one(sources: Path, had: Profile, wanted: Profile, *, enough: bool) -> None:
    assert (lacking(sources, measured(sources, profile=had), profile=wanted) == []) == enough


def test_the_programs_of_a_benchmark_are_every_tier_on_every_runtime_and_gos_tiers() -> None:
    installed = {"cpython-3.14": {"orjson": "3", "msgspec": "0.23"}, "pypy-3.11": {}}
    available, unavailable = selection.programs(CATALOG.benchmark("execution/json"), {"core": installed}, {}, {})
    assert available == [
        "python/standard-library/cpython-3.14",
        "python/standard-library/pypy-3.11",
        "python/native-library/cpython-3.14",
        "python/msgspec/cpython-3.14",
        "go/standard-library",
        "go/library",
        "go/json-v2",
    ]
    assert unavailable == {
        "python/native-library/pypy-3.11": "orjson has no ready-made package for pypy-3.11",
        "python/msgspec/pypy-3.11": "msgspec has no ready-made package for pypy-3.11",
    }


def test_without_permission_to_drop_the_page_cache_its_programs_cannot_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(commands, "DROP_CACHES", tmp_path / "nothing")
    available, unavailable = selection.programs(
        CATALOG.benchmark("execution/start-empty-dropped"), {"core": {"cpython-3.14": {}}}, {}, {}
    )
    assert available == []
    assert unavailable.keys() == {"python/standard-library/cpython-3.14", "go/standard-library"}
    assert all(why.startswith("only root can have the kernel forget files") for why in unavailable.values())


@pytest.mark.parametrize("name", ["execution/function-small", "execution/first-response"])
def test_without_control_groups_what_has_a_quota_cannot_run_and_the_rest_can(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(limits, "missing", lambda wanted: f"no control group with {wanted.words}")
    installed = {"web": {"cpython-3.14": {"fastapi": "0"}}}
    available, unavailable = selection.programs(CATALOG.benchmark(name), installed, {}, {})
    if "quota" in CATALOG.benchmark(name).input:
        assert (available, set(unavailable.values())) == ([], {"no control group with 0.25 CPUs and 128 MiB of memory"})
    else:
        assert (len(available), unavailable) == (4, {})


def test_without_a_c_compiler_what_is_compiled_from_c_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golang, "compiles_c", lambda: False)
    available, unavailable = selection.programs(
        CATALOG.benchmark("execution/sqlite-select"), {"core": {"cpython-3.14": {}}}, {}, {}
    )
    assert available == ["python/standard-library/cpython-3.14", "go/library"]
    assert unavailable == {"go/cgo": "github.com/mattn/go-sqlite3 is compiled from C, and this machine has no C compiler"}


def test_without_a_c_library_what_is_linked_with_it_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golang, "compiles_c", lambda: True)
    monkeypatch.setattr(golang, "links", lambda *names: "openblas" not in names)
    installed = {"core": {"cpython-3.14": {"numpy": "2"}}}
    available, unavailable = selection.programs(CATALOG.benchmark("data/svd-50"), installed, {}, {})
    assert available == ["python/native-library/cpython-3.14", "go/library"]
    (reason,) = unavailable.values()
    assert (
        reason == "gonum.org/v1/netlib is linked with liblapacke and libopenblas, which this machine's C compiler does not find"
    )


def test_without_a_compiler_of_cpp_what_is_linked_with_its_library_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golang, "compiles_c", lambda: True)
    monkeypatch.setattr(golang, "links", lambda *names: "stdc++" not in names)
    installed = {"data": {"cpython-3.14": {"duckdb": "1", "pandas": "3", "polars": "2", "pyarrow": "26"}}}
    _, unavailable = selection.programs(CATALOG.benchmark("data/join"), installed, {}, {})
    assert unavailable == {
        "go/duckdb": "github.com/duckdb/duckdb-go/v2 is linked with libstdc++, which this machine's C compiler does not find"
    }


def test_what_could_not_be_compiled_beforehand_cannot_run() -> None:
    benchmark = CATALOG.benchmark("execution/binary-trees")
    module = benchmark.python["compiled"].module
    extensions = {
        (module, "cpython-3.14"): Extension(failure="no C compiler"),
        (module, "cpython-3.15"): Extension(Path("trees.so")),
    }
    installed: dict[str, dict[str, str]] = {"cpython-3.14": {}, "cpython-3.15": {}, "pypy-3.11": {}}
    available, unavailable = selection.programs(benchmark, {benchmark.requirements: installed}, extensions, {})
    assert "python/compiled/cpython-3.15" in available
    assert unavailable == {
        "python/compiled/cpython-3.14": "no C compiler",
        "python/compiled/pypy-3.11": "mypy has no ready-made package for pypy-3.11",
    }


def test_a_program_whose_library_needs_another_distribution_cannot_run_without_it() -> None:
    installed = {"pypy-3.11": {"pyjwt": "2"}, "cpython-3.14": {"pyjwt": "2", "cryptography": "50"}}
    available, unavailable = selection.programs(CATALOG.benchmark("execution/jwt-rs256"), {"core": installed}, {}, {})
    assert "python/native-library/cpython-3.14" in available
    assert unavailable == {"python/native-library/pypy-3.11": "cryptography has no ready-made package for pypy-3.11"}


def test_distributions_are_compared_without_case() -> None:
    available, _ = selection.programs(CATALOG.benchmark("execution/json"), {"core": {"cpython-3.14": {"OrJSON": "3"}}}, {}, {})
    assert "python/native-library/cpython-3.14" in available


def test_two_specifications_of_one_runtime_are_an_error() -> None:
    with pytest.raises(ToolchainError, match="--python: two specifications give the same runtime, "):
        find_host(ROOT, [sys.executable, sys.executable])


def test_without_a_specification_the_best_interpreter_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "best", lambda: JIT)
    found = find_host(ROOT, [])
    assert (found.interpreters, found.machine) == ((JIT,), machine.machine())


MODEL = Benchmark.model_validate(
    CATALOG.benchmark("data/product-100").model_dump()
    | {
        "requirements": "ml",
        "python": {
            "onnxruntime": {"tier": "native-library", "module": "ml.a", "library": "onnxruntime"},
            "pytorch": {"tier": "native-library", "module": "ml.b", "library": "torch", "requirements": "ml-torch"},
        },
        "go": {"onnxruntime": {"tier": "library", "package": "ml/a", "loads": "onnxruntime"}},
        "headline": {"python": "onnxruntime", "go": "onnxruntime"},
    }
)


def test_a_program_runs_in_the_environment_of_the_requirements_that_it_names() -> None:
    installed = {"ml": {"cpython-3.14": {"onnxruntime": "1"}}, "ml-torch": {"cpython-3.14": {"torch": "2"}}}
    available, unavailable = selection.programs(MODEL, installed, {}, {})
    assert available == ["python/onnxruntime/cpython-3.14", "python/pytorch/cpython-3.14", "go/onnxruntime"]
    assert unavailable == {}


def test_programs_whose_requirements_could_not_be_installed_say_why() -> None:
    installed: dict[str, dict[str, dict[str, str]]] = {
        "ml": {"cpython-3.14": {"onnxruntime": "1"}},
        "ml-torch": {"cpython-3.14": {}},
    }
    available, unavailable = selection.programs(MODEL, installed, {}, {"ml-torch": "failed: refused"})
    assert available == ["python/onnxruntime/cpython-3.14", "go/onnxruntime"]
    assert unavailable == {"python/pytorch/cpython-3.14": "failed: refused"}


def test_without_the_wheel_a_go_program_that_loads_its_shared_library_cannot_run() -> None:
    installed: dict[str, dict[str, dict[str, str]]] = {"ml": {"pypy-3.11": {}}, "ml-torch": {"pypy-3.11": {}}}
    _, unavailable = selection.programs(MODEL, installed, {}, {})
    assert unavailable["go/onnxruntime"] == "it loads the shared library of onnxruntime, which is not installed"
