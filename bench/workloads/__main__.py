"""Measures one Python program in this very process, which must be the measured interpreter's: it has pyperf and little else.

For example: `python -m bench.workloads execution/fib execution.fib OUTPUT --loops 2 --warmups 5 --values 10`.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import os
import sys
from types import ModuleType

import pyperf

from bench.workloads import case
from bench.workloads.checksum import Answer, checksum


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.workloads", description="Measure one Python program in this process.")
    parser.add_argument("benchmark", help="id in the catalog")
    parser.add_argument("module", help="the program, below bench.workloads")
    parser.add_argument("output", help="file to write, a pyperf benchmark as JSON")
    parser.add_argument("--loops", type=int, required=True, help="calls that one value spans")
    parser.add_argument("--warmups", type=int, required=True, help="values at the start that do not count")
    parser.add_argument("--values", type=int, required=True, help="values that do")
    parser.add_argument("--extension", help="file of the program, where it has been compiled to one")
    asked = parser.parse_args()

    program = imported(f"bench.workloads.{asked.module}", asked.extension)
    run, arguments = program.run, case.prepared(program, case.arguments(asked.benchmark))
    answer: Answer = ""

    def call() -> None:
        nonlocal answer
        answer = run(**arguments)

    runner = pyperf.Runner()
    runner.parse_args(
        ["--worker", "--quiet", f"--loops={asked.loops}", f"--warmups={asked.warmups}", f"--values={asked.values}", *affinity()]
    )
    # A pyperf worker prints a summary even when it is told to be quiet.
    with contextlib.redirect_stdout(io.StringIO()):
        benchmark = runner.bench_func(asked.benchmark, call)
    benchmark.update_metadata({"checksum": checksum(answer), **interpreter_state()})
    benchmark.dump(asked.output, replace=True)


def imported(name: str, extension: str | None) -> ModuleType:
    """Import the program: from its source, or from the extension that it was compiled to and from nothing else."""
    spec = importlib.util.spec_from_file_location(name, extension) if extension else None
    if spec is None or spec.loader is None:
        return importlib.import_module(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def affinity() -> list[str]:
    """Keep the CPUs that the harness chose: by itself pyperf would move to isolated ones where the system has any."""
    if not hasattr(os, "sched_getaffinity"):
        return []
    return ["--affinity=" + ",".join(map(str, sorted(os.sched_getaffinity(0))))]


def interpreter_state() -> dict[str, str]:
    """Say whether the GIL and the JIT are on, where the interpreter tells; pyperf does not record it."""
    state = {}
    if hasattr(sys, "_is_gil_enabled"):
        state["python_gil"] = "enabled" if sys._is_gil_enabled() else "disabled"  # noqa: SLF001 - the only way to ask
    if hasattr(sys, "_jit"):
        state["python_jit"] = "enabled" if sys._jit.is_enabled() else "disabled"  # noqa: SLF001 - likewise
    return state


if __name__ == "__main__":
    main()
