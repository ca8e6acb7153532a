"""Describes the interpreter that runs it: a program of its own, run by every interpreter that might be measured.

    python bench/measure/host/probes/describe.py [--canary]

Prints one JSON object. Needs only the standard library, on CPython and PyPy from 3.11.
"""

from __future__ import annotations

import importlib
import json
import platform
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable

REPEATS = 51
OPTIONAL = ("bz2", "ctypes", "lzma", "sqlite3", "ssl", "zlib")
"""Modules that a build leaves out where a library's development files are missing; programs and their libraries need them."""


class Point:
    """Two attributes, as any object."""

    __slots__ = ("x", "y")

    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y


def integer_loop() -> int:
    """Integer arithmetic and branches: what an interpreter built without optimisation does worst."""
    total = i = 0
    while i < 20_000:
        if i & 3:
            total += i * 3
        else:
            total -= i
        i += 1
    return total


def mixed() -> float:
    """Floats, a dictionary and small objects."""
    sums: dict[int, float] = {}
    total = 0.0
    for i in range(6_000):
        key = i % 97
        sums[key] = sums.get(key, 0.0) + i * 0.5
        point = Point(i, total)
        total += point.x * 0.25 - point.y * 0.125
    return total


def seconds(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def canary() -> dict[str, float]:
    """Kernel -> seconds, the fastest of the repeats: other load on the machine can only add to it."""
    kernels: dict[str, Callable[[], object]] = {"integer loop": integer_loop, "mixed": mixed}
    return {name: min(seconds(kernel) for _ in range(REPEATS)) for name, kernel in kernels.items()}


def jit() -> bool | None:
    """Whether CPython's JIT is on; None where it cannot be asked (before 3.14, and other implementations)."""
    module = getattr(sys, "_jit", None)
    return bool(module.is_enabled()) if module is not None else None


def gil() -> bool | None:
    """Whether the GIL is on; None on implementations other than CPython."""
    if platform.python_implementation() != "CPython":
        return None
    ask = getattr(sys, "_is_gil_enabled", None)
    return bool(ask()) if ask is not None else True


def lacks(modules: Iterable[str] = OPTIONAL) -> str:
    """Return which modules cannot be imported, with commas between them."""
    missing = []
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError:
            missing.append(module)
    return ", ".join(missing)


def describe() -> dict[str, object]:
    """Return what identifies this interpreter."""
    return {
        "implementation": platform.python_implementation(),
        "version": platform.python_version(),
        "language": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "executable": sys.executable,
        "prefix": sys.base_prefix,
        "compiler": platform.python_compiler(),
        "full_version": sys.version,
        "configure_arguments": sysconfig.get_config_var("CONFIG_ARGS") or "",
        "compiler_flags": sysconfig.get_config_var("PY_CFLAGS") or "",
        "gil": gil(),
        "jit": jit(),
    }


if __name__ == "__main__":
    facts = describe()
    if "--canary" in sys.argv[1:]:
        facts["canary"] = canary()
        facts["lacks"] = lacks()
    sys.stdout.write(json.dumps(facts) + "\n")
