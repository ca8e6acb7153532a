"""What an input of a benchmark may hold, for the tests of both languages: edges, a strategy, and what lies outside."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from bench.workloads.case import Arguments

LARGEST = 2**63 - 1
INTEGERS = st.integers(-LARGEST - 1, LARGEST)
CHARACTERS = st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="<>&+")
"""Those that every encoder writes alike."""
TEXT = st.text(CHARACTERS, max_size=20)
NAME = st.text(CHARACTERS, min_size=1, max_size=20)
WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
NO_UTF_8 = b"\xff\n"


@dataclass(frozen=True)
class Domain:
    """The inputs of a benchmark."""

    inside: st.SearchStrategy[Arguments]
    edges: list[Arguments]
    outside: list[Arguments] = field(default_factory=list)
    differing: list[Arguments] = field(default_factory=list)
    """Inputs outside that the libraries handle in different ways, which the page says under "The same answer, but"."""
    apart: dict[str, list[Arguments]] = field(default_factory=dict)
    """Variant -> inputs that it alone handles in another way, as the page says there too; all others do the same with them."""


def encoded(*numbers: int) -> bytes:
    return struct.pack(f"<{len(numbers)}q", *numbers)


def table(*rows: Iterable[object], between: str = "\t") -> bytes:
    return "".join(between.join(map(str, row)) + "\n" for row in rows).encode()


def rows(*columns: st.SearchStrategy[Any], between: str = "\t") -> st.SearchStrategy[bytes]:
    return st.lists(st.tuples(*columns), max_size=12).map(lambda drawn: table(*drawn, between=between))


def named(name: str, values: Iterable[object], **others: object) -> list[Arguments]:
    """Return inputs whose one argument takes one value after another."""
    return [{name: value, **others} for value in values]


def record(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a JSON object whose fields are in this order."""
    return st.tuples(*fields.values()).map(lambda drawn: dict(zip(fields, drawn, strict=True)))


def given(**arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Arguments]:
    return st.fixed_dictionaries(arguments)
