"""The commands that measure: `site`, which then builds the pages, and `bench`."""

from __future__ import annotations

import math
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NoReturn

import click
from click.core import ParameterSource

from bench.analyse import stopping
from bench.analyse.objections import objections
from bench.catalog import Benchmark, Catalog
from bench.catalog.unfinished import concerning, unfinished
from bench.measure.host.golang import ToolchainError
from bench.measure.host.urls import UrlError, command_without_passwords, split
from bench.measure.http.postgres import PostgresError
from bench.measure.instruments.base import HarnessError
from bench.measure.session import runner
from bench.measure.session.measuring import CannotResumeError, measure
from bench.measure.session.request import MeasureRequest
from bench.measure.session.rounds import StoppingRule
from bench.measure.session.runner import Rules
from bench.records.files import ResultError
from bench.records.locks import HeldError
from bench.records.profiles import PROFILES, Effort, Profile, pair_limits
from bench.records.run import BenchmarkResult, Plan
from bench.records.store import StoredRun
from bench.workloads.inputs import InputError
from scripts.command_line import project, stamp
from scripts.command_line.console import CliError, ConsoleProgress, console, print_table, report
from scripts.command_line.project import RESULTS, ROOT
from scripts.command_line.publishing import build_pages
from scripts.command_line.table import Table
from scripts.publish.facts.analysis import store_estimates
from scripts.publish.style import addresses

HELD = os.EX_TEMPFAIL
"""Exit status where somebody else measures, or writes the same run."""


def _pairs(effort: Effort) -> str:
    return (
        f"{effort.min_pairs} pairs" if effort.min_pairs == effort.max_pairs else f"{effort.min_pairs} to {effort.max_pairs} pairs"
    )


profile_option = click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="quick",
    show_default=True,
    help="; ".join(f"{name}: {e.purpose} ({_pairs(e)})" for name, e in PROFILES.items()),
)
only_option = click.option(
    "--only",
    metavar="GLOB",
    default="*",
    show_default=True,
    help="Benchmarks by id, e.g. 'execution/json*'; several with commas between them, as `build.py list` takes them.",
)
python_option = click.option(
    "--python",
    "pythons",
    metavar="SPEC",
    multiple=True,
    help="Interpreter: a path or what `uv python find` knows (3.14, pypy3, 3.14t), with variables after commas: "
    "3.14,PYTHON_JIT=1. Repeat it for several; the first is the headline's. Default: the newest optimised CPython found here.",
)


class Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a measurement as Ctrl-C does."""


def terminate(*_: object) -> NoReturn:
    """Handle SIGTERM."""
    raise Terminated


@click.command()
@profile_option
@only_option
@python_option
@click.pass_context
def site(context: click.Context, profile: Profile, only: str, pythons: tuple[str, ...]) -> None:
    """Measure what this machine lacks, then build the site.

    A run that was cut short is resumed. What is measured and unchanged is not measured again.

    \b
    build.py site
    build.py site --only 'execution/json*,web/json'
    build.py site --python 3.14 --python 3.14,PYTHON_JIT=1
    """  # noqa: D301  as in main.py
    request = MeasureRequest(profile, _given(context, "only", only), pythons or None, None, resume="first")
    catalog = project.catalog()
    selected = project.benchmarks(catalog, only)
    if request.only is None:
        selected = [benchmark for benchmark in selected if benchmark.quick]
    options, problems = (profile, only, pythons), list[str]()
    if stamp.read(ROOT).get("measured") == stamp.measured(ROOT, options):
        console.print("Nothing to measure, and nothing has changed since site/index.html was built.", markup=False)
    else:
        failed = _measure(request, catalog, selected)
        problems = [*failed, *build_pages(None if failed else stamp.measured(ROOT, options))]
    if profile != "smoke":  # which is nowhere shown
        _print_pages([] if request.only is None else selected)
    report(problems)


@click.command()
@profile_option
@only_option
@python_option
@click.option("--resume", is_flag=True, help="Resume the newest run that was cut short, as it was begun.")
@click.option(
    "--minutes",
    metavar="MINUTES",
    type=click.FloatRange(min=0),
    help="Begin no further round of a benchmark after so many minutes, once it has the profile's fewest pairs.",
)
@click.option(
    "--postgres-url",
    metavar="URL",
    help="Database for the web servers, in place of a PostgreSQL of the run's own: postgresql://user@host:port/name, "
    "its password in the variable PGPASSWORD. The tables world, counter and fortune are made in it.",
)
@click.option("--again", "repeat", flag_value="all", help="Measure also what is measured and unchanged.")
@click.option(
    "--headlines",
    "repeat",
    flag_value="headlines",
    help="Measure the two programs of each headline again, and no others: a second run, hours after the first, that confirms it.",
)
@click.pass_context
def bench(
    context: click.Context,
    profile: Profile,
    only: str,
    pythons: tuple[str, ...],
    minutes: float | None,
    postgres_url: str | None,
    repeat: Literal["all", "headlines"] | None,
    *,
    resume: bool,
) -> None:
    """Measure, and write a run below bench/results/.

    Ctrl-C, or a kill at any moment, keeps every finished invocation: --resume continues from there. Git ignores quick runs until
    `build.py keep`; smoke runs go to build/results/.

    \b
    build.py bench --profile full --python 3.14 --python 3.14,PYTHON_JIT=1
    build.py bench --profile full --only 'web/*' --minutes 60
    build.py bench --profile full --resume
    build.py bench --profile full --headlines
    """  # noqa: D301  as in main.py
    if resume and repeat:
        raise click.UsageError("--resume finishes a run as it was begun; --again and --headlines begin one: give one of them")
    if postgres_url is not None:
        try:
            split(postgres_url)
        except UrlError as error:
            raise CliError(str(error)) from error
    request = MeasureRequest(
        profile,
        _given(context, "only", only),
        pythons or None,
        postgres_url,
        resume="only" if resume else None,
        repeat=repeat,
    )
    catalog = project.catalog()
    report(_measure(request, catalog, project.benchmarks(catalog, only), minutes))


def _measure(request: MeasureRequest, catalog: Catalog, selected: list[Benchmark], minutes: float | None = None) -> list[str]:
    """Measure what is asked for, lacking and no skeleton any more; return what went wrong."""
    asked, selected = selected, selected if request.only else [entry for entry in selected if not entry.on_demand]
    if sections := {f"{entry.section}/*" for entry in asked} - {f"{entry.section}/*" for entry in selected}:
        globs = ",".join(sorted(sections))
        console.print(f"Left out: what takes large downloads, and is measured when asked: --only '{globs}'", markup=False)
    selected, skeletons = _without_skeletons(selected)
    if request.profile == "quick":
        asked, selected = selected, project.without_curves(selected, request.only or "*")
        if left_out := len(asked) - len(selected):
            console.print(f"Left out: {left_out} latency curves, which a quick run measures when asked: --only 'web/*-latency'")
    results = ROOT / stamp.SMOKE_RESULTS if request.profile == "smoke" else RESULTS
    finished = _finished(request, catalog, selected, results, minutes)
    try:
        _store_estimates({stored.run.id for stored in finished if stored.run.plan.profile == "full"})
    except ResultError as error:
        raise CliError(str(error)) from error
    return [*skeletons, *(problem for stored in finished for problem in runner.problems(stored))]


def _without_skeletons(selected: list[Benchmark]) -> tuple[list[Benchmark], list[str]]:
    """Return the benchmarks without those that are still to be filled in, and each place where they are."""
    places = unfinished(ROOT)
    asked = {benchmark.id: concerning(benchmark, places) for benchmark in selected}
    left_out = [name for name, of_benchmark in asked.items() if of_benchmark]
    gaps = list(dict.fromkeys(place for of_benchmark in asked.values() for place in of_benchmark))
    if left_out:
        gaps.append(f"not measured before that is done: {', '.join(left_out)}")
    if len(left_out) == len(selected):
        report(gaps)
    return [benchmark for benchmark in selected if benchmark.id not in left_out], gaps


def measured_again(benchmark: Benchmark, pythons: tuple[str, ...] | None, results: Path) -> BenchmarkResult:
    """Measure one benchmark by a quick run, which is written below `results`, and return what was measured."""
    request = MeasureRequest("quick", benchmark.id, pythons, None, repeat="all")
    (stored,) = _finished(request, project.catalog(), [benchmark], results, None)
    return stored.results[benchmark.id]


def _finished(
    request: MeasureRequest, catalog: Catalog, selected: list[Benchmark], results: Path, minutes: float | None
) -> list[StoredRun]:
    """Measure what is asked for and lacking; return the runs that came to their end."""
    rules = Rules(_enough_within(minutes, catalog), objections)
    progress = ConsoleProgress()
    try:
        return measure(ROOT, catalog, selected, request, results, rules, progress, _command())
    except HeldError as error:
        raise CliError(str(error), status=HELD) from error
    except HarnessError as error:
        raise CliError(f"{error}; what was measured is kept, and {_continuing(request)}") from error
    except (CannotResumeError, ToolchainError, ResultError, PostgresError, InputError) as error:
        raise CliError(str(error)) from error
    except KeyboardInterrupt as stopped:
        progress.close()
        console.print(f"Stopped. What was measured is kept in {results}, and {_continuing(request)}.", markup=False)
        sys.exit(128 + (signal.SIGTERM if isinstance(stopped, Terminated) else signal.SIGINT))
    finally:
        progress.close()


def _store_estimates(full: set[str]) -> None:
    """Store what is computed of full runs with them, as they are now."""
    if full:
        runs = project.store().runs
        for stored in runs:
            if stored.run.id in full:
                store_estimates(stored, runs)


def _print_pages(selected: list[Benchmark]) -> None:
    """Say which pages have the numbers of what was selected, or this machine's all where nothing was."""
    if rows := tuple(_pages(selected)) if selected else ():
        print_table(Table(("benchmark", "numbers", "page"), rows))
    else:
        console.print(f"This machine's numbers: {addresses.built_page(addresses.LOCAL)}", markup=False)


