"""The build script and only entry point: measures, writes JSON, builds the site. `build.py --help` lists the commands."""

from __future__ import annotations

import json
import math
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, Any, NoReturn

import click
from click.core import ParameterSource
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.analyse import aa_controls, history, stopping
from bench.analyse.estimates import estimate
from bench.analyse.objections import objections
from bench.analyse.records import Estimate
from bench.catalog import Benchmark, Catalog, CatalogError, load_catalog
from bench.measure.host import golang
from bench.measure.host.golang import ToolchainError
from bench.measure.host.urls import UrlError, command_without_passwords, hide_passwords, split
from bench.measure.http.postgres import PostgresError
from bench.measure.instruments.base import HarnessError
from bench.measure.session import runner
from bench.measure.session.measuring import CannotResumeError, measure
from bench.measure.session.request import MeasureRequest
from bench.measure.session.rounds import StoppingRule
from bench.measure.session.runner import Rules
from bench.records.files import ResultError
from bench.records.locks import HeldError
from bench.records.profiles import PROFILES, Profile, pair_limits
from bench.records.run import BenchmarkResult, Plan
from bench.records.store import SetAside, Store, StoredRun, load_store
from scripts.publish.facts import summary
from scripts.publish.facts.data import SiteData, load

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
SMOKE_RESULTS = ROOT / "build" / "results"
"""Smoke runs are kept apart: they are never shown as results."""
HELD = os.EX_TEMPFAIL
"""Exit status where somebody else measures, or writes the same run."""
WIDE = 200
"""Columns of a table where the output is not a terminal."""
LINE_EVERY = 15.0
"""Seconds between progress lines where the output is not a terminal."""

console = Console(stderr=True, highlight=False, soft_wrap=True)


class CliError(click.ClickException):
    """An error that the user can do something about: one message, exit status 1 unless said otherwise."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.exit_code = status  # type: ignore[misc] # click declares it for the class, and reads it from the instance

    def format_message(self) -> str:
        return self.message

    def show(self, file: IO[Any] | None = None) -> None:
        del file
        console.print("Error:", style="bold red", end=" ")
        console.print(self.message, markup=False)


class Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a measurement as Ctrl-C does."""


def _terminate(*_: object) -> NoReturn:
    raise Terminated


