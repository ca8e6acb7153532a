"""A number that two programs share when their answers are equal, whatever their language."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

Answer = int | float | str | bytes | Sequence["Answer"]


def checksum(answer: Answer) -> int:
    """Return the first 48 bits of the SHA-256 of the answer's canonical text: a number that a float holds exactly.

    Its twin is go_examples/internal/harness; tests/workloads/checksums.toml holds both to the same values.

    Raises:
        TypeError: for any other type, such as a NumPy number or a bool.
        ValueError: for a float that is not finite.
    """
    return int(hashlib.sha256(canonical(answer)).hexdigest()[:12], 16)


def canonical(answer: Answer) -> bytes:
    """Write an answer so that equal answers of both languages give equal text; floats are rounded to nine digits."""
    if type(answer) is int:
        return b"%d" % answer
    if type(answer) is float:
        if not math.isfinite(answer):
            raise ValueError(f"an answer must be finite, not {answer}")
        return format(answer, ".8e").encode()
    if isinstance(answer, str):
        answer = answer.encode()
    if isinstance(answer, bytes):
        return b"%d:%b" % (len(answer), answer)
    if isinstance(answer, list):
        return b"[%b]" % b",".join(map(canonical, answer))
    raise TypeError(f"an answer is a whole number, a float, a text or a list of those, not {type(answer).__name__}")
