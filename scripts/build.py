"""The build script and only entry point: measures, writes JSON, builds the site. `build.py --help` lists the commands."""

from __future__ import annotations

import json
import math
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.analyse import controls, history, stopping
from bench.analyse.estimates import estimate
from bench.analyse.records import Estimate
from bench.catalog import Benchmark, Catalog, CatalogError, load_catalog
from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host, find_host
from bench.measure.session import runner, selection
from bench.records import store
from bench.records.profiles import PROFILES, Profile, pairs
from bench.records.run import BenchmarkResult, Plan
from bench.records.store import ResultError, StoredRun
from scripts.publish.facts import summary
from scripts.publish.facts.data import SiteData, load

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
SMOKE_RESULTS = ROOT / "build" / "results"
"""Smoke runs are kept apart: they are never shown as results."""
WIDE = 200
"""Columns of a table where the output is not a terminal."""
LINE_EVERY = 15.0
"""Seconds between progress lines where the output is not a terminal."""

console = Console(stderr=True, highlight=False, soft_wrap=True)


class Failure(click.ClickException):
    """An error that the user can do something about: one message, exit status 1."""

    def format_message(self) -> str:
        return self.message

    def show(self, file: IO[Any] | None = None) -> None:
        del file
        console.print("Error:", style="bold red", end=" ")
        console.print(self.message, markup=False)


class Shown:
    """Progress for people: a bar with the time left on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        counts = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
        times = (TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
        self._bar = Progress(*counts, *times, console=console, transient=True)
        self._task = None if not console.is_terminal else self._bar.add_task("", total=None)
        self._began = self._said = 0.0

    def note(self, text: str) -> None:
        console.print(text, markup=False)

    def step(self, running: str, done: int, remaining: int) -> None:
        now = time.monotonic()
        if done == 0:
            self._began = self._said = now
        if self._task is not None:
            self._bar.start()
            self._bar.update(self._task, description=running, completed=done, total=done + remaining)
        elif done and now - self._said >= LINE_EVERY:
            self._said = now
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
    "3.14,PYTHON_JIT=1. Repeat it for variants; the first is the headline's. Default: the newest optimised CPython found here.",
)
resume_option = click.option("--resume", is_flag=True, help="Go on with the newest run that was cut short.")
postgres_option = click.option(
    "--postgres-url",
    metavar="URL",
    help="Database for the web servers, in place of a PostgreSQL of the run's own: postgresql://user@host:port/name. "
    "The tables world, counter and fortune are made in it.",
)
minutes_option = click.option(
    "--minutes",
    type=click.FloatRange(min=0),
    help="Begin no further round of a benchmark after so many minutes, once it has the profile's fewest pairs.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def main() -> None:
    r"""Python or Go? Measure this machine, and build the site from the results.

    \b
    build.py site                              measure what this machine lacks, then build site/: the main job
    build.py bench --profile full --only '*'   measure to publish, into bench/results/
    build.py pages                             build site/ from the results that are there
    """


@main.command()
@profile_option
@only_option
@python_option
def site(profile: Profile, only: str, pythons: tuple[str, ...]) -> None:
    """Measure what this machine lacks, then build the site.

    A run that was cut short is gone on with. What is measured and unchanged is not measured again.
    """
    failed = _measure(profile, only, pythons, stopping.enough_for, None, resume=True, again=False, default_selection=True)
    _pages()
    _report(failed)


@main.command()
@profile_option
@only_option
@python_option
@resume_option
@minutes_option
@postgres_option
@click.option("--again", is_flag=True, help="Measure also what is measured and unchanged.")
def bench(
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

    Ctrl-C, or a kill at any moment, keeps every finished invocation: --resume goes on from there.
    """
    enough = _enough_within(minutes)
    _report(_measure(profile, only, pythons, enough, postgres_url, resume=resume, again=again, default_selection=False))


@main.command()
def pages() -> None:
    """Build the site from the results that are there; measure nothing."""
    _pages()


@main.command()
def check() -> None:
    """Check the catalog and every result file."""
    catalog = _catalog()
    runs = _runs(RESULTS)
    broken = [problem for stored in runs for problem in runner.problems(stored)]
    if broken:
        raise Failure("\n".join(broken))
    console.print(f"{len(catalog.benchmarks)} benchmarks, {len(catalog.claims)} claims and {len(runs)} runs are valid.")


@main.command("list")
@json_option
def list_command(*, as_json: bool) -> None:
    """List the benchmarks and their headline results, per variant."""
    site = _site()
    _print_rows([row for benchmark in site.catalog.benchmarks for row in summary.rows(site, benchmark)], as_json=as_json)


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
                click.echo(f"{row['variant']}: {'blocker' if flag['blocker'] else 'warning'}: {flag['message']}")


@main.command()
@click.argument("older", metavar="RUN")
@click.argument("newer", metavar="RUN")
def compare(older: str, newer: str) -> None:
    """Compare two runs, by the names of their folders in bench/results/: every ratio that both measured."""
    stored = {run.run.id: run for run in _runs(RESULTS)}
    for name in (older, newer):
        if name not in stored:
            raise Failure(f"there is no run {name!r} in bench/results; there are: {', '.join(stored) or 'none'}")
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


def _enough_within(minutes: float | None) -> runner.StoppingRule:
    """Return the stopping rule, or one that also ends when the time is up."""
    limit = math.inf if minutes is None else time.monotonic() + 60 * minutes

    def enough(result: BenchmarkResult, plan: Plan) -> bool:
        rounds = len({invocation.round for invocation in result.invocations})
        return stopping.enough_for(result, plan) or (rounds >= pairs(plan, result.fewest)[0] and time.monotonic() >= limit)

    return enough


