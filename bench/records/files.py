"""Files that are written whole or not at all, and read without trust."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

MAX_BYTES = 8 << 20
"""Size up to which a file is read: the result of a long run has half a megabyte, and JSON may take thirty times its size."""


REMEDY = "restore it from git or delete the run"
Model = TypeVar("Model", bound=BaseModel)


class ResultError(Exception):
    """A result file cannot be used; the message names file and key and says what to do."""


class UnreadableError(ResultError):
    """A file cannot be read, or is of a newer schema: nothing can be said of what it holds."""


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` so that the file is either the old one or the new one, at any moment.

    Raises:
        ResultError: the disk is full or the folder cannot be written; the old file is untouched.
    """
    beside = path.with_name(f".{path.name}.part")  # always the same name: what a kill leaves is overwritten on resume
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise ResultError(f"{path}: could not be written: {error.strerror}; what was measured before it is kept") from error


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        UnreadableError: it cannot be read, or is larger than any result.
    """
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for who writes to it
            raise UnreadableError(f"{path}: is no file; remove it, and restore it from git")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}; {REMEDY}") from error
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"{path}: is larger than {MAX_BYTES >> 20} MiB, which no result is; restore it from git")
    return content


def parse(path: Path, content: bytes) -> dict[str, Any]:
    """Return the JSON object that a file holds.

    Raises:
        UnreadableError: it is no JSON object; or is nested deeper, or has longer numbers, than any result.
    """
    try:
        data = json.loads(content.decode("utf-8"), parse_constant=_refuse)
        if rb"\ud" in content.lower():  # half a surrogate pair, which no file could be written with
            json.dumps(data, ensure_ascii=False).encode()
    except RecursionError as error:
        raise UnreadableError(f"{path}: is nested deeper than any result; restore it from git") from error
    except ValueError as error:  # of JSON, of UTF-8, and of numbers with thousands of digits
        raise UnreadableError(f"{path}: not valid JSON, perhaps truncated: {error}; {REMEDY}") from error
    if not isinstance(data, dict):
        raise UnreadableError(f"{path}: not a JSON object; {REMEDY}")
    return data


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def read_as(model: type[Model], path: Path) -> Model:
    """Return what a file holds, as a model has it.

    Raises:
        ResultError: it cannot be used; the message names file and keys.
    """
    try:
        return model.model_validate(parse(path, read_bytes(path)))
    except ValidationError as error:
        raise ResultError(f"{describe(path, error)}; restore it from git") from error


def describe(path: Path, error: ValidationError, most: int = 5) -> str:
    """Say what is wrong with a file, a line for each of the first keys."""
    keys = ["".join(f"{part}." for part in detail["loc"])[:-1] for detail in error.errors()]
    lines = [f"{path}: {f'{key}: ' if key else ''}{detail['msg']}" for key, detail in zip(keys, error.errors(), strict=True)]
    return "\n".join([*lines[:most], *([f"{path}: and {len(lines) - most} more"] if len(lines) > most else [])])
