"""Tables of text that fit a terminal without a cell that is cut: columns are left out, or the first one becomes a heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

GAP = "  "


@dataclass(frozen=True)
class Table:
    """Rows of text below a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    optional: tuple[str, ...] = ()
    """Heads of the columns that may be left out where there is no room, in the order in which they are."""

    def without(self, heads: Sequence[str]) -> Table:
        """Return the table without the columns of these heads."""
        kept = [number for number, name in enumerate(self.head) if name not in heads]
        head, *rows = (tuple(line[number] for number in kept) for line in (self.head, *self.rows))
        return Table(head, tuple(rows), tuple(name for name in self.optional if name not in heads))


@dataclass(frozen=True)
class Layout:
    """A table as it is printed."""

    lines: tuple[str, ...]
    """The head's first; none ends with a blank."""
    head: int
    """How many of the lines are the head's."""
    left_out: tuple[str, ...]
    """Heads of the columns that had no room."""


def layout(table: Table, width: int | None = None) -> Layout:
    """Return the lines of a table for so many columns of text, or whole where the width is None.

    Optional columns are left out one after another until the lines fit. Where they do not fit even so, the first column goes
    on a line of its own above its rows. A cell is never cut: what is wider than that is left to the terminal.
    """
    lines: tuple[str, ...] = ()
    for heading in (False, True):
        for count in range(len(table.optional) + 1):
            left_out = table.optional[:count]
            lines = tuple((_below_headings if heading else _flat)(table.without(left_out)))
            if width is None or max(map(len, lines)) <= width:
                return Layout(lines, 1 + heading, left_out)
    return Layout(lines, 2, table.optional)


def _flat(table: Table) -> Iterator[str]:
    return _aligned((table.head, *table.rows))


def _below_headings(table: Table) -> Iterator[str]:
    """Yield the lines of a table whose first column is a heading above the rows that share it."""
    rows = (table.head, *table.rows)
    rests = _aligned([row[1:] for row in rows])
    for heading, lines in groupby(zip((row[0] for row in rows), rests, strict=True), key=lambda line: line[0]):
        yield heading
        yield from (GAP + rest for _, rest in lines)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return (GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
