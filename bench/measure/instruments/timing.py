"""The `time` instrument: pyperf on one side, a `testing` binary on the other, each a fresh process."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyperf

from bench.catalog import Benchmark, gotests
from bench.measure.host import golang
from bench.measure.instruments.base import (
    InvocationRequest,
    MeasureContext,
    Sample,
    build_peer,
    environment,
    go_package,
    go_variables,
    other_end,
    rounded,
)
from bench.measure.processes import process


class BadOutputError(Exception):
    """A measured program ended well, but its output is not what was asked for."""


def binary(context: MeasureContext, benchmark: Benchmark, program: str, layout: int) -> Path:
    """Return where the Go binary of a program with one layout lies."""
    return context.binaries / str(layout) / f"{go_package(benchmark, program).replace('/', '--')}.test"


def build(context: MeasureContext, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build the Go binaries of a benchmark, one for each layout; raises ToolchainError with the compiler's message."""
    # each once: variants that differ in their environment alone share a package
    jobs = dict.fromkeys(
        (go.package, layout, binary(context, benchmark, f"go/{tier}", layout))
        for layout in layouts
        for tier, go in benchmark.go.items()
    )
    golang.build_all(context.root, jobs)
    build_peer(context, benchmark)
    return [path for _, _, path in jobs]


def invoke(context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
    """Run one invocation of a program."""
    with other_end(context, benchmark) as addresses:
        if request.layout is not None:
            return _invoke_go(context, benchmark, program, request.layout, request, addresses)
        return _invoke_python(context, benchmark, program, request, addresses)


def parse_go(output: str, loops: int) -> tuple[list[float], int]:
    """Read the line of a benchmark binary: seconds per iteration of each of its values, and the checksum of the last answer.

    Raises:
        BadOutputError: not exactly one result line, iterations that are not so many for each value, or a missing metric.
    """
    lines = [line for line in output.splitlines() if re.match(r"Benchmark\S*\s+\d", line)]
    if len(lines) != 1:
        raise BadOutputError(f"{len(lines)} lines of results")
    _, ran, *fields = lines[0].split()
    try:
        iterations = int(ran)
        metrics = dict(zip(fields[1::2], map(float, fields[::2]), strict=True))
        checksum = int(metrics["checksum"])
        count = sum(name.endswith("-ns") for name in metrics)
        nanoseconds = [metrics[f"{number}-ns"] for number in range(1, max(count, 1) + 1)]
    except (KeyError, ValueError, OverflowError) as error:
        raise BadOutputError(f"no values and checksum in {lines[0]!r}") from error
    if iterations != loops * len(nanoseconds):
        raise BadOutputError(f"asked for {loops} iterations of each value, the binary ran {iterations} for {len(nanoseconds)}")
    return [value / loops / 1e9 for value in nanoseconds], checksum


def _check_counts(request: InvocationRequest, warmups: Sequence[object], values: Sequence[object]) -> None:
    """Refuse an invocation with fewer or more values than were asked for."""
    if (len(warmups), len(values)) != (request.warmups, request.values):
        asked = f"{request.warmups} warm-up values and {request.values} values"
        raise BadOutputError(f"asked for {asked}, and {len(warmups)} and {len(values)} were printed")


def _invoke_go(
    context: MeasureContext,
    benchmark: Benchmark,
    program: str,
    layout: int,
    request: InvocationRequest,
    addresses: Mapping[str, str],
) -> Sample:
    command = [
        str(binary(context, benchmark, program, layout)),
        "-test.run=^$",
        f"-test.bench={gotests.pattern(benchmark.id)}",
        f"-test.benchtime={request.loops * (request.warmups + request.values)}x",
        f"-loops={request.loops}",
    ]
    folder = context.root / golang.MODULE / go_package(benchmark, program)
    variables = environment({**go_variables(context, benchmark, program), **addresses}, request.seed)
    finished = process.run(command, cwd=folder, environment=variables, tree=context.tree(benchmark))
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    try:
        measured, checksum = parse_go(finished.stdout, request.loops)
        _check_counts(request, measured[: request.warmups], measured[request.warmups :])
    except BadOutputError as error:
        return Sample(finished, failure=str(error))
    return Sample(finished, rounded(measured[: request.warmups]), rounded(measured[request.warmups :]), checksum)


def _invoke_python(
    context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest, addresses: Mapping[str, str]
) -> Sample:
    _, tier, runtime = program.split("/")
    implementation = next(python for name, python in benchmark.python.items() if name == tier)
    executable = context.python(benchmark, program)
    with context.reaper.temporary() as folder:
        output = folder / "benchmark.json"
        command = [
            *(str(executable), "-m", "bench.workloads", benchmark.id, implementation.module, str(output)),
            *(f"--loops={request.loops}", f"--warmups={request.warmups}", f"--values={request.values}"),
        ]
        if implementation.extension:
            command.append(f"--extension={context.extensions[implementation.module, runtime].file}")
        variables = environment({**context.variables[runtime], **addresses}, request.seed)
        finished = process.run(command, cwd=context.root, environment=variables, tree=context.tree(benchmark))
        if finished.failure:
            return Sample(finished, failure=finished.failure)
        try:
            (measured,) = pyperf.Benchmark.load(str(output)).get_runs()
            metadata = measured.get_metadata()
            checksum = int(metadata["checksum"])
            _check_counts(request, measured.warmups, measured.values)
        except BadOutputError as error:
            return Sample(finished, failure=str(error))
        except (OSError, ValueError, KeyError) as error:
            return Sample(finished, failure=f"pyperf cannot read what the worker wrote: {error}")
    gil = {"enabled": True, "disabled": False}.get(metadata.get("python_gil", ""))
    return Sample(finished, rounded(value for _, value in measured.warmups), rounded(measured.values), checksum, gil)
