"""The commands that read results: `list`, `show` and `compare`."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable

import click

from bench.analyse import history
from bench.analyse.records import Change
from bench.catalog import Benchmark
from bench.records.run import Run
from bench.records.store import StoredRun
from scripts.command_line import project
from scripts.command_line.console import CliError, console, print_table, print_text, report
from scripts.command_line.table import Table
from scripts.publish.facts import summary
from scripts.publish.facts.analysis import CACHE, Analyses, stored_analyses

CHANGES = ("benchmark", "Python", "runtime", "Go", "before -> after", "change", "95 % interval", "")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.command("list")
@click.argument("globs", metavar="[GLOB]", default="*")
@json_option
def list_command(globs: str, *, as_json: bool) -> None:
    """List benchmarks and their headline results, by runtime.

    GLOB selects them by id; several with commas between them. Without it all are listed.

    \b
    build.py list
    build.py list 'web/*'
    build.py list 'execution/json*,memory/*' --json
    """  # noqa: D301  as in main.py
    site = project.site_data()
    rows = [row for benchmark in project.benchmarks(site.catalog, globs) for row in summary.rows(site, benchmark)]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
    else:
        _print_rows(rows)
        if any(row["headline"] and not row["headline"]["publishable"] for row in rows):
            console.print(f"{summary.NOT_PUBLISHABLE} not publishable: `scripts/build.py show ID` says why", markup=False)
    report(project.damaged(site.set_aside))


@click.command()
@click.argument("benchmark_id", metavar="ID", required=False)
@json_option
def show(benchmark_id: str | None, *, as_json: bool) -> None:
    """Show a benchmark: its question, programs and results.

    \b
    build.py show execution/n-body
    build.py show web/json --json
    """  # noqa: D301  as in main.py
    if benchmark_id is None:
        count = len(project.catalog().benchmarks)
        raise click.UsageError(f"which benchmark? `scripts/build.py list` has all {count}, as execution/n-body")
    site = project.site_data()
    benchmark = project.benchmark(site.catalog, benchmark_id)
    rows = summary.rows(site, benchmark)
    if as_json:
        click.echo(json.dumps(rows, indent=2))
    else:
        _print_about(benchmark)
        _print_rows(rows, left_out="benchmark")
        for row in rows:
            for flag in (row["headline"] or {}).get("flags", []):
                kind = "not publishable" if flag["blocker"] else "warning"
                print_text(f"{row['runtime']}: {kind}: {flag['message']}", hanging="  ")
    report(project.damaged(site.set_aside))


@click.command()
@click.argument("older", metavar="RUN", required=False)
@click.argument("newer", metavar="RUN", required=False)
def compare(older: str | None, newer: str | None) -> None:
    """Compare two runs: every ratio that both measured.

    A RUN is the name of a folder in bench/results/. A ratio above 1 says how many times Go is ahead, of times, bytes and rates
    alike; the change is that of the ratio, from the first run to the second.

    \b
    build.py compare 2026-11-24-vm-6b4541a 2026-11-24-vm-a098198
    """  # noqa: D301  as in main.py
    store = project.store()
    if older is None or newer is None:
        raise click.UsageError(f"which two runs in bench/results? {project.newest(store)}")
    before, after = project.run(store, older), project.run(store, newer)
    shared = [name for name in sorted(before.results) if name in after.results]
    analyses = Analyses(store.runs, stored_analyses(project.RESULTS, project.ROOT / CACHE))
    changes = {name: history.compare(analyses.estimate(before, name), analyses.estimate(after, name)) for name in shared}
    if not any(changes.values()):
        raise CliError(_nothing_shared(before, after, shared))
    for when, run in (("before", before.run), ("after", after.run)):
        console.print(f"{when:8}{_about(run)}", markup=False)
    print_table(Table(CHANGES, tuple(_changes(changes.items())), optional=("before -> after", "95 % interval")))


def _print_about(benchmark: Benchmark) -> None:
    print_text(f"{benchmark.id}: {benchmark.title}")
    print_text(benchmark.question)
    click.echo()
    programs = [
        *((f"python/{variant}", python.path) for variant, python in benchmark.python.items()),
        *((f"go/{variant}", go.path) for variant, go in benchmark.go.items()),
    ]
    print_table(Table(("program", "source"), tuple(programs)))
    click.echo()


def _print_rows(rows: list[summary.Row], left_out: str = "") -> None:
    table = Table(summary.HEAD, tuple(summary.text(row) for row in rows), optional=("run", "pairs"))
    print_table(table.without([left_out]))


def _changes(changes: Iterable[tuple[str, tuple[Change, ...]]]) -> Iterable[tuple[str, ...]]:
    """Yield the rows of a comparison."""
    for name, ratios in changes:
        for change in ratios:
            _, python, runtime = change.after.python.split("/")
            go = change.after.go.partition("/")[2]
            values = f"{change.before.ratio:.3g} -> {change.after.ratio:.3g}"
            interval = f"{change.interval.low:.3f} to {change.interval.high:.3f}"
            verdict = "differs" if change.shown else "agrees"
            if math.isnan(change.interval.low):  # too few pairs were valid
                interval, verdict = "none", "unknown"
            yield (
                name,
                python,
                runtime,
                go,
                values.replace("nan", "none"),
                f"{change.change:.3f}".replace("nan", "none"),
                interval,
                verdict,
            )


def _about(run: Run) -> str:
    """Say which run it is, and of what."""
    runtimes = ", ".join([*(python.name for python in run.pythons), run.go.name])
    return f"{run.id}: {run.plan.profile}, {run.machine.cpu}, {runtimes}"


def _nothing_shared(before: StoredRun, after: StoredRun, shared: list[str]) -> str:
    """Say why two runs cannot be compared."""
    if shared:
        return "\n".join((
            f"nothing to compare: both runs measured {', '.join(shared)}, but no pair of programs with the same runtime:",
            *(_about(stored.run) for stored in (before, after)),
        ))  # fmt: skip
    sizes = {stored.run.id: Counter(name.partition("/")[0] for name in stored.results) for stored in (before, after)}
    held = [f"{run} has {', '.join(f'{n} of {section}' for section, n in size.items())}" for run, size in sizes.items()]
    return f"nothing to compare: the runs share no benchmark; {'; '.join(held)}"
