"""What a program needs beside its own source, as its readings have it."""

from __future__ import annotations

from bench.catalog import Benchmark
from bench.measure.host import dependencies
from bench.measure.instruments import commands
from bench.measure.instruments.base import MeasureContext, go_package


def weight(context: MeasureContext, benchmark: Benchmark, program: str) -> dict[str, float]:
    """Return how many distributions or modules a program needs, and how many bytes these or its binary take.

    Raises:
        ToolchainError: one is missing, or the binary is none of Go's.
    """
    language, variant, *_ = program.split("/")
    if language == "go":
        count, size = dependencies.of_go(commands.binary(context, go_package(benchmark, program)))
    else:
        python = context.python(benchmark, program)
        count, size = dependencies.of_python(python, benchmark.python[variant].packages)
    return {"dependencies": float(count), "installed": float(size)}
