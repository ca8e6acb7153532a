"""The `memory` and `observe` instruments: a process that marks the moments at which it is read; see `bench/workloads/report.py`.

At each mark the process waits while its memory is read from outside:

- `peak`: its own largest resident size, VmHWM. (`ru_maxrss` begins with that of the process which started it.)
- `resident`: its resident size at the mark, VmRSS.
- `proportional`: the proportional set size of its whole process group: a page that several processes share, whoever they are,
  counts in parts.
- `group`: what the group would take if nobody else shared its files: anonymous memory as in `proportional`, files once.

Go adds `runtime`, what its runtime says that it has mapped and not given back; a program adds what it has itself observed. The
value of an invocation is the entry's `metric` at the last mark, or the slope of its `reading` over its `counts`: bytes per item.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host import golang
from bench.measure.instruments.base import (
    InvocationRequest,
    MeasureContext,
    Sample,
    build_peer,
    environment,
    go_package,
    other_end,
    rounded,
)
from bench.measure.processes import process
from bench.records.lines import slope_and_base
from bench.records.run import Reading

PROC = Path("/proc")
REPORT = Path("bench") / "workloads" / "report.py"
KILOBYTE = 1024
"""Bytes, as the kernel counts them."""


class InsideError(Exception):
    """A program failed, or did not say what it has to; the message says how."""


def build(context: MeasureContext, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build a benchmark's Go commands; raises ToolchainError. They have the linker's own layout: `layouts` is empty."""
    del layouts
    build_peer(context, benchmark)
    packages = [go.package for go in benchmark.go.values()]
    golang.build_all(context.root, [(package, None, binary(context, package)) for package in packages])
    return [binary(context, package) for package in packages]


def binary(context: MeasureContext, package: str) -> Path:
    """Return where the command of a Go package lies."""
    return context.binaries / "commands" / package.replace("/", "--")


def forbidden() -> str | None:
    """Return why no memory can be measured here, if it cannot."""
    return None if (PROC / "self" / "smaps_rollup").exists() else "memory is read from Linux's /proc"