def _measure(
    profile: Profile,
    only: str,
    pythons: tuple[str, ...],
    enough: runner.StoppingRule,
    postgres_url: str | None,
    *,
    resume: bool,
    again: bool,
    default_selection: bool,
) -> list[str]:
    """Measure what is asked for and lacking; return what went wrong in it."""
    catalog = _catalog()
    selected = [b for b in catalog.benchmarks if any(fnmatchcase(b.id, glob) for glob in only.split(","))]
    if not selected:
        raise Failure(f"--only {only}: no such benchmark; there are: {', '.join(b.id for b in catalog.benchmarks)}")
    if default_selection and only == "*":
        selected = [benchmark for benchmark in selected if benchmark.quick]
    results = SMOKE_RESULTS if profile == "smoke" else RESULTS
    runs = _runs(results)
    unfinished = [s for s in runs if s.run.finished is None and s.run.plan.profile == profile]
    progress = Shown()
    try:
        failed: list[str] = []
        if resume and unfinished:
            finished = _gone_on(unfinished[-1], catalog, enough, postgres_url, progress)
            failed = runner.problems(finished) if finished else []
            if finished and not default_selection:
                return failed
            runs = _runs(results)
        host = find_host(ROOT, pythons, postgres_url)
        benchmarks = selected if again else selection.lacking(host, selected, runs, profile)
        if not benchmarks:
            progress.note(f"Nothing to measure: all {len(selected)} benchmarks are measured and unchanged ({profile} or better).")
            return failed
        for found in host.runtimes:
            if not found.optimised:
                progress.note(f"Warning: {found.executable} was built without optimisation: its numbers will not be publishable.")
        stored = runner.begin(host, benchmarks, profile, results, _command(), progress)
        return failed + runner.problems(runner.go_on(stored, host, benchmarks, enough, progress))
    except (ToolchainError, ResultError) as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        progress.close()
        console.print(f"Stopped. Everything finished is in {results}; the same command with --resume goes on.", markup=False)
        sys.exit(130)
    finally:
        progress.close()


def _gone_on(
    stored: StoredRun, catalog: Catalog, enough: runner.StoppingRule, postgres_url: str | None, progress: Shown
) -> StoredRun | None:
    """Finish a run that was cut short; where that cannot be, say why."""
    try:
        host = find_host(ROOT, [python.specification for python in stored.run.pythons], postgres_url)
    except ToolchainError as error:
        progress.note(f"{stored.run.id} was cut short and stays so: {error}")
        return None
    if changed := _changed(stored, host, catalog):
        progress.note(f"{stored.run.id} was cut short and stays so: {changed} has changed since")
        return None
    progress.note(f"Going on with {stored.run.id}")
    benchmarks = [_benchmark(catalog, name) for name in stored.run.plan.benchmarks]
    return runner.go_on(stored, host, benchmarks, enough, progress)


def _changed(stored: StoredRun, host: Host, catalog: Catalog) -> str | None:
    """Return the first thing that a cut-short run would measure differently now."""
    if stored.run.machine.digest_key != host.machine.digest_key:
        return "the machine"
    known = {benchmark.id: benchmark for benchmark in catalog.benchmarks}
    for name in stored.run.plan.benchmarks:
        result = stored.results.get(name)
        if name not in known or (result is not None and result.digest != selection.digest(host, known[name])):
            return name
    return None


def _pages() -> None:
    """Write what pages link to, then build them with warnings as errors."""
    from scripts.publish import export  # noqa: PLC0415  Altair and its renderer take a second to import

    _catalog()
    try:
        export.export(ROOT, RESULTS)
    except ResultError as error:
        raise Failure(str(error)) from error
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(ROOT / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # the theme's notice to its users; not about this site
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode != 0:
        raise Failure(f"mkdocs build --strict: exit status {done.returncode}; its messages above name page and macro")
    console.print(f"Built {ROOT / 'site' / 'index.html'}", markup=False)


def _site() -> SiteData:
    try:
        return load(ROOT, RESULTS)
    except (CatalogError, ResultError) as error:
        raise Failure(str(error)) from error


def _print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    table = Table("benchmark", "variant", "Python / Go", "95 % interval", "pairs", "publishable", "run", box=None)
    for row in rows:
        table.add_row(*summary.text(row))
    _print(table)


def _print(table: Table) -> None:
    """Print a table, whole: Rich takes what is no terminal for one of 80 columns."""
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)


def _estimates(stored: StoredRun) -> dict[str, Estimate]:
    score = controls.score((stored.run, result) for result in stored.results.values())
    return {name: estimate(stored.run, result, score) for name, result in stored.results.items()}


def _report(failed: Iterable[str]) -> None:
    problems = list(failed)
    if problems:
        raise Failure("\n".join(problems))


def _catalog() -> Catalog:
    try:
        return load_catalog(ROOT)
    except CatalogError as error:
        raise Failure(str(error)) from error


def _benchmark(catalog: Catalog, benchmark_id: str) -> Benchmark:
    try:
        return catalog.benchmark(benchmark_id)
    except KeyError as error:
        raise Failure(str(error.args[0])) from error


def _runs(folder: Path) -> tuple[StoredRun, ...]:
    try:
        return store.load_runs(folder)
    except ResultError as error:
        raise Failure(str(error)) from error


def _command() -> str:
    return shlex.join(["scripts/build.py", *sys.argv[1:]])


if __name__ == "__main__":
    os.umask(0o022)
    main()
