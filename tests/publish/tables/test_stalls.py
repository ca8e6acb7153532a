"""The table of what a stall did to each chain, from made-up results."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.publish.facts.data import load
from scripts.publish.facts.phases import servers
from scripts.publish.tables import stalls
from tests import synthetic
from tests.publish import made

ENTRY = made.CATALOG.benchmark("services/chain-stall")
RUN = synthetic.run()


def rows(results: Path) -> dict[str, list[str]]:
    """Return the cells of each chain by its title."""
    lines = stalls.table(load(made.ROOT, results), ENTRY.id).splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {title: rest for title, *rest in cells}


@pytest.fixture
def measured(tmp_path: Path) -> dict[str, list[str]]:
    made.store(tmp_path, RUN, [made.served_result(ENTRY, RUN, made.rounds(ENTRY, RUN, noise=0.0))])
    return rows(tmp_path)


def test_every_chain_has_a_row(measured: dict[str, list[str]]) -> None:
    assert list(measured) == [server.title for server in servers(ENTRY)]


def test_what_failed_stands_beside_what_was_sent(measured: dict[str, list[str]]) -> None:
    rate = int(ENTRY.input["rate"])
    assert {failed for _, failed, _ in measured.values()} == {f"{2 * rate:,} ({2 * rate:,} to {2 * rate:,}) of {10 * rate:,}"}


def test_recovery_counts_from_the_beginning_of_the_stall(measured: dict[str, list[str]]) -> None:
    assert all(float(back.split()[0]) > 2 for _, _, back in measured.values())


def test_a_chain_that_was_not_measured_says_so(tmp_path: Path) -> None:
    assert {before for before, *_ in rows(tmp_path).values()} == {"not measured"}