def invoke(context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
    """Run one invocation of a program: one process, or one for each of the entry's counts that the program is run with."""
    readings: list[Reading] = []
    answers: list[int] = []
    gils: list[bool | None] = []

    def work() -> tuple[str, str | None]:
        command, variables = _command(context, benchmark, program)
        try:
            for count in counts(benchmark, program) or (None,):
                arguments = benchmark.input | ({} if count is None else {"count": count})
                with other_end(context, benchmark) as addresses:
                    found, answer, gil = run(
                        [*command, *(f"{name}={value}" for name, value in arguments.items())],
                        context.root,
                        environment({**variables, **addresses}, f"{request.seed} {count}"),
                        context.cpus_for(benchmark),
                    )
                readings.extend(Reading(count=count, mark=mark, metrics=metrics) for mark, metrics in found)
                answers.append(answer)
                gils.append(gil)
            value(benchmark, readings)
        except (InsideError, ValueError) as error:
            return "", str(error)
        return "", None

    finished = process.observe(work, context.cpus_for(benchmark))
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    values = rounded([value(benchmark, readings)])
    # how many items a program is run with at the most differs, and with it the answer: the smallest count is everybody's
    return Sample(finished, (), values, answers[0], gils[0], tuple(readings))


def counts(benchmark: Benchmark, program: str) -> tuple[int, ...]:
    """Return the counts of the entry that a program is run with."""
    language, variant, *_ = program.split("/")
    programs = benchmark.python if language == "python" else benchmark.go
    most = programs[variant].most
    return tuple(count for count in benchmark.counts if most is None or count <= most)


def value(benchmark: Benchmark, readings: Sequence[Reading]) -> float:
    """Return the metric of one invocation, in the entry's unit.

    Raises:
        InsideError: the program did not report the metric, or it is not above zero.
    """
    metric = str(benchmark.metric)
    wanted = benchmark.reading if metric == "slope" else metric
    last = list({reading.count: reading for reading in readings}.values())
    if not last or any(wanted not in reading.metrics for reading in last):
        raise InsideError(f"no metric {wanted!r} at the last mark: {last}")
    found = slope_and_base(readings, wanted)[0] if metric == "slope" else readings[-1].metrics[wanted]
    if not found > 0:
        raise InsideError(f"{metric} is {found:g}, which is not above zero")
    return found


def run(
    command: Sequence[str], cwd: Path, variables: Mapping[str, str], cpus: Sequence[int]
) -> tuple[list[tuple[str, dict[str, float]]], int, bool | None]:
    """Run one process and read it at its marks; return (mark, metrics) in order, its answer, and whether the GIL was on.

    It is killed with all that it has started once it has answered: its end is not what is measured.

    Raises:
        InsideError: it ended without an answer, or hung; the message ends with what it wrote to standard error.
        ValueError: what it said is not as `bench/workloads/report.py` would say it.
    """
    found: list[tuple[str, dict[str, float]]] = []
    hung = threading.Event()
    with tempfile.TemporaryFile() as errors:
        with process.pinned(cpus):
            child = subprocess.Popen(
                command,
                cwd=cwd,
                env=dict(variables),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )

        def give_up() -> None:
            hung.set()
            process.kill_group(child.pid)

        watchdog = threading.Timer(process.TIME_LIMIT, give_up)
        watchdog.start()
        try:
            for kind, fields in _lines(child):
                if kind == "answer":
                    settings = dict(field.split("=") for field in fields[1:])
                    return found, int(fields[0]), {"1": True, "0": False}.get(settings.get("gil", ""))
                own = {name: float(text) for name, text in (field.split("=") for field in fields[1:])}
                found.append((fields[0], {**memory(child.pid), **own}))
                _go_on(child)
        finally:
            watchdog.cancel()
            process.kill_group(child.pid)
            status = child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        errors.seek(0)
        said = errors.read().decode(errors="replace")[-process.STDERR_KEPT :].strip()
    why = f"killed after {process.TIME_LIMIT:.0f} s" if hung.is_set() else f"exit status {status} and no answer"
    raise InsideError(f"{' '.join(command)}: {why}: {said}")


def memory(pid: int) -> dict[str, float]:
    """Return the memory of a process and of its group, in bytes; empty where the platform does not tell."""
    status = _fields(PROC / str(pid) / "status")
    if "VmHWM" not in status:
        return {}
    members = list(group(pid))
    shares = [_fields(PROC / str(member) / "smaps_rollup") for member in members]
    files: dict[str, int] = {}
    for member in members:
        for name, size in _files(PROC / str(member) / "smaps"):
            files[name] = max(size, files.get(name, 0))
    anonymous = sum(share.get("Pss_Anon", 0) for share in shares)
    return {
        "peak": float(KILOBYTE * status["VmHWM"]),
        "resident": float(KILOBYTE * status["VmRSS"]),
        "proportional": float(KILOBYTE * sum(share.get("Pss", 0) for share in shares)),
        "group": float(KILOBYTE * (anonymous + sum(files.values()))),
    }


def _command(context: MeasureContext, benchmark: Benchmark, program: str) -> tuple[list[str], Mapping[str, str]]:
    """Return what starts a program, and the variables that its runtime is given."""
    language, variant, *runtime = program.split("/")
    if language == "go":
        return [str(binary(context, go_package(benchmark, program)))], {}
    python = context.environments[benchmark.requirements][runtime[0]]
    return [str(python), str(context.root / REPORT), benchmark.python[variant].module], context.variables[runtime[0]]


def _lines(child: subprocess.Popen[bytes]) -> Iterator[tuple[str, list[str]]]:
    """Yield what a program says to the harness; whatever else it prints is no business of ours."""
    for text in child.stdout or ():
        kind, *fields = text.decode(errors="replace").split() or [""]
        if kind in ("mark", "answer") and fields:
            yield kind, fields


def _go_on(child: subprocess.Popen[bytes]) -> None:
    """Let a program go on, if it has not been killed meanwhile: of that its output tells, which then ends."""
    if child.stdin:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(b"\n")
            child.stdin.flush()


def group(leader: int) -> Iterator[int]:
    """Yield the processes of a process group."""
    for path in PROC.iterdir():
        if path.name.isdigit():
            try:
                if os.getpgid(int(path.name)) == leader:
                    yield int(path.name)
            except ProcessLookupError:
                continue


def _files(path: Path) -> Iterator[tuple[str, int]]:
    """Yield which part of which file each of a process's mappings is, and how many kilobytes of the file are resident."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    name, resident = "", 0
    for text in lines:
        first, *rest = text.split()
        if "-" in first and not first.endswith(":"):
            _, offset, device, inode = rest[:4]
            name = f"{device} {inode} {offset}" if inode != "0" else ""
        elif first == "Rss:":
            resident = int(rest[0])
        elif first == "Anonymous:" and name:
            yield name, resident - int(rest[0])


def _fields(path: Path) -> dict[str, int]:
    """Read the kernel's `Name: number kB` lines."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (text.split() for text in lines)
    return {name.rstrip(":"): int(number) for name, number, unit in (pair for pair in pairs if len(pair) == 3) if unit == "kB"}
