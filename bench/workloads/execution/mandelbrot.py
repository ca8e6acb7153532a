"""The Mandelbrot set: which points of a square grid stay near the origin for 50 iterations of z -> z * z + c.

The rule for every tier: a point is followed until its distance is above 2, and no further.
"""

from __future__ import annotations

ITERATIONS = 50


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


def run(n: int) -> list[int]:
    """Return how many points of each row are in the set."""
    return [sum(inside(2 * column / n - 1.5, 2 * row / n - 1) for column in range(n)) for row in range(n)]
