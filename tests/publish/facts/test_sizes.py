"""What is counted of source code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measure.host.golang import ToolchainError
from scripts.publish.facts import sources
from scripts.publish.facts.sizes import ProgramSize, Size, compare, python_size
from tests.publish import made

ONE = made.CATALOG.model_copy(update={"benchmarks": (made.CATALOG.benchmark("execution/n-body"),)})
DELEGATES = re.compile(r"^func [Rr]un\([^\n]*\{\s+(?:return )?(\w+)\.\w+\([^\n]*\)\s*\}", re.MULTILINE)
"""A program that is one call of another package."""


def size(**numbers: int) -> ProgramSize:
    return ProgramSize(**{"lines": 1, "tokens": 1, "branches": 0, "handling": 0, "compressed": 1} | numbers)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = 1\n", 1),
        ("x = (\n    1\n)\n", 1),
        ("x = 1; y = 2\n", 2),
        ('"""What it is."""\n\nx = 1  # so\n', 1),
        ('def f():\n    """What it does."""\n    return 1\n', 2),
        ("class A:\n    x: int\n    y: int\n", 3),
        ("try:\n    f()\nexcept E:\n    g()\nelse:\n    h()\n", 5),
        ("match x:\n    case 1:\n        f()\n    case _:\n        g()\n", 5),
    ],
)
def test_logical_lines_are_statements_and_clauses(source: str, lines: int) -> None:
    assert python_size(source).lines == lines


@pytest.mark.parametrize(
    ("source", "tokens"),
    [
        ("x = 1\n", 3),
        ("x = 1  # so\n\n", 3),
        ('"""What it is."""\nx = 1\n', 3),
        ("if x:\n    f()\n", 6),
        ('x = "a"\n', 3),
        ("x = f\"a {y + 1} {f'{z}'}\"\n", 3),
    ],
)
def test_tokens_are_what_is_written_but_for_layout(source: str, tokens: int) -> None:
    assert python_size(source).tokens == tokens


@pytest.mark.parametrize(
    ("source", "branches"),
    [
        ("x = 1\n", 0),
        ("if x:\n    f()\nelif y:\n    g()\nelse:\n    h()\n", 2),
        ("if x and y and z:\n    f()\n", 3),
        ("while x:\n    f()\n", 1),
        ("x = [y for y in z if y]\n", 2),
        ("x = 1 if y else 2\n", 1),
        ("try:\n    f()\nexcept E:\n    g()\n", 1),
        ("match x:\n    case 1:\n        f()\n    case _:\n        g()\n", 1),
    ],
)
def test_branches_are_decision_points(source: str, branches: int) -> None:
    assert python_size(source).branches == branches


@pytest.mark.parametrize(
    ("source", "handling"),
    [
        ("f()\n", 0),
        ("raise E\n", 1),
        ("try:\n    f()\n    g()\nexcept E:\n    if x:\n        h()\n", 4),
        ("try:\n    f()\nfinally:\n    g()\n", 2),
        ("try:\n    f()\nexcept E:\n    pass\nelse:\n    g()\n", 3),
    ],
)
def test_error_handling_is_what_only_errors_need(source: str, handling: int) -> None:
    assert python_size(source).handling == handling


@given(
    st.lists(
        st.sampled_from(["x = 1", "if x and y:\n    f()", "try:\n    f()\nexcept E:\n    raise", 'x = """a\nb"""']), min_size=1
    )
)
def test_the_size_of_a_program_is_the_sum_of_its_parts(parts: list[str]) -> None:
    whole = python_size("\n".join(parts) + "\n")
    counted = [python_size(f"{part}\n") for part in parts]
    assert whole == Size(*(sum(getattr(part, name) for part in counted) for name in ("lines", "tokens", "branches", "handling")))


@given(st.lists(st.sampled_from(["x = 1", "if x:\n    f()", "def f():\n    return 1"]), min_size=1))
def test_blank_lines_and_comments_change_nothing(parts: list[str]) -> None:
    assert python_size("\n\n# so\n\n".join(parts) + "\n") == python_size("\n".join(parts) + "\n")


def test_no_more_lines_handle_errors_than_there_are() -> None:
    for path in (made.ROOT / "bench" / "workloads").rglob("*.py"):
        counted = python_size(path.read_text(encoding="utf-8"))
        assert counted.handling <= counted.lines <= counted.tokens, path


def test_a_ratio_is_gos_number_over_pythons() -> None:
    compared = compare([(size(lines=10), size(lines=20))] * 7, lambda one: one.lines)
    assert compared is not None
    assert (compared.ratio, compared.pairs, compared.smaller_in_python, compared.smaller_in_go) == (2, 7, 7, 0)


def test_a_pair_without_any_is_left_out() -> None:
    compared = compare([(size(branches=1), size(branches=1))] * 6 + [(size(), size(branches=5))], lambda one: one.branches)
    assert compared is not None
    assert compared.pairs == 6


def test_too_few_pairs_have_no_comparison() -> None:
    assert compare([(size(), size())] * 5, lambda one: one.lines) is None


@pytest.fixture(scope="module")
def own() -> dict[str, list[str]]:
    """Program -> the files that count for it."""
    files = sources.program_files(made.CATALOG, made.ROOT)
    return {program: [file.relative_to(made.ROOT).as_posix() for file in parted.own] for program, parted in files.items()}


def test_the_sources_of_a_program_have_no_tests_no_generated_code_and_nothing_of_the_harness(own: dict[str, list[str]]) -> None:
    names = {name for files in own.values() for name in files}
    assert not [name for name in names if name.endswith(("_test.go", "_pb2.py", ".pb.go")) or "/harness/" in name]
    assert "bench/workloads/case.py" not in names
    assert {"bench/workloads/execution/n_body.py", "go_examples/execution/nbody/nbody.go"} <= names


def test_what_several_programs_of_one_question_import_counts_for_each(own: dict[str, list[str]]) -> None:
    shared = "go_examples/internal/columns/columns.go"
    assert all(shared in own[f"go_examples/data/{name}"] for name in ("filtercsvarrow", "filterparquetarrow"))


def test_what_programs_of_several_questions_import_counts_for_none(own: dict[str, list[str]]) -> None:
    shared = ("go_examples/internal/tables/tables.go", "bench/workloads/data/files.py")
    assert not [program for program, files in own.items() if {*files} & {*shared}]


def test_no_headlines_go_program_leaves_its_work_to_a_package_that_does_not_count(own: dict[str, list[str]]) -> None:
    left = {}
    for benchmark in made.CATALOG.benchmarks:
        files = own[benchmark.go[benchmark.headline.go].path]
        counted = {file.split("/")[-2] for file in files}
        text = "\n".join((made.ROOT / file).read_text(encoding="utf-8") for file in files)
        packages = [package for package in DELEGATES.findall(text) if package not in counted]
        if benchmark.overview and packages:
            left[benchmark.id] = packages
    assert not left


def test_a_web_server_has_no_files_of_one_that_queries_the_database_in_another_way(own: dict[str, list[str]]) -> None:
    assert "bench/workloads/web/fastapi/orm.py" not in own["bench/workloads/web/fastapi/app.py"]
    of_django = {Path(file).stem for file in own["bench/workloads/web/django/views.py"]}
    assert not [name for name in of_django if name.startswith(("async_", "cursor_"))]


def test_a_web_server_has_the_files_that_its_settings_name(own: dict[str, list[str]]) -> None:
    of_django = {Path(file).stem for file in own["bench/workloads/web/django/views.py"]}
    assert {"forms", "models", "settings", "urls", "views", "wsgi"} <= of_django


@pytest.fixture(scope="module")
def counted() -> sources.SourceSizes:
    """The sizes of all headlines and servers."""
    return sources.source_sizes(made.CATALOG, made.ROOT)


def test_every_headline_that_is_like_with_like_has_a_size_or_is_left_out(counted: sources.SourceSizes) -> None:
    sized = [b.python[b.headline.python].path for b in (pair.benchmark for pair in counted.pairs)]
    left_out = {b.python[b.headline.python].path for b in counted.left_out}
    assert len({*sized}) == len(sized)
    assert {*sized} | left_out == {b.python[b.headline.python].path for b in made.CATALOG.benchmarks if b.overview}
    assert all(pair.go.lines > 0 for pair in counted.pairs)


def test_a_pair_that_starts_the_programs_of_another_question_is_left_out(counted: sources.SourceSizes) -> None:
    left_out = {benchmark.id for benchmark in counted.left_out}
    assert {"data/memory", "data/memory-streaming"} <= left_out
    assert not left_out & {"data/group-by", "data/group-by-all-cpus"}


def test_where_reading_is_a_part_of_the_question_a_pair_without_the_reader_is_left_out(counted: sources.SourceSizes) -> None:
    left_out = {benchmark.id for benchmark in counted.left_out}
    assert "data/memory-small" in left_out
    assert not left_out & {"data/sort", "data/start"}


def test_a_server_is_counted_by_the_program_that_has_all_endpoints(counted: sources.SourceSizes) -> None:
    files = sources.program_files(made.CATALOG, made.ROOT)
    for one in counted.servers:
        entry = made.CATALOG.benchmark("web/json")
        program = (entry.python if one.server.language == "python" else entry.go)[one.server.name]
        lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files[program.path].own)
        assert one.size.lines <= lines < 10 * one.size.lines, one.server.name


def test_servers_that_differ_in_their_data_access_alone_count_once(counted: sources.SourceSizes) -> None:
    names = [one.server.name for one in counted.servers]
    assert {"django", "fastapi", "flask", "gin", "echo", "net-http"} <= {*names}
    assert not {"django-granian", "django-cursor", "fastapi-sqlalchemy", "gin-gorm"} & {*names}


def test_without_a_toolchain_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "CACHE", tmp_path / "sizes.json")
    monkeypatch.setattr("bench.measure.host.golang.sys.executable", str(tmp_path / "python"))
    with pytest.raises(ToolchainError, match="Go toolchain is missing"):
        sources.source_sizes(ONE, made.ROOT)


def test_what_is_kept_and_damaged_is_counted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "CACHE", tmp_path / "sizes.json")
    before = sources.source_sizes(ONE, made.ROOT)
    (tmp_path / "sizes.json").write_text('{"a": {"lines": ', encoding="utf-8")
    assert sources.source_sizes(ONE, made.ROOT) == before


def test_a_server_needs_no_less_in_all_than_directly() -> None:
    needs = sources.needs(made.CATALOG, made.ROOT)
    assert [need.server for need in needs] == list(made.CATALOG.servers)
    assert all(0 < need.direct <= need.all for need in needs)