class ConsoleProgress:
    """Progress for people: a bar with the time left on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        counts = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
        times = (TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
        self._bar = Progress(*counts, *times, console=console, transient=True)
        self._task = None if not console.is_terminal else self._bar.add_task("", total=None)
        self._began = self._last_line = 0.0

    def note(self, text: str) -> None:
        console.print(text, markup=False)

    def step(self, running: str, done: int, remaining: int) -> None:
        now = time.monotonic()
        if done == 0:
            self._began = self._last_line = now
        if self._task is not None:
            self._bar.start()
            self._bar.update(self._task, description=running, completed=done, total=done + remaining)
        elif done and now - self._last_line >= LINE_EVERY:
            self._last_line = now
            left = remaining * (now - self._began) / done
            self.note(f"{done} of {done + remaining} invocations, about {left / 60:.1f} min left; now {running}")

    def close(self) -> None:
        """Take the bar off the terminal."""
        self._bar.stop()


profile_option = click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="quick",
    show_default=True,
    help="; ".join(f"{name}: {e.purpose} ({e.min_pairs} to {e.max_pairs} pairs)" for name, e in PROFILES.items()),
)
only_option = click.option(
    "--only",
    metavar="GLOB",
    default="*",
    show_default=True,
    help="Benchmarks by id, e.g. 'execution/json*'; several with commas between them.",
)
python_option = click.option(
    "--python",
    "pythons",
    metavar="SPEC",
    multiple=True,
    help="Interpreter: a path or what `uv python find` knows (3.14, pypy3, 3.14t), with variables after commas: "
    "3.14,PYTHON_JIT=1. Repeat it for several; the first is the headline's. Default: the newest optimised CPython found here.",
)
resume_option = click.option("--resume", is_flag=True, help="Resume the newest run that was cut short, as it was begun.")
postgres_option = click.option(
    "--postgres-url",
    metavar="URL",
    help="Database for the web servers, in place of a PostgreSQL of the run's own: postgresql://user@host:port/name, "
    "its password in the variable PGPASSWORD. The tables world, counter and fortune are made in it.",
)
minutes_option = click.option(
    "--minutes",
    type=click.FloatRange(min=0),
    help="Begin no further round of a benchmark after so many minutes, once it has the profile's fewest pairs.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def main() -> None:
    """Python or Go? Measure this machine, and build the site from the results.

    \b
    build.py site                              measure what this machine lacks, then build site/: the main job
    build.py bench --profile full --only '*'   measure to publish, into bench/results/
    build.py pages                             build site/ from the results that are there
    """  # noqa: D301  click takes a backspace, not the two characters, for a paragraph that keeps its lines


@main.command()
@profile_option
@only_option
@python_option
@click.pass_context
def site(context: click.Context, profile: Profile, only: str, pythons: tuple[str, ...]) -> None:
    """Measure what this machine lacks, then build the site.

    A run that was cut short is resumed. What is measured and unchanged is not measured again.
    """
    request = MeasureRequest(profile, _given(context, "only", only), pythons or None, None, resume="first")
    failed = _measure(request, quick=True)
    _report([*failed, *_pages()])


@main.command()
@profile_option
@only_option
@python_option
@resume_option
@minutes_option
@postgres_option
@click.option("--again", is_flag=True, help="Measure also what is measured and unchanged.")
@click.pass_context
def bench(
    context: click.Context,
    profile: Profile,
    only: str,
    pythons: tuple[str, ...],
    minutes: float | None,
    postgres_url: str | None,
    *,
    resume: bool,
    again: bool,
) -> None:
    """Measure, and write the run's folder below bench/results/ (smoke runs: build/results/).

    Ctrl-C, or a kill at any moment, keeps every finished invocation: --resume continues from there.
    """
    if resume and again:
        raise click.UsageError("--resume finishes a run as it was begun, and --again begins one: give one of them")
    if postgres_url is not None:
        try:
            split(postgres_url)
        except UrlError as error:
            raise CliError(str(error)) from error
    request = MeasureRequest(
        profile, _given(context, "only", only), pythons or None, postgres_url, resume="only" if resume else None, again=again
    )
    _report(_measure(request, minutes))


@main.command()
def pages() -> None:
    """Build the site from the results that are there; measure nothing."""
    _report(_pages())


@main.command()
def check() -> None:
    """Check the catalog and every result file. A run of a newer schema is named, and no error."""
    catalog = _catalog()
    store = _store(RESULTS)
    for reason in (reason for run in store.set_aside if not run.damaged for reason in run.reasons):
        console.print("Warning:", reason, markup=False)
    for failure in (failure for stored in store.runs for failure in runner.failures(stored)):
        console.print("Note:", failure, markup=False)  # a run may hold failures: the analysis judges them
    mismatches = [mismatch for stored in store.runs for mismatch in runner.mismatches(stored)]
    _report([*mismatches, *(reason for run in store.set_aside if run.damaged for reason in run.reasons)])
    console.print(f"{len(catalog.benchmarks)} benchmarks, {len(catalog.claims)} claims and {len(store.runs)} runs are valid.")


@main.command()
def modules() -> None:
    """Print which modules are linked into each Go package, for go_examples/modules.json; `make lock` calls it."""
    try:
        linked = golang.linked_modules(ROOT)
    except ToolchainError as error:
        raise CliError(str(error)) from error
    click.echo(json.dumps(linked, indent=2, sort_keys=True))


@main.command("list")
@json_option
def list_command(*, as_json: bool) -> None:
    """List the benchmarks and their headline results, for each runtime."""
    site = _site()
    _print_rows([row for benchmark in site.catalog.benchmarks for row in summary.rows(site, benchmark)], as_json=as_json)
    _report(_damaged(site.set_aside))


@main.command()
@click.argument("benchmark_id", metavar="ID")
@json_option
def show(benchmark_id: str, *, as_json: bool) -> None:
    """Show one benchmark: what it is, its programs, and its results."""
    site = _site()
    benchmark = _benchmark(site.catalog, benchmark_id)
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
    _report(_damaged(site.set_aside))


@main.command()
@click.argument("older", metavar="RUN")
@click.argument("newer", metavar="RUN")
def compare(older: str, newer: str) -> None:
    """Compare two runs, by the names of their folders in bench/results/: every ratio that both measured."""
    stored = {run.run.id: run for run in _store(RESULTS).runs}
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
    _print(table)


def _enough_within(minutes: float | None) -> StoppingRule:
    """Return the stopping rule, or one that also ends when the time is up."""
    limit = math.inf if minutes is None else time.monotonic() + 60 * minutes

    def enough(result: BenchmarkResult, plan: Plan) -> bool:
        rounds = len({invocation.round for invocation in result.invocations})
        return stopping.enough_for(result, plan) or (
            rounds >= pair_limits(plan, result.min_pairs)[0] and time.monotonic() >= limit
        )

    return enough


def _measure(request: MeasureRequest, minutes: float | None = None, *, quick: bool = False) -> list[str]:
    """Measure what is asked for and lacking, of those that `make site` measures where it is `quick`; return what went wrong."""
    catalog = _catalog()
    only = "*" if request.only is None else request.only
    selected = [b for b in catalog.benchmarks if any(fnmatchcase(b.id, glob) for glob in only.split(","))]
    if not selected:
        raise CliError(f"--only {only}: no such benchmark; there are: {', '.join(b.id for b in catalog.benchmarks)}")
    if quick and request.only is None:
        selected = [benchmark for benchmark in selected if benchmark.quick]
    results = SMOKE_RESULTS if request.profile == "smoke" else RESULTS
    rules = Rules(_enough_within(minutes), objections)
    progress = ConsoleProgress()
    try:
        finished = measure(ROOT, catalog, selected, request, results, rules, progress, _command())
    except HeldError as error:
        raise CliError(str(error), status=HELD) from error
    except HarnessError as error:
        raise CliError(f"{error}; what was measured is kept, and {_continuing(request)}") from error
    except (CannotResumeError, ToolchainError, ResultError, PostgresError) as error:
        raise CliError(str(error)) from error
    except KeyboardInterrupt as stopped:
        progress.close()
        console.print(f"Stopped. What was measured is kept in {results}, and {_continuing(request)}.", markup=False)
        sys.exit(128 + (signal.SIGTERM if isinstance(stopped, Terminated) else signal.SIGINT))
    finally:
        progress.close()
    return [problem for stored in finished for problem in runner.problems(stored)]


def _continuing(request: MeasureRequest) -> str:
    """Say how a run that was cut short is continued."""
    return "the same command continues it" if request.resume == "first" else "the same command with --resume continues it"


def _given(context: click.Context, option: str, value: str) -> str | None:
    """Return the value of an option, if it was typed."""
    return None if context.get_parameter_source(option) is ParameterSource.DEFAULT else value


def _pages() -> list[str]:
    """Write what pages link to, then build them with warnings as errors; return why runs were set aside as damaged."""
    from scripts.publish import export  # noqa: PLC0415  Altair and its renderer take a second to import

    _catalog()
    try:
        set_aside = export.export(ROOT, RESULTS)
    except ResultError as error:
        raise CliError(str(error)) from error
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(ROOT / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # the theme's notice to its users; not about this site
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode != 0:
        raise CliError(f"mkdocs build --strict: exit status {done.returncode}; its messages above name page and macro")
    console.print(f"Built {ROOT / 'site' / 'index.html'}", markup=False)
    return _damaged(set_aside)


def _damaged(set_aside: Iterable[SetAside]) -> list[str]:
    """Say which runs were set aside; return why, of those that are damaged, which makes an error of it."""
    for run in set_aside:
        console.print(f"Warning: the run in {run.folder} is set aside:", *run.reasons, sep="\n  ", markup=False)
    return [
        f"{run.folder}: the run is damaged and was set aside; `scripts/build.py check` says why"
        for run in set_aside
        if run.damaged
    ]


def _site() -> SiteData:
    try:
        return load(ROOT, RESULTS)
    except (CatalogError, ResultError) as error:
        raise CliError(str(error)) from error


def _print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    table = Table("benchmark", "runtime", "Python / Go", "95 % interval", "pairs", "publishable", "run", box=None)
    for row in rows:
        table.add_row(*summary.text(row))
    _print(table)


def _print(table: Table) -> None:
    """Print a table, whole: Rich takes what is no terminal for one of 80 columns."""
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)


def _estimates(stored: StoredRun) -> dict[str, Estimate]:
    score = aa_controls.score((stored.run, result) for result in stored.results.values())
    return {name: estimate(stored.run, result, score) for name, result in stored.results.items()}


def _report(failed: Iterable[str]) -> None:
    problems = list(failed)
    if problems:
        raise CliError("\n".join(problems))


def _catalog() -> Catalog:
    try:
        return load_catalog(ROOT)
    except CatalogError as error:
        raise CliError(str(error)) from error


def _benchmark(catalog: Catalog, benchmark_id: str) -> Benchmark:
    try:
        return catalog.benchmark(benchmark_id)
    except KeyError as error:
        raise CliError(str(error.args[0])) from error


def _store(folder: Path) -> Store:
    try:
        return load_store(folder)
    except ResultError as error:
        raise CliError(str(error)) from error


def _command() -> str:
    return shlex.join(["scripts/build.py", *command_without_passwords(sys.argv[1:])])


if __name__ == "__main__":
    hide_passwords()
    os.umask(0o022)
    signal.signal(signal.SIGTERM, _terminate)
    main()
