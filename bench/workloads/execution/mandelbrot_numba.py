"""The Mandelbrot set, followed point by point by the loop of the pure program, which numba compiles to machine code.

It is compiled for the types of its arguments when the module is imported.
"""

from __future__ import annotations

from numba import njit

from bench.workloads.execution.mandelbrot import ITERATIONS


@njit("boolean(float64, float64)")
def inside(real: float, imaginary: float) -> bool:
    x = y = x_squared = y_squared = 0.0
    for _ in range(ITERATIONS):
        y = 2.0 * x * y + imaginary
        x = x_squared - y_squared + real
        x_squared = x * x
        y_squared = y * y
        if x_squared + y_squared > 4.0:
            return False
    return True


@njit("int64(int64, int64)")
def in_row(n: int, row: int) -> int:
    """Return how many points of a row are in the set."""
    count = 0
    for column in range(n):
        count += inside(2 * column / n - 1.5, 2 * row / n - 1)
    return count


def run(n: int) -> list[int]:
    return [in_row(n, row) for row in range(n)]
