"""A benchmark's result while it is measured: a line with what was frozen beforehand, then a line for each invocation.

Lines are appended and flushed, never rewritten. A kill can tear the last line alone: that invocation had not finished.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bench.records.files import ResultError, describe, read_bytes, write_whole
from bench.records.run import BenchmarkResult, Invocation

SUFFIX = ".jsonl"
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Journal:
    """What a journal holds."""

    result: BenchmarkResult
    torn: bool
    """Whether the last line was torn, and left out."""


def create(path: Path, result: BenchmarkResult) -> None:
    """Begin a journal anew with what `result` holds, as a whole; raises ResultError where that cannot be written."""
    lines = [result.model_copy(update={"invocations": ()}).model_dump_json()]
    lines += [invocation.model_dump_json() for invocation in result.invocations]
    write_whole(path, "\n".join(lines) + "\n")


def append(path: Path, invocation: Invocation) -> None:
    """Add an invocation to a journal; it is with the kernel, and survives this process, when this returns.

    Raises:
        ResultError: it cannot be written, and the journal is as before.
    """
    line = (invocation.model_dump_json() + "\n").encode()
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            _write(file, line)
        finally:
            os.close(file)
    except OSError as error:
        raise ResultError(f"{path}: could not be written: {error.strerror}; what was measured before it is kept") from error


def read(path: Path) -> Journal:
    """Read a journal.

    Raises:
        ResultError: a line other than the last is not what this code writes; the message names file, line and key.
    """
    content = read_bytes(path)
    whole, _, rest = content.rpartition(b"\n")
    lines = whole.split(b"\n")
    head, *others = lines
    result = _line(BenchmarkResult, path, 1, head)
    invocations = tuple(_line(Invocation, path, number, line) for number, line in enumerate(others, 2))
    return Journal(result.model_copy(update={"invocations": invocations}), torn=bool(rest))


def _write(file: int, line: bytes) -> None:
    """Write a line whole, or leave the file as it was."""
    before, rest = os.fstat(file).st_size, memoryview(line)
    try:
        while rest:
            rest = rest[os.write(file, rest) :]
    except OSError:
        os.ftruncate(file, before)
        raise


def _line(model: type[Model], path: Path, number: int, line: bytes) -> Model:
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        problem = describe(path, error).replace(f"{path}: ", f"{path}: line {number}: ")
        raise ResultError(f"{problem}; the line is torn or changed: delete the run, or measure without --resume") from error
