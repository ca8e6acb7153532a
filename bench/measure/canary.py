"""The build canary: shows an interpreter that was built without optimisation, which configure arguments do not."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from bench.measure.records import Canary

REFERENCES: dict[str, tuple[str, dict[str, float]]] = {
    "3.11": ("Debian's CPython 3.11.2", {"integer loop": 3.3, "mixed": 5.1}),
    "3.14": ("Debian's CPython 3.14.8", {"integer loop": 3.3, "mixed": 3.9}),
    "3.15": ("Debian's CPython 3.15.0", {"integer loop": 3.3, "mixed": 4.3}),
}
"""Language version -> an optimised build and what `probe.canary` gave on it, in units of the yardstick. Calibrated on one
machine; the yardstick and the kernels run in the same process, so the machine's speed cancels out."""


def score(language: str, kernels: Mapping[str, float]) -> Canary:
    """Set an interpreter's kernels against the reference of its version, or of the newest version before it that has one.

    Args:
        language: for example "3.14".
        kernels: what `probe.canary` printed.
    """
    older = [version for version in REFERENCES if _key(version) <= _key(language)]
    build, reference = REFERENCES[max(older or REFERENCES, key=_key)]
    relative = {name: kernels[name] / reference[name] for name in reference}
    return Canary(kernels=relative, score=prod(relative.values()) ** (1 / len(relative)), reference=build)


def _key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
