"""The build canary: shows an interpreter that was built without optimisation, which configure arguments do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod

from bench.records.run import Canary, PythonRuntime

REFERENCES: dict[str, tuple[str, dict[str, float]]] = {
    "3.11": ("Debian's CPython 3.11.2", {"integer loop": 0.97, "mixed": 1.23}),
    "3.13t": ("CPython 3.13.5, free-threaded, with PGO and LTO", {"integer loop": 1.58, "mixed": 2.04}),
    "3.14": ("Debian's CPython 3.14.8", {"integer loop": 1.13, "mixed": 1.19}),
    "3.15": ("Debian's CPython 3.15.0", {"integer loop": 1.04, "mixed": 1.25}),
}
"""Build -> an optimised one and what `probe.canary` gave on it, in units of the yardstick.

A build without the GIL ("3.13t") takes longer in one thread by its nature, so it is held to one of its kind; the one that is the
reference was configured with --enable-optimizations and --with-lto.

The yardstick, go_examples/internal/yardstick, is a bytecode interpreter of the same machine code everywhere, so the machine's
speed cancels out. C code inside the interpreter would not do: it is built with the rest, and as well or badly. Calibrated on one
machine, where pyenv's 3.11.7, 3.12.1 and 3.13.0, built without optimisation, score 1.35, 1.62 and 1.69.
"""


def score(build: str, kernels: Mapping[str, float]) -> Canary:
    """Set an interpreter's kernels against the reference of its build, or of the newest version of its kind before it.

    Args:
        build: version of the language, with a "t" for free-threaded: "3.14", "3.14t".
        kernels: what `probe.canary` printed, in units of the yardstick.
    """
    alike = [known for known in REFERENCES if known.endswith("t") == build.endswith("t")]
    older = [known for known in alike if _key(known) <= _key(build)]
    reference, expected = REFERENCES[max(older, key=_key) if older else min(alike, key=_key)]
    relative = {name: kernels[name] / expected[name] for name in expected}
    return Canary(kernels=relative, score=prod(relative.values()) ** (1 / len(relative)), reference=reference)


def judged_again(python: PythonRuntime) -> PythonRuntime:
    """Return a runtime with its kernels against the reference that its build has now: there may be one of its kind since."""
    build = re.search(r"-(\d+\.\d+t?)", python.name)
    known = dict(REFERENCES.values())
    if python.canary is None or build is None or python.canary.reference not in known:
        return python
    expected = known[python.canary.reference]
    again = score(build[1], {name: relative * expected[name] for name, relative in python.canary.kernels.items()})
    return python if again.reference == python.canary.reference else python.model_copy(update={"canary": again})


def _key(build: str) -> tuple[int, ...]:
    return tuple(int(part) for part in build.removesuffix("t").split("."))
