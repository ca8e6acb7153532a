"""What `new` writes and what `check` then says, as a contributor meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.catalog.skeletons import Edit
from scripts.command_line.console import CliError
from scripts.command_line.new import write_all
from tests.build.commands import build, error, succeeded

BENCHMARK = ("new", "benchmark", "execution/made-up", "--page", "performance/data-in-memory")
NBODY_TEST = "go_examples/execution/nbody/nbody_test.go"


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def replace(path: Path, old: str, new: str) -> None:
    """Change the first place in a file that has a text."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", ["benchmark", "variant", "server"])
def test_help_teaches_with_an_example(untouched: Path, name: str) -> None:
    assert f"\n  build.py new {name} " in succeeded(build(untouched, "new", name, "--help")).stdout


def test_a_new_benchmark_fails_the_check_until_it_is_filled_in(copied: Path) -> None:
    written = [line.split()[-1] for line in succeeded(build(copied, *BENCHMARK)).stdout.splitlines() if line.startswith("wrote")]
    places = error(build(copied, "check")).splitlines()
    assert all(": to be filled in: " in place for place in places)
    named = {place.partition(":")[0] for place in places}
    assert {path for path in written if not path.endswith("_test.go")} <= named
    assert named - set(written) == {"bench/catalog/execution.toml", "docs/performance/data-in-memory.md"}


def test_what_is_refused_leaves_no_file(copied: Path) -> None:
    before = files(copied)
    assert "there is such a benchmark already" in error(build(copied, "new", "benchmark", "execution/n-body"))
    assert files(copied) == before


def test_a_test_that_is_missing_is_written_again(copied: Path) -> None:
    path = copied / NBODY_TEST
    before = path.read_bytes()
    path.unlink()
    assert error(build(copied, "check")) == f"{NBODY_TEST}: is missing: run scripts/build.py new go-tests"
    assert succeeded(build(copied, "new", "go-tests")).stdout == f"wrote {NBODY_TEST}\n"
    assert path.read_bytes() == before


def test_check_names_all_that_is_missing_at_once(copied: Path) -> None:
    (copied / NBODY_TEST).unlink()
    replace(copied / "bench/catalog/execution.toml", '"performance/data-in-memory"', '"performance/data-in-memry"')
    replace(copied / "bench/catalog/execution.toml", 'better = "lower"', 'better = "less"')
    replace(copied / "docs/performance/memory.md", 'heading("memory/task")', 'question("memory/task")')
    said = error(build(copied, "check"))
    assert len(said.splitlines()) == 4
    for place in ("better: ", "nbody_test.go: is missing", "did you mean performance/data-in-memory", "task has no section"):
        assert place in said


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("before", encoding="utf-8")
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    before = files(tmp_path)
    edits = [Edit("page.md", "after", new=False), Edit("new/one.py", "", new=True), Edit("file/two.py", "", new=True)]
    with pytest.raises(CliError, match="nothing was written"):
        write_all(edits, tmp_path)
    assert files(tmp_path) == before
    assert not (tmp_path / "new").exists()
