"""Dependencies are pinned, have a reason, and are locked with hashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from tests.repository.files import requirements

SOURCES = [ROOT / "requirements.in", ROOT / ".ci" / "citation.in", *sorted((ROOT / "bench" / "requirements").glob("*.in"))]
each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)(?= |$)", re.MULTILINE)


def test_the_comment_above_a_requirement_is_its_reason() -> None:
    text = "# Of the whole.\n\n# For old.\na==1 ; old\na==2 ; new\nb==2\n"
    assert requirements(text) == {"a": "For old.", "b": ""}


@each_source
def test_every_requirement_has_a_reason(source: Path) -> None:
    assert [name for name, reason in requirements(source.read_text(encoding="utf-8")).items() if not reason.endswith(".")] == []


@each_source
def test_every_requirement_is_pinned_and_locked_at_that_version(source: Path) -> None:
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    locked = PIN.findall(source.with_suffix(".txt").read_text(encoding="utf-8"))
    assert [line for line in lines if PIN.findall(line)[:1] not in [[pin] for pin in locked]] == []


@each_source
def test_every_locked_version_has_a_hash(source: Path) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", source.with_suffix(".txt").read_text(encoding="utf-8"))
    assert [entry.partition(" ")[0] for entry in entries if PIN.match(entry) and "--hash=sha256:" not in entry] == []


def test_both_languages_have_one_version_of_duckdb() -> None:
    """Go's driver has the engine's version as two digits each in its own: v2.10506.0 has 1.5.6."""
    pins = dict(PIN.findall((ROOT / "bench" / "requirements" / "data.in").read_text(encoding="utf-8")))
    major, minor, patch = map(int, pins["duckdb"].split("."))
    module = (ROOT / "go_examples" / "go.mod").read_text(encoding="utf-8")
    assert f"github.com/duckdb/duckdb-go/v2 v2.{major}{minor:02}{patch:02}." in module


def test_a_lock_names_no_host() -> None:
    assert [source.name for source in SOURCES if "://" in source.with_suffix(".txt").read_text(encoding="utf-8")] == []
