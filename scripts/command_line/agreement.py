"""The command that compares the harness with independent tools on the same programs, one after the other."""

from __future__ import annotations

import dataclasses
import json
import math
import time
from pathlib import Path

import click

from bench.analyse.agreement import LIMIT, Agreement, agreement
from bench.analyse.pairs import failed, invocations_by_round, value_of
from bench.catalog import Benchmark
from bench.measure.host import machine
from bench.measure.host.host import Host, find_host
from bench.measure.instruments import independent
from bench.records import locks
from bench.records.files import ResultError
from bench.records.run import BenchmarkResult
from scripts.command_line import measuring, project
from scripts.command_line.console import CliError, console, print_table
from scripts.command_line.project import ROOT
from scripts.command_line.table import Table

RESULTS = ROOT / "build" / "agreement"
"""The runs that it makes, and the comparison as JSON: Git and the pages leave it out."""
COMPARISON = "agreement.json"


@click.command("agreement")
@click.option("--only", metavar="GLOB", default="execution/*", show_default=True, help="Benchmarks by id, as `bench` takes them.")
@measuring.python_option
def agreement_command(only: str, pythons: tuple[str, ...]) -> None:
    """Compare the harness with pyperf alone and `go test -count 20` alone: times and ratios of the headline programs.

    Each benchmark takes about a minute and a half: a quick run of its own, and right after it the two tools. Nothing else should
    run meanwhile. Only what runs on one CPU in one process is compared.

    \b
    build.py agreement
    build.py agreement --only 'execution/json*' --python 3.14
    """  # noqa: D301  as in main.py
    selected = [one for one in project.benchmarks(project.catalog(), only) if _comparable(one)]
    compared: list[Agreement] = []
    try:
        host = find_host(ROOT, pythons)
        for number, benchmark in enumerate(selected, 1):
            compared.append(_compare(host, benchmark, pythons))
            _write(RESULTS / COMPARISON, compared)
            console.print(f"{number} of {len(selected)}: {benchmark.id}, ratio {compared[-1].ratio:.3f}", markup=False)
    except ResultError as error:
        raise CliError(str(error)) from error
    rows = tuple(_row(one) for one in compared)
    print_table(Table(("benchmark", "Python", "Go", "ratio", "noise", "ours, s", "theirs, s"), rows))
    agreeing, differing = (sum(held) for held in ([one.agrees for one in compared], [one.differs for one in compared]))
    console.print(
        f"Ours divided by theirs. {agreeing} of {len(compared)} ratios agree within {LIMIT:.0%}; of the others, those that "
        f"differ by more than noise: {differing}.",
        markup=False,
    )


def _comparable(benchmark: Benchmark) -> bool:
    return benchmark.instrument == "time" and benchmark.cpus == "one" and not benchmark.companion


def _compare(host: Host, benchmark: Benchmark, pythons: tuple[str, ...]) -> Agreement:
    began = time.monotonic()
    result = measuring.measured_again(benchmark, pythons[:1] or None, RESULTS)
    between = time.monotonic()
    interpreter = host.interpreters[0]
    variant, cpus = benchmark.headline, machine.cpus()[0]
    with locks.measuring():
        executable = host.environments(benchmark.requirements_of(variant.python))[interpreter.name]
        python = independent.python(ROOT, benchmark, variant.python, executable, interpreter.environment, cpus)
        go = independent.go(ROOT, benchmark, variant.go, cpus)
    ours = (_values(result, f"python/{variant.python}/{interpreter.name}"), _values(result, f"go/{variant.go}"))
    return agreement(benchmark.id, ours, (python, go), (between - began, time.monotonic() - between))


def _values(result: BenchmarkResult, program: str) -> list[float]:
    values = [value_of(each) for each in invocations_by_round(result, program).values() if not failed(each)]
    if not values:
        raise ResultError(f"{result.benchmark}: {program}: no invocation succeeded")
    return values


def _write(path: Path, compared: list[Agreement]) -> None:
    content = [{**dataclasses.asdict(one), "ratio": one.ratio, "agrees": one.agrees, "differs": one.differs} for one in compared]
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _row(one: Agreement) -> tuple[str, ...]:
    numbers = (*(f"{value:.3f}" for value in (one.python, one.go, one.ratio)), f"±{math.expm1(one.noise):.1%}")
    return (one.benchmark, *numbers, *(f"{seconds:.0f}" for seconds in one.seconds))
