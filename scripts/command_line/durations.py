"""The command that compares closed loops of several lengths: whether a second of load tells what more seconds would."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from bench.analyse.durations import LIMIT, LoopLength, loop_lengths
from bench.catalog import Benchmark
from bench.measure.host import machine
from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host, find_host
from bench.measure.http import web
from bench.measure.http.serving import LoadError
from bench.measure.instruments.base import HarnessError, InvocationRequest, MeasureContext
from bench.measure.processes.process import pinned
from bench.measure.processes.reaper import reaper
from bench.records import locks
from bench.records.files import ResultError
from bench.records.profiles import PROFILES
from scripts.command_line import measuring, project
from scripts.command_line.console import CliError, console, print_table
from scripts.command_line.project import ROOT
from scripts.command_line.table import Table

BENCHMARK = "web/json"
SERVERS = {"python": ("fastapi", "django-granian"), "go": ("gin", "net-http")}
"""Language -> the servers that are loaded."""
ROUNDS = 6
"""The fewest that have a 95 % interval."""
LONGEST = 60.0
"""Seconds of the longest loop that can be asked for."""


@click.command("durations")
@click.option("--seconds", default="1,5,20", show_default=True, help="Lengths of the loops, with commas between them.")
@measuring.python_option
def durations_command(seconds: str, pythons: tuple[str, ...]) -> None:
    """Compare the throughput of closed loops of 1, 5 and 20 seconds, for two of Python's web servers and two of Go's.

    In each of six rounds every server is started once and goes through the lengths in random order, on the CPUs and by the load
    generator of a run. It takes about twelve minutes, in which nothing else should run.

    \b
    build.py durations
    build.py durations --seconds 0.5,1,2 --python 3.14
    """  # noqa: D301  as in main.py
    lengths = _lengths(seconds)
    try:
        with locks.measuring():
            compared = _compare(find_host(ROOT, pythons[:1]), project.benchmark(project.catalog(), BENCHMARK), lengths)
    except locks.HeldError as error:
        raise CliError(str(error), status=measuring.HELD) from error
    except (HarnessError, LoadError, ResultError, ToolchainError) as error:
        raise CliError(str(error)) from error
    print_table(Table(("server", "seconds", "requests/s", "to the longest", "interval"), tuple(map(_row, compared))))
    shorter = [one.agrees for one in compared if one.seconds < lengths[-1]]
    console.print(f"{sum(shorter)} of {len(shorter)} are within {LIMIT:.0%} of the longest.", markup=False)


def _lengths(text: str) -> list[float]:
    try:
        lengths = sorted({float(each) for each in text.split(",")})
    except ValueError as error:
        raise click.UsageError(f"--seconds {text}: is not numbers with commas between them") from error
    if len(lengths) < 2 or not 0 < lengths[0] <= lengths[-1] <= LONGEST:
        raise click.UsageError(f"--seconds {text}: give two lengths or more, above 0 and up to {LONGEST:.0f}")
    return lengths


def _compare(host: Host, entry: Benchmark, lengths: Sequence[float]) -> list[LoopLength]:
    chosen = {language: {name: getattr(entry, language)[name] for name in names} for language, names in SERVERS.items()}
    benchmark = entry.model_copy(update=chosen)
    programs = [f"python/{name}/{host.interpreters[0].name}" for name in benchmark.python] + [
        f"go/{name}" for name in benchmark.go
    ]
    rounds: dict[str, list[dict[float, float]]] = {program: [] for program in programs}
    with _equipped(host, benchmark) as context:
        for number in range(1, ROUNDS + 1):
            for program in random.sample(programs, len(programs)):
                order = random.sample(lengths, len(lengths))
                request = InvocationRequest(None, 1, 0, 1, f"durations {number}", PROFILES["full"].phase)
                rates = web.throughputs(context, benchmark, program, request, order)
                rounds[program].append(dict(zip(order, rates, strict=True)))
            console.print(f"Round {number} of {ROUNDS} is done.", markup=False)
    return [one for program in programs for one in loop_lengths(program, rounds[program])]


@contextlib.contextmanager
def _equipped(host: Host, benchmark: Benchmark) -> Iterator[MeasureContext]:
    """Yield what the servers are measured with: their environment, binaries, database, and the CPUs of a run."""
    cpus, other_cpus = machine.cpus()
    environments: dict[str, Mapping[str, Path]] = {benchmark.requirements: host.environments(benchmark.requirements)}
    variables = {interpreter.name: dict(interpreter.environment) for interpreter in host.interpreters}
    binaries = host.root / "build" / "go" / "durations"
    with reaper(other_cpus) as held:
        held.folder(binaries)
        context = MeasureContext(host.root, environments, {}, variables, binaries, cpus, other_cpus, held)
        web.build(context, benchmark, ())
        with web.backend(context, [benchmark], None) as with_database, pinned(other_cpus):
            yield with_database


def _row(one: LoopLength) -> tuple[str, ...]:
    interval = f"{one.interval.low:.3f} to {one.interval.high:.3f}"
    return (one.program, f"{one.seconds:g}", f"{one.rate:,.0f}", f"{one.ratio:.3f}", interval)
