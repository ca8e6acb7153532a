"""The commands for whoever changes the project: `check` and `modules`."""

from __future__ import annotations

import json

import click

from bench.catalog import CatalogError, gomodules, gotests, locked, read_catalog
from bench.catalog.mistakes import load_mistakes
from bench.catalog.unfinished import unfinished
from bench.measure.host import golang
from bench.measure.host.golang import ToolchainError
from bench.measure.session import runner
from bench.records import prototyping, simulation
from bench.records.files import ResultError
from bench.records.mistakes import newest
from bench.records.store import load_store
from scripts.command_line.console import CliError, console, report
from scripts.command_line.project import RESULTS, ROOT
from scripts.publish.facts.analysis import stale_estimates
from scripts.publish.site import pages


@click.command()
def check() -> None:
    """Check catalog, programs, pages and every result file; name all that is missing. A run of a newer schema is no error."""
    catalog, mistakes = read_catalog(ROOT)
    gaps = [
        *mistakes,
        *unfinished(ROOT),
        *gotests.mistakes(catalog, ROOT),
        *gomodules.mistakes(ROOT),
        *locked.mistakes(catalog, ROOT),
        *pages.mistakes(ROOT, catalog, whole=not mistakes),
    ]
    try:
        load_mistakes(ROOT)
    except CatalogError as error:
        gaps += error.mistakes
    try:
        newest(RESULTS)
        prototyping.newest(RESULTS)
        simulation.newest(RESULTS)
        store = load_store(RESULTS)
    except ResultError as error:
        raise CliError("\n".join([*gaps, str(error)])) from error
    for reason in (reason for run in store.set_aside if not run.damaged for reason in run.reasons):
        console.print("Warning:", reason, markup=False)
    for failure in (failure for stored in store.runs for failure in runner.failures(stored)):
        console.print("Note:", failure, markup=False)  # a run may hold failures: the analysis judges them
    mismatches = [mismatch for stored in store.runs for mismatch in runner.mismatches(stored)]
    mismatches += [mismatch for stored in store.runs if (mismatch := stale_estimates(stored))]
    report([*gaps, *mismatches, *(reason for run in store.set_aside if run.damaged for reason in run.reasons)])
    console.print(f"{len(catalog.benchmarks)} benchmarks, {len(catalog.claims)} claims and {len(store.runs)} runs are valid.")


@click.command()
def modules() -> None:
    """Print which modules are linked into each Go package, for go_examples/modules.json; `make lock` calls it."""
    try:
        linked = golang.linked_modules(ROOT)
    except ToolchainError as error:
        raise CliError(str(error)) from error
    click.echo(json.dumps(linked, indent=2, sort_keys=True))
