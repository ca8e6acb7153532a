"""The sun and four giant planets under each other's gravity: floating-point arithmetic on the attributes of objects.

Positions are in astronomical units, velocities in units a day, masses in suns; a step is 0.01 years, as in the Benchmarks Game.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import pi, sqrt

SOLAR_MASS = 4 * pi * pi
DAYS_PER_YEAR = 365.24
STEP = 0.01


@dataclass(slots=True)
class Body:
    """A point mass; lengths in astronomical units, times in years."""

    x: float
    y: float
    z: float
    vx: float
    vy: float
    vz: float
    mass: float


# x, y, z, then velocities a day, then the mass in suns: sun, Jupiter, Saturn, Uranus, Neptune.
SOLAR_SYSTEM = (
    (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    (
        *(4.84143144246472090e00, -1.16032004402742839e00, -1.03622044471123109e-01),
        *(1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05),
        9.54791938424326609e-04,
    ),
    (
        *(8.34336671824457987e00, 4.12479856412430479e00, -4.03523417114321381e-01),
        *(-2.76742510726862411e-03, 4.99852801234917238e-03, 2.30417297573763929e-05),
        2.85885980666130812e-04,
    ),
    (
        *(1.28943695621391310e01, -1.51111514016986312e01, -2.23307578892655734e-01),
        *(2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05),
        4.36624404335156298e-05,
    ),
    (
        *(1.53796971148509165e01, -2.59193146099879641e01, 1.79258772950371181e-01),
        *(2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05),
        5.15138902046611451e-05,
    ),
)


def solar_system() -> list[Body]:
    """Return the five bodies, the sun moving so that the whole stays where it is."""
    year = DAYS_PER_YEAR
    bodies = [Body(x, y, z, vx * year, vy * year, vz * year, mass * SOLAR_MASS) for x, y, z, vx, vy, vz, mass in SOLAR_SYSTEM]
    sun = bodies[0]
    sun.vx = -sum(body.vx * body.mass for body in bodies) / SOLAR_MASS
    sun.vy = -sum(body.vy * body.mass for body in bodies) / SOLAR_MASS
    sun.vz = -sum(body.vz * body.mass for body in bodies) / SOLAR_MASS
    return bodies


def energy(bodies: list[Body]) -> float:
    """Return the kinetic and potential energy of the system, which a good integration keeps."""
    total = 0.0
    for body in bodies:
        total += 0.5 * body.mass * (body.vx * body.vx + body.vy * body.vy + body.vz * body.vz)
    for a, b in combinations(bodies, 2):
        dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
        total -= a.mass * b.mass / sqrt(dx * dx + dy * dy + dz * dz)
    return total


def advance(bodies: list[Body], steps: int) -> None:
    """Move the bodies on by `steps` steps."""
    pairs = list(combinations(bodies, 2))
    for _ in range(steps):
        for a, b in pairs:
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            square = dx * dx + dy * dy + dz * dz
            pull = STEP / (square * sqrt(square))
            pull_a = b.mass * pull
            pull_b = a.mass * pull
            a.vx -= dx * pull_a
            a.vy -= dy * pull_a
            a.vz -= dz * pull_a
            b.vx += dx * pull_b
            b.vy += dy * pull_b
            b.vz += dz * pull_b
        for body in bodies:
            body.x += STEP * body.vx
            body.y += STEP * body.vy
            body.z += STEP * body.vz


def run(steps: int) -> list[float]:
    """Return the energy before and after."""
    bodies = solar_system()
    before = energy(bodies)
    advance(bodies, steps)
    return [before, energy(bodies)]
