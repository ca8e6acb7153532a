"""What a program is given, read straight from the catalog's TOML: the measured interpreters have no Pydantic."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ROOT / "build" / "inputs"

Arguments = dict[str, Any]


def arguments(benchmark_id: str) -> Arguments:
    """Return the measured input as keyword arguments of `run`.

    Raises:
        LookupError: the catalog has no such benchmark.
        FileNotFoundError: an input file has not been made yet.
    """
    return _arguments(benchmark_id, _entry(benchmark_id))


def prepared(program: ModuleType, values: Arguments) -> Arguments:
    """Return what `run` of a program is called with: the arguments, or what its `prepare`, if it has one, makes of them.

    What is prepared is not measured. It is the form in which a service would have the data, such as a list of numbers.
    """
    prepare: Callable[..., Arguments] | None = getattr(program, "prepare", None)
    return prepare(**values) if prepare else values


def check(benchmark_id: str) -> tuple[Arguments, Any, float]:
    """Return the check input, the answer that is right for it, and the relative difference allowed between floats.

    Raises:
        LookupError: the catalog has no such benchmark.
        FileNotFoundError: an input file has not been made yet.
    """
    table = _entry(benchmark_id)["check"]
    return _arguments(benchmark_id, table), table["answer"], table.get("tolerance", 0.0)


def _entry(benchmark_id: str) -> dict[str, Any]:
    path = ROOT / "bench" / "catalog" / f"{benchmark_id.partition('/')[0]}.toml"
    if not path.is_file():
        raise LookupError(f"{benchmark_id}: there is no {path.relative_to(ROOT).as_posix()}")
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["benchmark"]:
        if entry["id"] == benchmark_id:
            return dict(entry)
    raise LookupError(f"{path.relative_to(ROOT).as_posix()}: there is no benchmark {benchmark_id!r}")


def _arguments(benchmark_id: str, table: dict[str, Any]) -> Arguments:
    values: Arguments = dict(table.get("input", {}))
    for name, file in table.get("files", {}).items():
        path = INPUTS / file
        if not path.is_file():
            raise FileNotFoundError(
                f"{benchmark_id}: argument {name}: {path} has not been made yet; run `make test`, or any measurement, first"
            )
        values[name] = path.read_bytes()
    return values
