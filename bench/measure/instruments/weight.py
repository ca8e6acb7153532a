"""What a program needs beside its own source, as its readings have it."""

from __future__ import annotations

from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host import dependencies
from bench.measure.instruments import commands
from bench.measure.instruments.base import MeasureContext, go_package, go_variables


def weight(context: MeasureContext, benchmark: Benchmark, program: str) -> dict[str, float]:
    """Return how many distributions or modules a program needs, and how many bytes these or its binary take.

    A shared library that a Go program loads is one more, with its size.

    Raises:
        ToolchainError: one is missing, or the binary is none of Go's.
    """
    language, variant, *_ = program.split("/")
    if language == "go":
        count, size = dependencies.of_go(commands.binary(context, go_package(benchmark, program)))
        if loads := benchmark.go[variant].loads:
            library = Path(go_variables(context, benchmark, program)[loads.upper()])
            count, size = count + 1, size + library.stat().st_size
    else:
        python = context.python(benchmark, program)
        count, size = dependencies.of_python(python, benchmark.python[variant].packages)
    return {"dependencies": float(count), "installed": float(size)}
