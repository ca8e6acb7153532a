"""The build canary: shows an interpreter that was built without optimisation, which configure arguments do not."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from bench.measure.records import Canary

REFERENCES: dict[str, tuple[str, dict[str, float]]] = {
    "3.11": ("Debian's CPython 3.11.2", {"integer loop": 0.97, "mixed": 1.23}),
    "3.14": ("Debian's CPython 3.14.8", {"integer loop": 1.13, "mixed": 1.19}),
    "3.15": ("Debian's CPython 3.15.0", {"integer loop": 1.04, "mixed": 1.25}),
}
"""Language version -> an optimised build and what `probe.canary` gave on it, in units of the yardstick.

The yardstick, go_examples/internal/yardstick, is a bytecode interpreter of the same machine code everywhere, so the machine's
speed cancels out. C code inside the interpreter would not do: it is built with the rest, and as well or badly. Calibrated on one
machine, where pyenv's 3.11.7, 3.12.1 and 3.13.0, built without optimisation, score 1.35, 1.62 and 1.69.
"""


def score(language: str, kernels: Mapping[str, float]) -> Canary:
    """Set an interpreter's kernels against the reference of its version, or of the newest version before it that has one.

    Args:
        language: for example "3.14".
        kernels: what `probe.canary` printed, in units of the yardstick.
    """
    older = [version for version in REFERENCES if _key(version) <= _key(language)]
    build, reference = REFERENCES[max(older or REFERENCES, key=_key)]
    relative = {name: kernels[name] / reference[name] for name in reference}
    return Canary(kernels=relative, score=prod(relative.values()) ** (1 / len(relative)), reference=build)


def _key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
