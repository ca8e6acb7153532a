"""Prints the answer of one Python program for the catalog's check input, as JSON: `python -m tests.workloads.answer ID MODULE`.

It is a module with a guard, as the measuring worker is: spawned processes import it again.
"""

from __future__ import annotations

import importlib
import json
import sys

from bench.workloads import case


def main() -> None:
    benchmark_id, module = sys.argv[1:]
    program = importlib.import_module(f"bench.workloads.{module}")
    answer = program.run(**case.prepared(program, case.check(benchmark_id)[0]))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
