from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.records.prototyping import save
from scripts.publish.facts.data import SiteData
from scripts.publish.style.addresses import Address
from scripts.publish.tables import prototyping
from tests.prototyped import record

HERE = Address("ease-of-use/python.md", "https://site.example/python-or-go", "https://code.example/python-or-go")


def test_each_pair_of_steps_has_its_medians_and_its_ratio(empty: SiteData, tmp_path: Path) -> None:
    save(tmp_path / "bench" / "results", record(), "vm")
    row = prototyping.table(replace(empty, root=tmp_path), HERE).splitlines()[2]
    assert "| Edit to answer, warm | uvicorn: 1 s | air: 2 s | 0.5" in row


def test_what_was_downloaded_is_told_of_each_side(empty: SiteData, tmp_path: Path) -> None:
    save(tmp_path / "bench" / "results", record(), "vm")
    assert "1.0 MB for Python and 2.0 MB for Go" in prototyping.table(replace(empty, root=tmp_path), HERE)


def test_without_a_record_the_command_is_named(empty: SiteData, tmp_path: Path) -> None:
    assert prototyping.table(replace(empty, root=tmp_path), HERE) == prototyping.NOT_TIMED


def test_a_record_with_too_few_rounds_for_an_interval_is_no_measurement(empty: SiteData, tmp_path: Path) -> None:
    save(tmp_path / "bench" / "results", record(rounds=1), "vm")
    assert prototyping.table(replace(empty, root=tmp_path), HERE) == prototyping.NOT_TIMED
