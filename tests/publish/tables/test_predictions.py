"""What pages say of the fleet model, from made-up results of a mix and its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench.analyse.deployments import ASSUMPTIONS
from scripts.publish.facts.data import SiteData, load
from scripts.publish.facts.phases import servers
from scripts.publish.facts.predictions import predicted
from scripts.publish.style.addresses import Address
from scripts.publish.tables import predictions
from tests import synthetic
from tests.publish import made

WHOLE = next(whole for whole in made.CATALOG.wholes if whole.id == "crud-mix")
MIX = made.CATALOG.benchmark(WHOLE.benchmark)
PARTS = [made.CATALOG.benchmark(part.benchmark) for part in WHOLE.part]
HERE = Address("use-cases/large-systems.md", "https://example.org/site", "https://example.org/repository")
RUN = synthetic.run()
LATER = synthetic.run(id="2026-11-24-testhost-1111111", started=RUN.started + timedelta(hours=2))
TITLES = [server.title for server in servers(MIX)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """Return a site with results of the parts, and of the mix by a later run."""
    results = tmp_path_factory.mktemp("results")
    made.store(results, RUN, [made.served_result(part, RUN, made.rounds(part, RUN, noise=0.0)) for part in PARTS])
    made.store(results, LATER, [made.served_result(MIX, LATER, made.rounds(MIX, LATER, noise=0.0))])
    return load(made.ROOT, results)


def table(site: SiteData) -> str:
    return predictions.table(site, HERE, WHOLE.id)


def test_every_server_of_the_mix_has_a_row_for_each_metric(site: SiteData) -> None:
    rows = [line.split("|")[1].strip() for line in table(site).splitlines() if line.startswith("|")][2:]
    assert rows == [title for title in TITLES for _ in predictions.UNITS]


def test_a_prediction_that_is_close_leaves_the_model_on_and_another_switches_it_off(site: SiteData) -> None:
    servers = list(predicted(site, WHOLE))
    close = [comparison.close for one in servers for comparison in one.comparisons]
    states = [line.split("|")[6].strip() for line in table(site).splitlines() if line.startswith("|")][2:]
    assert [state == "on" for state in states] == close


def test_the_summary_counts_the_predictions(site: SiteData) -> None:
    assert table(site).startswith(f"Of {len(TITLES) * len(predictions.UNITS)} predictions ")


def test_parts_that_were_measured_with_the_whole_are_named(tmp_path: Path) -> None:
    made.store(tmp_path, RUN, [made.served_result(one, RUN, made.rounds(one, RUN, noise=0.0)) for one in (MIX, *PARTS)])
    assert f"The parts were not measured before the whole of: {', '.join(map(str, TITLES))}." in table(load(made.ROOT, tmp_path))


def test_parts_that_were_measured_before_need_no_note(site: SiteData) -> None:
    assert "not measured before" not in table(site)


def test_servers_that_did_not_limit_their_throughput_are_named(site: SiteData, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "had processor time left" not in table(site)
    first, *others = predicted(site, WHOLE)
    monkeypatch.setattr(predictions, "predicted", lambda *_: [replace(first, limits=False), *others])
    assert f" {first.server.title} had processor time left" in table(site)


def test_what_was_not_measured_is_named(tmp_path: Path) -> None:
    made.store(tmp_path, RUN, [made.served_result(part, RUN, made.rounds(part, RUN, noise=0.0)) for part in PARTS])
    assert f"not measured: {MIX.id}" in table(load(made.ROOT, tmp_path))


def test_a_whole_that_does_not_exist_is_refused_with_those_that_do(site: SiteData) -> None:
    with pytest.raises(KeyError, match="crud-mix"):
        predictions.table(site, HERE, "gopher")


def test_every_assumption_is_printed() -> None:
    assert predictions.assumptions().count("\n") == len(ASSUMPTIONS) - 1


def test_the_example_has_a_row_for_each_server_and_load(site: SiteData) -> None:
    rows = [line for line in predictions.example(site, WHOLE.id).splitlines() if line.startswith("|")][2:]
    assert len(rows) == len(TITLES) * len(predictions.LOADS)


def test_a_fleet_is_not_shown_where_the_model_is_switched_off(site: SiteData) -> None:
    off = {str(one.server.title) for one in predicted(site, WHOLE) if not all(comparison.close for comparison in one.comparisons)}
    rows = [line for line in predictions.example(site, WHOLE.id).splitlines() if line.startswith("|")][2:]
    assert {row.split("|")[1].strip() for row in rows if "switched off" in row} == off
