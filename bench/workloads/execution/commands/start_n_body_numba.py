"""A command that has numba compile n-body, moves five bodies on by a thousand steps, and prints the energy before and after."""

from __future__ import annotations

import sys

sys.path.append(f"{sys.path[0]}/../../../..")  # the repository: a script has its own folder alone

from bench.workloads.execution.n_body_numba import run

for energy in run(1000):
    sys.stdout.write(f"{energy:.9f}\n")
