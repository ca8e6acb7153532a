"""Runs one Python program; `python -m tests.workloads.answer ID MODULE` prints its answer to the catalog's check input, as JSON.

It is a module with a guard, as the measuring worker is: spawned processes import it again.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

from bench.workloads import case


def main() -> None:
    benchmark_id, module = sys.argv[1:]
    sys.stdout.write(json.dumps(answer_of(module, case.check(benchmark_id)[0])))


def answer_of(module: str, arguments: case.Arguments) -> Any:  # noqa: ANN401  each program has an answer of its own kind
    """Return what the program of a module answers to arguments."""
    program = importlib.import_module(f"bench.workloads.{module}")
    return program.run(**case.prepared(program, arguments))


if __name__ == "__main__":
    main()
