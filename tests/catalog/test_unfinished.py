from __future__ import annotations

from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.catalog.unfinished import MARK, concerning, unfinished
from tests.cataloged import CATALOG

ENTRY = f"""[[benchmark]]
id = "execution/count"
title = "{MARK}: two words"
input = {{ n = 1000 }} # {MARK}: the arguments
[benchmark.check]
answer = ["{MARK}: the answer"]
[[benchmark]]
id = "execution/more"
"""


def written(root: Path, name: str, text: str) -> Path:
    (root / name).parent.mkdir(parents=True)
    (root / name).write_text(text, encoding="utf-8")
    return root


def test_nothing_of_the_project_is_unfinished() -> None:
    assert unfinished(ROOT) == []


def test_a_place_in_an_entry_is_named_by_line_entry_and_key(tmp_path: Path) -> None:
    assert unfinished(written(tmp_path, "bench/catalog/execution.toml", ENTRY)) == [
        "bench/catalog/execution.toml:3: execution/count: title: to be filled in: two words",
        "bench/catalog/execution.toml:4: execution/count: input: to be filled in: the arguments",
        "bench/catalog/execution.toml:6: execution/count: check.answer: to be filled in: the answer",
    ]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("bench/workloads/execution/count.py", f'"""{MARK}: what it does."""'),
        ("go_examples/execution/count/count.go", f'	panic("{MARK}: what it does.")'),
        ("docs/performance/memory.md", f"**Why.** {MARK}: what it does."),
    ],
)
def test_a_place_in_a_program_or_page_is_named_by_line(tmp_path: Path, name: str, line: str) -> None:
    assert unfinished(written(tmp_path, name, f"\n{line}\n")) == [f"{name}:2: to be filled in: what it does."]


def test_a_record_of_a_decision_may_speak_of_the_mark(tmp_path: Path) -> None:
    assert unfinished(written(tmp_path, "docs/decisions/skeletons.md", f"`{MARK}: what`")) == []


@pytest.mark.parametrize(
    "name", ["docs/data/raw/execution--count.json", "docs/data/search.txt", "bench/workloads/execution/__pycache__/count.txt"]
)
def test_what_is_generated_is_not_read(tmp_path: Path, name: str) -> None:
    assert unfinished(written(tmp_path, name, f"{MARK}: what")) == []


def test_a_page_beside_the_generated_data_is_read(tmp_path: Path) -> None:
    assert unfinished(written(tmp_path, "docs/database.md", f"{MARK}: what")) == ["docs/database.md:1: to be filled in: what"]


def test_what_is_not_text_is_not_read(tmp_path: Path) -> None:
    root = written(tmp_path, "go_examples/count", "")
    (root / "go_examples/count").write_bytes(b"\x7fELF\xff" + f"{MARK}: what".encode())
    assert unfinished(root) == []


def test_a_long_line_is_cut(tmp_path: Path) -> None:
    (place,) = unfinished(written(tmp_path, "docs/memory.md", f"{MARK}: {'word ' * 200}"))
    assert place.endswith("word ...")
    assert len(place) < 170


@pytest.mark.parametrize(
    ("benchmark_id", "place"),
    [
        ("execution/fib", "bench/catalog/execution.toml:3: execution/fib: title: to be filled in: what"),
        ("execution/fib", "bench/workloads/execution/fib.py:3: to be filled in: what"),
        ("execution/fib", "go_examples/execution/fib/fib.go:3: to be filled in: what"),
        ("web/json", "bench/catalog/web.toml:3: flask: arguments: to be filled in: what"),
        ("web/json", "bench/workloads/web/flask/__init__.py:1: to be filled in: what"),
    ],
)
def test_a_place_in_entry_or_program_concerns_its_benchmark_alone(benchmark_id: str, place: str) -> None:
    assert concerning(CATALOG.benchmark(benchmark_id), [place]) == [place]
    assert concerning(CATALOG.benchmark("execution/fannkuch-redux"), [place]) == []


def test_a_place_of_a_page_keeps_nothing_from_being_measured() -> None:
    place = f"docs/{CATALOG.benchmark('execution/fib').page}.md:3: to be filled in: what"
    assert concerning(CATALOG.benchmark("execution/fib"), [place]) == []
