"""What pages say of the simulation, from made-up results and a made-up record of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench.analyse.predictions import LIMIT
from bench.records.files import ResultError
from bench.records.simulation import FOLDER, SimulationRecord, save
from scripts.publish.facts import simulation as facts
from scripts.publish.facts.data import SiteData, load
from scripts.publish.facts.predictions import distance_of
from scripts.publish.facts.simulation import CHANGED, MIX, NOT_SIMULATED, ONE, TWO
from scripts.publish.style.addresses import Address
from scripts.publish.tables import simulation
from scripts.publish.tables.simulation import NOT_RUN, OFF, UNCHECKED
from tests import simulated, synthetic
from tests.publish import made

HERE = Address("use-cases/large-systems.md", "https://example.org/site", "https://example.org/repository")
WHOLE = next(whole for whole in made.CATALOG.wholes if whole.id == MIX)
NEEDED = [made.CATALOG.benchmark(id_) for id_ in (*(part.benchmark for part in WHOLE.part), ONE, TWO)]
RUN = synthetic.run()
FLEETS = ("undisturbed", "stall", "deploy")
FASTAPI = "python/fastapi/cpython-3.14"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return results of everything that a simulation needs."""
    folder = tmp_path_factory.mktemp("results")
    made.store(folder, RUN, [made.served_result(one, RUN, made.rounds(one, RUN, noise=0.0)) for one in NEEDED])
    return folder


@pytest.fixture(scope="module")
def measured(results: Path) -> SiteData:
    return load(made.ROOT, results)


def recorded(site: SiteData, off: Mapping[str, float] | None = None) -> SimulationRecord:
    """Return a record of the site's results whose checks are what was measured, or as many times as much, of some programs."""
    checks = []
    for one in facts.checks(site):
        assert one.subject is not None
        program, sources, times = one.subject.program, one.subject.sources, (off or {}).get(one.subject.program, 1.0)
        p50, p99 = (c.measured.value * times for c in facts.comparisons(site, simulated.check(program, sources)))
        checks.append(simulated.check(program, sources, p50, p99))
    subjects = [one.subject for one in facts.fleets(site)]
    return simulated.record(tuple(checks), tuple(simulated.fleet(one.program, one.sources) for one in subjects if one))


def shown(site: SiteData, root: Path, record: SimulationRecord) -> SiteData:
    """Return the site with a record in its folder."""
    save(root / "bench" / "results", record, date(2026, 11, 30))
    return replace(site, root=root)


