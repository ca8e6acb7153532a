"""The commands that read results: `list`, `show` and `compare`."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.table import Table

from bench.analyse import aa_controls, history
from bench.analyse.estimates import estimate
from bench.analyse.records import Estimate
from bench.records.store import StoredRun
from scripts.command_line import project
from scripts.command_line.console import CliError, print_table, report
from scripts.publish.facts import summary

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.command("list")
@json_option
def list_command(*, as_json: bool) -> None:
    """List the benchmarks and their headline results, for each runtime."""
    site = project.site_data()
    _print_rows([row for benchmark in site.catalog.benchmarks for row in summary.rows(site, benchmark)], as_json=as_json)
    report(project.damaged(site.set_aside))


@click.command()
@click.argument("benchmark_id", metavar="ID")
@json_option
def show(benchmark_id: str, *, as_json: bool) -> None:
    """Show one benchmark: what it is, its programs, and its results."""
    site = project.site_data()
    benchmark = project.benchmark(site.catalog, benchmark_id)
    rows = summary.rows(site, benchmark)
    if not as_json:
        click.echo(f"{benchmark.id}: {benchmark.title}\n{benchmark.question}\n")
        for tier, python in benchmark.python.items():
            click.echo(f"  python  {tier:17} {python.path}")
        for go_tier, go in benchmark.go.items():
            click.echo(f"  go      {go_tier:17} {go.path}")
        click.echo()
    _print_rows(rows, as_json=as_json)
    if not as_json:
        for row in rows:
            for flag in (row["headline"] or {}).get("flags", []):
                click.echo(f"{row['runtime']}: {'blocker' if flag['blocker'] else 'warning'}: {flag['message']}")
    report(project.damaged(site.set_aside))


@click.command()
@click.argument("older", metavar="RUN")
@click.argument("newer", metavar="RUN")
def compare(older: str, newer: str) -> None:
    """Compare two runs, by the names of their folders in bench/results/: every ratio that both measured."""
    stored = {run.run.id: run for run in project.store().runs}
    for name in (older, newer):
        if name not in stored:
            raise CliError(f"there is no run {name!r} in bench/results; there are: {', '.join(stored) or 'none'}")
    before, after = _estimates(stored[older]), _estimates(stored[newer])
    table = Table("benchmark", "programs", "before", "after", "change", "95 % interval", "", box=None)
    for name in sorted(before.keys() & after.keys()):
        for change in history.compare(before[name], after[name]):
            programs = f"{change.after.python} / {change.after.go}"
            interval = f"{change.interval.low:.3f} to {change.interval.high:.3f}"
            shown = "differs" if change.shown else "agrees"
            table.add_row(
                name, programs, f"{change.before.ratio:.3g}", f"{change.after.ratio:.3g}", f"{change.change:.3f}", interval, shown
            )
    print_table(table)


def _print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    table = Table("benchmark", "runtime", "Python / Go", "95 % interval", "pairs", "publishable", "run", box=None)
    for row in rows:
        table.add_row(*summary.text(row))
    print_table(table)


def _estimates(stored: StoredRun) -> dict[str, Estimate]:
    intervals = [one for result in stored.results.values() for one in aa_controls.intervals(stored.run, result)]
    score = aa_controls.score(intervals)
    return {name: estimate(stored.run, result, score) for name, result in stored.results.items()}
