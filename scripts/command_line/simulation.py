"""The command that simulates what one machine cannot show, and writes down what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import click

from bench.analyse import scenarios
from bench.analyse.scenarios import Subject
from bench.analyse.simulation import Scenario, Simulated, simulate
from bench.records import simulation as records
from bench.records.files import ResultError
from bench.records.simulation import SimulationRecord
from scripts.command_line import project
from scripts.command_line.console import CliError, ConsoleProgress, console, print_table
from scripts.command_line.table import Table
from scripts.publish.facts import simulation as facts
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.simulation import Simulable


@click.command("simulate")
def simulate_command() -> None:
    """Simulate, from the published results, what one machine cannot show: many instances, a stalled one, a deploy under load.

    Measures nothing. Takes two to three minutes, and the same results give the same record. It is written at the end: Ctrl-C
    leaves what there was.
    """
    site = project.site_data()
    if lacking := facts.lacking(site):
        raise CliError(
            f"not measured yet, and needed to simulate: {', '.join(lacking)}\n"
            f"To measure: make bench PROFILE=full ONLY='{','.join(lacking)}'"
        )
    progress = ConsoleProgress("requests")
    try:
        record = simulated(site, progress)
        path = records.save(project.RESULTS, record, datetime.now(UTC).date())
    except ResultError as error:
        raise CliError(str(error)) from error
    finally:
        progress.close()
    rows = [
        (check.program, *(f"{comparison.error:+.0%}" for comparison in facts.comparisons(site, check))) for check in record.checks
    ]
    if rows:
        print_table(Table(("two workers, error of", *facts.PERCENTILES), tuple(rows)))
    console.print(f"Written: {path.relative_to(project.RESULTS.parents[1])}", markup=False)


def simulated(site: SiteData, progress: ConsoleProgress) -> SimulationRecord:
    """Return the record of all servers that can be simulated; the others are named.

    Raises:
        CliError: no server of the mix can.
    """
    checks, fleets = (_subjects(found, progress) for found in (facts.checks(site), facts.fleets(site)))
    if not fleets:
        raise CliError("no server of the mix can be simulated, for the reasons above")
    wanted = [scenarios.two_workers(one) for one in checks]
    wanted += [scenario for one in fleets for scenario in scenarios.fleet_scenarios(one)]
    total, done = sum(map(scenarios.expected, wanted)), 0

    def run(scenario: Scenario) -> Simulated:
        nonlocal done
        progress.step(f"{scenario.instances} instances", done, total - done)
        done += scenarios.expected(scenario)
        return simulate(scenario, scenarios.SEED)

    return SimulationRecord(
        seed=scenarios.SEED,
        instances=scenarios.INSTANCES,
        load=scenarios.LOAD,
        target=scenarios.TARGET,
        stall=scenarios.STALL,
        checks=tuple(scenarios.check(one, run) for one in checks),
        fleets=tuple(scenarios.fleet(one, run) for one in fleets),
    )


def _subjects(servers: Iterable[Simulable], progress: ConsoleProgress) -> list[Subject]:
    """Return those that can be simulated, and say why the others cannot."""
    subjects = []
    for one in servers:
        if one.subject:
            subjects.append(one.subject)
        else:
            progress.note(f"{one.server.title}: is left out: {one.missing}")
    return subjects