def _pages(selected: list[Benchmark]) -> Iterator[tuple[str, str, str]]:
    """Yield benchmark, whose numbers, and where they are: this machine's, and the published ones."""
    data = project.site_data()
    for benchmark in selected:
        if benchmark.id in data.local:
            yield benchmark.id, "this machine", addresses.built_page(addresses.local_section(benchmark))
        if benchmark.id in data.published:
            yield benchmark.id, "published", addresses.built_page(addresses.section(benchmark))


def _enough_within(minutes: float | None, catalog: Catalog) -> StoppingRule:
    """Return the stopping rule, or one that also ends when the time is up."""
    limit = math.inf if minutes is None else time.monotonic() + 60 * minutes

    def enough(result: BenchmarkResult, plan: Plan) -> bool:
        rounds = len({invocation.round for invocation in result.invocations})
        headline = f"go/{catalog.benchmark(result.benchmark).headline.go}"
        return stopping.enough_for(result, plan, headline) or (
            rounds >= pair_limits(plan, result.min_pairs)[0] and time.monotonic() >= limit
        )

    return enough


def _continuing(request: MeasureRequest) -> str:
    """Say how a run that was cut short is continued."""
    return "the same command continues it" if request.resume == "first" else "the same command with --resume continues it"


def _given(context: click.Context, option: str, value: str) -> str | None:
    """Return the value of an option, if it was typed."""
    return None if context.get_parameter_source(option) is ParameterSource.DEFAULT else value


def _command() -> str:
    return shlex.join(["scripts/build.py", *command_without_passwords(sys.argv[1:])])
