"""The `time` instrument: pyperf on one side, a `testing` binary on the other, each a fresh process."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyperf

from bench.catalog import Benchmark
from bench.measure.host import golang
from bench.measure.instruments.base import Asked, Kit, Sample, build_peer, environment, go_package, other_end, rounded
from bench.measure.processes import process


class BadOutputError(Exception):
    """A measured program ended well but did not print what its harness prints."""


def binary(kit: Kit, benchmark: Benchmark, program: str, layout: int) -> Path:
    """Return where the Go binary of a program with one layout lies."""
    return kit.binaries / str(layout) / f"{go_package(benchmark, program).replace('/', '--')}.test"


def build(kit: Kit, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build the Go binaries of a benchmark, one for each layout; raises ToolchainError with the compiler's message."""
    jobs = [
        (go.package, layout, binary(kit, benchmark, f"go/{tier}", layout))
        for layout in layouts
        for tier, go in benchmark.go.items()
    ]
    golang.build_all(kit.root, jobs)
    build_peer(kit, benchmark)
    return [job[2] for job in jobs]


def invoke(kit: Kit, benchmark: Benchmark, program: str, asked: Asked) -> Sample:
    """Run one invocation of a program."""
    with other_end(kit, benchmark) as addresses:
        if asked.layout is not None:
            return _invoke_go(kit, benchmark, program, asked.layout, asked, addresses)
        return _invoke_python(kit, benchmark, program, asked, addresses)


def parse_go(output: str, loops: int) -> tuple[list[float], int]:
    """Read the lines of a benchmark binary: seconds per iteration, and the checksum that all lines carry.

    Raises:
        BadOutputError: no result line, other iterations than asked for, a metric that is missing, or checksums that differ from
            line to line.
    """
    values: list[float] = []
    checksums: set[int] = set()
    for line in output.splitlines():
        fields = line.split()
        if len(fields) < 2 or not fields[0].startswith("Benchmark") or not fields[1].isdigit():
            continue
        if int(fields[1]) != loops:
            raise BadOutputError(f"asked for {loops} iterations, the binary made {fields[1]}")
        try:
            metrics = dict(zip(fields[3::2], fields[2::2], strict=True))
            values.append(float(metrics["total-ns"]) / loops / 1e9)
            checksums.add(int(float(metrics["checksum"])))
        except (KeyError, ValueError, OverflowError) as error:
            raise BadOutputError(f"no total-ns and checksum in {line!r}") from error
    if len(checksums) != 1:
        raise BadOutputError(f"{len(checksums)} different checksums in {len(values)} values")
    return values, checksums.pop()


def _invoke_go(kit: Kit, benchmark: Benchmark, program: str, layout: int, asked: Asked, addresses: Mapping[str, str]) -> Sample:
    command = [
        str(binary(kit, benchmark, program, layout)),
        "-test.run=^$",
        "-test.bench=^BenchmarkRun$",
        f"-test.benchtime={asked.loops}x",
        f"-test.count={asked.warmups + asked.values}",
    ]
    folder = kit.root / golang.MODULE / go_package(benchmark, program)
    finished = process.run(command, cwd=folder, environment=environment(addresses, asked.chance), cpus=kit.cpus_for(benchmark))
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    try:
        measured, checksum = parse_go(finished.stdout, asked.loops)
    except BadOutputError as error:
        return Sample(finished, failure=str(error))
    return Sample(finished, rounded(measured[: asked.warmups]), rounded(measured[asked.warmups :]), checksum)


def _invoke_python(kit: Kit, benchmark: Benchmark, program: str, asked: Asked, addresses: Mapping[str, str]) -> Sample:
    _, tier, runtime = program.split("/")
    implementation = next(python for name, python in benchmark.python.items() if name == tier)
    executable = kit.environments[benchmark.requirements][runtime]
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "benchmark.json"
        command = [
            *(str(executable), "-m", "bench.workloads", benchmark.id, implementation.module, str(output)),
            *(f"--loops={asked.loops}", f"--warmups={asked.warmups}", f"--values={asked.values}"),
        ]
        variables = environment({**kit.variables[runtime], **addresses}, asked.chance)
        finished = process.run(command, cwd=kit.root, environment=variables, cpus=kit.cpus_for(benchmark))
        if finished.failure:
            return Sample(finished, failure=finished.failure)
        try:
            (measured,) = pyperf.Benchmark.load(str(output)).get_runs()
            metadata = measured.get_metadata()
            checksum = int(metadata["checksum"])
        except (OSError, ValueError, KeyError) as error:
            return Sample(finished, failure=f"pyperf cannot read what the worker wrote: {error}")
    gil = {"enabled": True, "disabled": False}.get(metadata.get("python_gil", ""))
    return Sample(finished, rounded(value for _, value in measured.warmups), rounded(measured.values), checksum, gil)
