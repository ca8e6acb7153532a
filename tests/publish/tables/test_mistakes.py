from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.catalog.mistakes import FILE, digest, load_mistakes, service_files
from bench.records.mistakes import Outcome, Tool, save
from scripts.publish.facts.data import SiteData
from scripts.publish.style.addresses import Address
from scripts.publish.tables import mistakes
from tests.mistaken import record

HERE = Address("ease-of-use/mistakes.md", "https://site.example/python-or-go", "https://code.example/python-or-go")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the mistakes and their service, and a record of two of them."""
    folder = tmp_path_factory.mktemp("mistakes")
    for path in (ROOT / FILE, *service_files(ROOT, "python"), *service_files(ROOT, "go")):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    save(folder / "bench" / "results", record(digest(folder)), "vm")
    return folder


@pytest.fixture
def site(empty: SiteData, root: Path) -> SiteData:
    """A site whose record has two mistakes."""
    return replace(empty, root=root)


@pytest.fixture
def with_more_rules(empty: SiteData, root: Path, tmp_path: Path) -> SiteData:
    """A site whose record has the linter with all its rules as well, which catches what only a test caught."""
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    linter = Tool(name="ruff ALL", language="python", version="ruff 0.17", command="ruff check", tests=False)
    outcome = Outcome(mistake="staus", tool="ruff ALL", result="caught", line="service.py:1:1: N999")
    before = record(digest(root))
    later = {"tools": (*before.tools, linter), "outcomes": (*before.outcomes, outcome)}
    save(tmp_path / "bench" / "results", before.model_copy(update=later), "vm")
    return replace(empty, root=tmp_path)


def test_the_finding_counts_what_is_caught_before_a_test_by_the_tests_and_by_nobody(site: SiteData) -> None:
    assert mistakes.finding(site).splitlines() == [
        "- **Python:** 1 of 2 are caught before a test runs (mypy --strict 1), 1 more by the tests, 0 by nobody.",
        "- **Go:** 1 of 2 are caught before a test runs (go build 1), 0 more by the tests, 1 by nobody.",
        "- **Before a test runs:** 1 in both languages, 0 in Python alone, 0 in Go alone.",
    ]


def test_the_short_form_counts_what_is_caught_before_a_test(with_more_rules: SiteData) -> None:
    assert mistakes.early(with_more_rules) == "1 of 2 in Python, 1 in Go"


def test_the_finding_begins_with_what_the_languages_catch_alone(empty: SiteData, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    before = record(digest(root))
    python = Tool(name="python", language="python", version="Python 3.14", command="python -c", tests=False)
    save(tmp_path / "bench" / "results", before.model_copy(update={"tools": (python, *before.tools)}), "vm")
    first = mistakes.finding(replace(empty, root=tmp_path)).splitlines()[0]
    assert first == (
        "- **The language alone:** of 2, Python catches 0 where it imports the program, and Go 1 where it compiles it."
    )


def test_a_linter_beyond_its_defaults_is_counted_apart(with_more_rules: SiteData) -> None:
    lines = mistakes.finding(with_more_rules).splitlines()
    assert lines[0] == "- **Python:** 1 of 2 are caught before a test runs (mypy --strict 1), 1 more by the tests, 0 by nobody."
    assert lines[-1] == "- **With `ruff ALL` as well:** 2 of 2 in Python are caught before a test runs, and 0 by nobody."


def test_the_sums_of_kinds_leave_out_a_linter_beyond_its_defaults(with_more_rules: SiteData) -> None:
    python = mistakes.by_kind(with_more_rules).split("\n\n")[1].splitlines()
    assert python[0] == "| Kind | Mistakes | before a test | nobody | mypy --strict | pytest | ruff ALL |"
    assert python[2] == "| Misspelt attribute | 2 | 1 | 0 | 1 | 2 | 1 |"


def test_the_kinds_are_counted_by_tool(site: SiteData) -> None:
    python, go = (part.splitlines() for part in mistakes.by_kind(site).split("\n\n")[1::2])
    assert python[0] == "| Kind | Mistakes | before a test | nobody | mypy --strict | pytest |"
    assert python[2] == "| Misspelt attribute | 2 | 1 | 0 | 1 | 2 |"
    assert go[-1] == "| All | 2 | 1 | 1 | 1 | 0 | not run |"


def test_every_mistake_has_its_catchers_and_what_the_first_said(site: SiteData) -> None:
    shown = mistakes.every(site)
    assert "All 2 mistakes" in shown
    assert "mypy --strict, pytest<br><code>orders.py:1: error:" in shown
    assert "**nobody**" in shown


def test_what_a_tool_printed_is_harmless(site: SiteData) -> None:
    assert "<b>" not in mistakes.every(site)


def test_a_tool_that_was_not_run_has_its_reason(site: SiteData) -> None:
    assert mistakes.settings(site).splitlines()[-1].endswith("| no C compiler |")


def test_every_kind_has_its_place_in_the_taxonomy(site: SiteData) -> None:
    shown = mistakes.taxonomy(site)
    assert [kind.title for kind in load_mistakes(ROOT).kinds if f"| {kind.title} |" not in shown] == []


def test_a_record_of_what_is_here_is_not_called_old(site: SiteData) -> None:
    assert "changed since" not in mistakes.provenance(site, HERE)


def test_a_record_of_what_has_changed_says_so(site: SiteData) -> None:
    path = site.root / FILE
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    assert "have changed since" in mistakes.provenance(site, HERE)
    path.write_bytes(before)


@pytest.mark.parametrize("shown", [mistakes.finding, mistakes.early, mistakes.by_kind, mistakes.every, mistakes.settings])
def test_without_a_record_the_command_is_named(shown: object, empty: SiteData, tmp_path: Path) -> None:
    assert callable(shown)
    assert shown(replace(empty, root=tmp_path)) == mistakes.NOT_RUN
