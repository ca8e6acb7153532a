"""Tables fit a terminal, and no cell of theirs is cut."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from scripts.command_line.table import Table, layout

WORDS = st.text(alphabet="abcdefgh-/", min_size=1, max_size=30)
LIST = Table(
    ("benchmark", "runtime", "ratio", "pairs", "run"),
    (("execution/fib", "cpython-3.14", "18.5", "15", "a"), ("execution/fib", "pypy-3.11", "3", "15", "a")),
    optional=("run", "pairs"),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(2, 6))
    head = tuple(draw(st.lists(WORDS, min_size=columns, max_size=columns, unique=True)))
    rows = draw(st.lists(st.tuples(*[WORDS] * columns), max_size=8))
    return Table(head, tuple(rows), optional=tuple(draw(st.permutations(head[1:]))[: draw(st.integers(0, columns - 2))]))


def test_without_a_width_columns_are_aligned_and_lines_end_with_their_last_cell() -> None:
    assert layout(LIST).lines == (
        "benchmark      runtime       ratio  pairs  run",
        "execution/fib  cpython-3.14  18.5   15     a",
        "execution/fib  pypy-3.11     3      15     a",
    )


def test_columns_are_left_out_in_the_order_given() -> None:
    assert layout(LIST, 45).left_out == ("run",)
    assert layout(LIST, 36).left_out == ("run", "pairs")


def test_where_that_is_not_enough_the_first_column_is_a_heading_above_its_rows() -> None:
    narrow = layout(LIST, 28)
    assert narrow.left_out == ("run",)
    assert narrow.lines == (
        "benchmark",
        "  runtime       ratio  pairs",
        "execution/fib",
        "  cpython-3.14  18.5   15",
        "  pypy-3.11     3      15",
    )
    assert narrow.head == 2


def test_a_table_without_rows_is_its_head() -> None:
    assert layout(Table(("a", "b"), ())).lines == ("a  b",)


@given(tables())
def test_without_a_width_every_cell_is_whole_and_nothing_is_left_out(table: Table) -> None:
    whole = layout(table)
    assert whole.left_out == ()
    assert [tuple(line.split()) for line in whole.lines] == [table.head, *table.rows]


@given(tables(), st.integers(20, 200))
def test_what_is_not_optional_is_whole_at_every_width(table: Table, width: int) -> None:
    shown = layout(table, width)
    kept = [number for number, name in enumerate(table.head) if name not in shown.left_out]
    words = [word for line in shown.lines for word in line.split()]
    assert set(words) == {row[number] for row in (table.head, *table.rows) for number in kept}
    assert set(table.head) - set(table.optional) <= set(words)


@given(tables(), st.integers(20, 200))
def test_no_line_is_wider_than_the_terminal_where_what_has_to_be_shown_has_room(table: Table, width: int) -> None:
    least = table.without(table.optional)
    widths = [max(len(row[number]) for row in (least.head, *least.rows)) for number in range(len(least.head))]
    assume(max(widths[0], sum(widths[1:]) + 2 * (len(widths) - 1)) <= width)
    assert max(map(len, layout(table, width).lines)) <= width
