"""The Mandelbrot set: which points of a square grid stay near the origin for 50 iterations of z -> z * z + c. By NumPy, in C.

The rule for every tier: a point is followed until its distance is above 2, and no further. So after each iteration the arrays
are reduced to the points that are still near. Real and imaginary parts are arrays of their own, because NumPy may round
products of complex numbers differently.
"""

from __future__ import annotations

import numpy as np

ITERATIONS = 50


def run(n: int) -> list[int]:
    """Return how many points of each row are in the set."""
    number = np.arange(n)
    real = np.tile(2 * number / n - 1.5, n)
    imaginary = np.repeat(2 * number / n - 1, n)
    row = np.repeat(number, n)
    x, y, x_squared, y_squared = np.zeros((4, n * n))
    for _ in range(ITERATIONS):
        y = 2 * x * y + imaginary
        x = x_squared - y_squared + real
        x_squared = x * x
        y_squared = y * y
        near = x_squared + y_squared <= 4
        real, imaginary, row = real[near], imaginary[near], row[near]
        x, y, x_squared, y_squared = x[near], y[near], x_squared[near], y_squared[near]
    counts: list[int] = np.bincount(row, minlength=n).tolist()
    return counts
