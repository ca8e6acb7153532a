"""The sun and four giant planets under each other's gravity: the loops of the pure program, which numba compiles.

They are compiled for the types of their arguments when the module is imported. Numba has no classes with slots that cost nothing:
a body is a row of an array, with the columns of `n_body.Body`.
"""

from __future__ import annotations

from dataclasses import astuple
from math import sqrt

import numpy as np
from numba import njit

from bench.workloads.execution.n_body import STEP, solar_system

X, Y, Z, VX, VY, VZ, MASS = range(7)
Bodies = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@njit("float64(float64[:, ::1])")
def energy(bodies: Bodies) -> float:
    """Return the kinetic and potential energy of the system, which a good integration keeps."""
    total = 0.0
    for i in range(len(bodies)):
        a = bodies[i]
        total += 0.5 * a[MASS] * (a[VX] * a[VX] + a[VY] * a[VY] + a[VZ] * a[VZ])
        for j in range(i + 1, len(bodies)):
            b = bodies[j]
            dx, dy, dz = a[X] - b[X], a[Y] - b[Y], a[Z] - b[Z]
            total -= a[MASS] * b[MASS] / sqrt(dx * dx + dy * dy + dz * dz)
    return total


@njit("void(float64[:, ::1], int64)")
def advance(bodies: Bodies, steps: int) -> None:
    """Move the bodies on by `steps` steps."""
    for _ in range(steps):
        for i in range(len(bodies)):
            a = bodies[i]
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a[X] - b[X]
                dy = a[Y] - b[Y]
                dz = a[Z] - b[Z]
                square = dx * dx + dy * dy + dz * dz
                pull = STEP / (square * sqrt(square))
                pull_a = b[MASS] * pull
                pull_b = a[MASS] * pull
                a[VX] -= dx * pull_a
                a[VY] -= dy * pull_a
                a[VZ] -= dz * pull_a
                b[VX] += dx * pull_b
                b[VY] += dy * pull_b
                b[VZ] += dz * pull_b
        for body in bodies:
            body[X] += STEP * body[VX]
            body[Y] += STEP * body[VY]
            body[Z] += STEP * body[VZ]


def run(steps: int) -> list[float]:
    """Return the energy before and after."""
    bodies = np.array([astuple(body) for body in solar_system()])
    before = energy(bodies)
    advance(bodies, steps)
    return [before, energy(bodies)]