def rows(markdown: str) -> list[list[str]]:
    """Return the cells of a table, without its head."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in markdown.splitlines() if line.startswith("|")][2:]


def of(markdown: str, title: str) -> list[list[str]]:
    """Return the rows of one server."""
    return [row[1:] for row in rows(markdown) if row[0] == title]


def test_every_server_that_is_needed_can_be_simulated(measured: SiteData) -> None:
    assert facts.lacking(measured) == []
    assert [one.missing for one in (*facts.checks(measured), *facts.fleets(measured)) if one.subject is None] == []


def test_requests_of_a_mix_are_as_far_from_the_database_as_it_is(measured: SiteData) -> None:
    part = made.CATALOG.benchmark(WHOLE.part[0].benchmark)
    assert distance_of(part) == distance_of(made.CATALOG.benchmark(WHOLE.benchmark)) > 0
    subject = next(one.subject for one in facts.fleets(measured))
    assert subject is not None
    assert min(request.elsewhere for request in subject.requests) > 0


def test_the_check_is_first_and_counts_what_is_close(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, recorded(measured))
    text = simulation.table(site, HERE, "check")
    count = 2 * len(list(facts.checks(measured)))
    assert text.startswith(f"Of {count} percentiles {count} are within 15 % of what was measured.\n\n|")
    assert {row[5] for row in rows(text)} == {"on"}


def test_a_check_that_misses_is_said_in_words_and_switched_off(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, recorded(measured, {FASTAPI: 1 + 2 * LIMIT}))
    text = simulation.table(site, HERE, "check")
    assert "**The simulation misses by more than 15 %:** " in text
    assert "(p50 +30%)" in text
    assert sum(row[5].startswith(OFF) for row in rows(text)) == 2


def test_response_times_are_switched_off_where_the_check_of_the_same_name_misses(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, recorded(measured, {FASTAPI: 1 + 2 * LIMIT}))
    title = str(made.CATALOG.benchmark(WHOLE.benchmark).python["fastapi"].title)
    assert of(simulation.table(site, HERE, "undisturbed"), title) == [["25,000", OFF, OFF]]
    assert of(simulation.table(site, HERE, "stall"), title)[0] == ["by chance", OFF, "1.25 %", "3.9 s"]
    assert of(simulation.table(site, HERE, "deploy"), title)[1] == ["10", OFF, "9.50 s"]


def test_response_times_are_shown_where_the_check_is_close(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, recorded(measured))
    title = str(made.CATALOG.benchmark(WHOLE.benchmark).python["fastapi"].title)
    assert of(simulation.table(site, HERE, "undisturbed"), title) == [["25,000", "2.00 ms", "6.00 ms"]]
    assert of(simulation.table(site, HERE, "stall"), title)[1] == ["to the fewest under way", "7.00 ms", "0 %", "never away"]


def test_a_server_without_a_namesake_in_the_check_is_not_checked(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, recorded(measured))
    title = str(made.CATALOG.benchmark(WHOLE.benchmark).go["gorm"].title)
    assert of(simulation.table(site, HERE, "undisturbed"), title) == [["25,000", UNCHECKED, UNCHECKED]]


@pytest.mark.parametrize("what", ["check", *FLEETS])
def test_of_results_that_have_changed_since_nothing_is_shown(what: str, measured: SiteData, tmp_path: Path) -> None:
    before = recorded(measured)
    other = (simulated.SOURCE,)
    checks = tuple(one.model_copy(update={"sources": other}) for one in before.checks)
    fleets = tuple(one.model_copy(update={"sources": other}) for one in before.fleets)
    site = shown(measured, tmp_path, simulated.record(checks, fleets))
    assert {row[1] for row in rows(simulation.table(site, HERE, what))} == {CHANGED}


@pytest.mark.parametrize("what", ["check", *FLEETS])
def test_a_server_that_the_record_lacks_was_not_simulated(what: str, measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, simulated.record((), ()))
    assert {row[1] for row in rows(simulation.table(site, HERE, what))} == {NOT_SIMULATED}


@pytest.mark.parametrize("what", ["check", *FLEETS])
def test_of_what_is_not_published_any_more_nothing_is_shown(
    what: str, measured: SiteData, empty: SiteData, tmp_path: Path
) -> None:
    site = replace(shown(measured, tmp_path, recorded(measured)), published=empty.published)
    assert {row[1].partition(":")[0] for row in rows(simulation.table(site, HERE, what))} == {"not measured"}


def test_every_table_says_that_it_is_simulated(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, recorded(measured))
    heads = [simulation.table(site, HERE, what).partition("\n| ---")[0].splitlines()[-1] for what in ("check", *FLEETS)]
    assert [head for head in heads if "imulated" not in head] == []


def test_the_record_names_its_runs(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, recorded(measured))
    assert RUN.id in simulation.table(site, HERE, "record")


@pytest.mark.parametrize("what", ["check", *FLEETS, "record"])
def test_without_a_record_the_command_is_named(what: str, empty: SiteData, tmp_path: Path) -> None:
    assert simulation.table(replace(empty, root=tmp_path), HERE, what) == NOT_RUN


def test_a_table_that_does_not_exist_is_refused_with_those_that_do(empty: SiteData) -> None:
    with pytest.raises(KeyError, match=r"gopher.*undisturbed"):
        simulation.table(empty, HERE, "gopher")


def test_a_hostile_record_ends_the_build_with_file_and_key(measured: SiteData, tmp_path: Path) -> None:
    site = shown(measured, tmp_path, simulated.record())
    (path,) = (tmp_path / "bench" / "results" / FOLDER).glob("*.json")
    path.write_text(path.read_text(encoding="utf-8").replace(FASTAPI, "<script>"), encoding="utf-8")
    with pytest.raises(ResultError, match=r"2026-11-30\.json: checks\.0\.program: "):
        simulation.table(site, HERE, "check")
