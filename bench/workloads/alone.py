"""Times one Python program with pyperf alone, by its own defaults, for `build.py agreement`.

For example: `python -m bench.workloads.alone execution/fib execution.fib --output FILE`; the other options are pyperf's.
"""

from __future__ import annotations

import functools
import importlib
from argparse import Namespace

import pyperf

from bench.workloads import case


def main() -> None:
    runner = pyperf.Runner(program_args=("-m", "bench.workloads.alone"), add_cmdline_args=_positional)
    runner.argparser.add_argument("benchmark", help="id in the catalog")
    runner.argparser.add_argument("module", help="the program, below bench.workloads")
    asked = runner.parse_args()
    program = importlib.import_module(f"bench.workloads.{asked.module}")
    arguments = case.prepared(program, case.arguments(asked.benchmark))
    runner.bench_func(asked.benchmark, functools.partial(program.run, **arguments))


def _positional(command: list[str], asked: Namespace) -> None:
    """Pass on to a worker what pyperf does not know."""
    command += [asked.benchmark, asked.module]


if __name__ == "__main__":
    main()
