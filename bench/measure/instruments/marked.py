"""The `memory` and `observe` instruments: a process that marks the moments at which it is read; see `bench/workloads/report.py`.

At each mark the process waits while its memory is read from outside:

- `peak`: its own largest resident size, VmHWM. (`ru_maxrss` begins with that of the process which started it.)
- `resident`: its resident size at the mark, VmRSS.
- `proportional`: the proportional set size of its whole process group: a page that several processes share, whoever they are,
  counts in parts.
- `group`: what the group would take if nobody else shared its files: anonymous memory as in `proportional`, files once.

Go adds `runtime`, what its runtime says that it has mapped and not given back; a program adds what it has itself observed. Where
the entry's programs say what `packages` they need, `dependencies` and `installed` are how many these are and their bytes. The
value of an invocation is the entry's `metric` at the last mark, or the slope of its `reading` over its `counts`: bytes per item.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from subprocess import PIPE, Popen

from bench.catalog import Benchmark
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
from bench.measure.instruments.weight import weight
from bench.measure.processes import children, process, procfs
from bench.measure.processes.tree import ProcessTree
from bench.records.lines import slope_and_base
from bench.records.run import Reading

REPORT = Path("bench") / "workloads" / "report.py"
LONGEST_LINE = 1 << 16
"""Bytes that are kept of a line."""


class MarkedError(Exception):
    """A program failed, or did not report what it has to; the message says how."""


def build(context: MeasureContext, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build a benchmark's Go commands; raises ToolchainError. They have the linker's own layout: `layouts` is empty."""
    del layouts
    build_peer(context, benchmark)
    packages = list(dict.fromkeys(go.package for go in benchmark.go.values()))  # variants may differ in their variables alone
    golang.build_all(context.root, [(package, None, binary(context, package)) for package in packages])
    return [binary(context, package) for package in packages]


def binary(context: MeasureContext, package: str) -> Path:
    """Return where the command of a Go package lies."""
    return context.binaries / "commands" / package.replace("/", "--")


def forbidden() -> str | None:
    """Return why memory cannot be measured here, if it cannot."""
    return None if (procfs.PROC / "self" / "smaps_rollup").exists() else "memory is read from Linux's /proc"


def invoke(context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
    """Run one invocation of a program: one process, or one for each of the entry's counts that the program is run with."""
    readings: list[Reading] = []
    answers: list[int] = []
    gils: list[bool | None] = []
    tree = context.tree(benchmark)

    def work() -> tuple[str, str | None]:
        command, variables = _command(context, benchmark, program)
        try:
            needs = weight(context, benchmark, program) if any(python.packages for python in benchmark.python.values()) else {}
            for count in counts(benchmark, program) or (None,):
                arguments = benchmark.input | ({} if count is None else {"count": count})
                with other_end(context, benchmark) as addresses:
                    marks, answer, gil = run(
                        tree,
                        [*command, *(f"{name}={value}" for name, value in arguments.items())],
                        context.root,
                        environment({**variables, **addresses}, f"{request.seed} {count}"),
                    )
                readings.extend(Reading(count=count, mark=mark, metrics=metrics | needs) for mark, metrics in marks)
                answers.append(answer)
                gils.append(gil)
            value(benchmark, readings)
        except (MarkedError, golang.ToolchainError, ValueError) as error:
            return "", str(error)
        return "", None

    finished = process.observe(work, tree, tree.cpus)
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    values = rounded([value(benchmark, readings)])
    # programs differ in the most items they can be run with, and so in that answer: the smallest count is common to all
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
        MarkedError: the program did not report the metric, or it is not above zero.
    """
    metric = str(benchmark.metric)
    read = benchmark.reading if metric == "slope" else metric
    last = list({reading.count: reading for reading in readings}.values())
    if not last or any(read not in reading.metrics for reading in last):
        raise MarkedError(f"no metric {read!r} at the last mark: {last}")
    number = slope_and_base(readings, read)[0] if metric == "slope" else readings[-1].metrics[read]
    if not number > 0:
        raise MarkedError(f"{metric} is {number:g}, which is not above zero")
    return number


def run(
    tree: ProcessTree, command: Sequence[str], cwd: Path, variables: Mapping[str, str]
) -> tuple[list[tuple[str, dict[str, float]]], int, bool | None]:
    """Run one process and read it at its marks; return (mark, metrics) in order, its answer, and whether the GIL was on.

    Once it has answered it is killed with everything that it started: its end is not measured.

    Raises:
        MarkedError: it ended without an answer, or hung; the message ends with what it wrote to standard error.
        ValueError: a line that it printed for the harness is not as `bench/workloads/report.py` would print it.
        ProcError: its memory cannot be read.
    """
    marks: list[tuple[str, dict[str, float]]] = []
    child = process.start(tree, command, cwd=cwd, environment=variables, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    printed, errors, hung = b"", b"", False
    try:
        for pipe, data in children.chunks(child, time.monotonic() + process.TIME_LIMIT):
            if pipe is child.stderr:
                errors = (errors + data)[-process.STDERR_KEPT :]
                continue
            *lines, printed = (printed + data).split(b"\n")
            printed = printed[:LONGEST_LINE]
            for kind, fields in _reports(lines):
                if kind == "answer":
                    settings = dict(field.split("=") for field in fields[1:])
                    return marks, int(fields[0]), {"1": True, "0": False}.get(settings.get("gil", ""))
                own = {name: float(text) for name, text in (field.split("=") for field in fields[1:])}
                marks.append((fields[0], {**procfs.memory(child.pid), **own}))
                _continue(child)
    except TimeoutError:
        hung = True
    finally:
        process.kill_group(child.pid)
        status = process.finish(tree, child)
        tree.end()
    why = f"killed after {process.TIME_LIMIT:.0f} s" if hung else f"exit status {status} and no answer"
    raise MarkedError(f"{' '.join(command)}: {why}: {errors.decode(errors='replace').strip()}")


def _command(context: MeasureContext, benchmark: Benchmark, program: str) -> tuple[list[str], Mapping[str, str]]:
    """Return the command that starts a program, and the variables of its runtime or its own."""
    language, variant, *runtime = program.split("/")
    if language == "go":
        return [str(binary(context, go_package(benchmark, program)))], go_variables(context, benchmark, program)
    python = context.python(benchmark, program)
    return [str(python), str(context.root / REPORT), benchmark.python[variant].module], context.variables[runtime[0]]


def _reports(lines: Iterable[bytes]) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines that a program prints for the harness, (kind, fields); all others are ignored."""
    for line in lines:
        kind, *fields = line.decode(errors="replace").split() or [""]
        if kind in ("mark", "answer") and fields:
            yield kind, fields


def _continue(child: Popen[bytes]) -> None:
    """Let a program continue after a mark. If it has been killed meanwhile, its output ends, and that is noticed there."""
    if child.stdin:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(b"\n")
            child.stdin.flush()
