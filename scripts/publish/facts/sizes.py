"""The size of source code, counted by one set of definitions for both languages.

- **Logical lines**: statements, clauses of `except`, `case` and `match`, declarations of functions, types and variables, imports,
  and fields of types, each name a line; not physical lines. What stands in the head of a statement belongs to it. Comments,
  docstrings, braces and Go's package clause are none. Source: Park, Software Size Measurement, CMU/SEI-92-TR-020 (1992).
- **Tokens**: what the language's own scanner returns (`tokenize`; `go/scanner`), without comments and docstrings, and without
  what layout alone makes: Python's indentation and ends of lines, the semicolons that Go's scanner adds. An f-string is one.
- **Branches**: decision points: conditions, loops, cases but the default, clauses of `except`, each `and` and `or`; cyclomatic
  complexity is one more for each function. Source: McCabe, A Complexity Measure, IEEE Trans. on Software Engineering SE-2 (1976).
- **Error handling**: logical lines that only errors need. Python: `try`, `except` and `finally` with what is in these two, and
  `raise`. Go: an `if` that compares an error with nil, with what it does when there is one, a `return` of an error, and `panic`.
  Go's errors are known by their names, since types are not looked up. `with` and `defer` count in neither.

Go's files are counted by `go_examples/internal/sizes`.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeGuard

from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.records import Interval

LAYOUT = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
LINES = (ast.stmt, ast.ExceptHandler, ast.match_case)
HANDLING = (ast.Try, ast.TryStar, ast.ExceptHandler, ast.Raise)
DECISIONS = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler)


@dataclass(frozen=True)
class Size:
    """What is counted of one file; the module says how."""

    lines: int
    tokens: int
    branches: int
    handling: int
    """Of the lines, those of error handling."""


@dataclass(frozen=True)
class ProgramSize:
    """The size of one program: that of all its files."""

    lines: int
    tokens: int
    branches: int
    handling: int
    compressed: int
    """Bytes of its sources without comments, compressed by gzip."""


@dataclass(frozen=True)
class Comparison:
    """By how much one language's programs are larger: the median of Go's number / Python's over some pairs."""

    ratio: float
    interval: Interval
    pairs: int
    smaller_in_python: int
    """Pairs in which Python's number is the smaller one."""
    smaller_in_go: int


def program_size(files: Sequence[Size], compressed: int) -> ProgramSize:
    """Return the size of a program from those of its files."""
    return ProgramSize(
        lines=sum(size.lines for size in files),
        tokens=sum(size.tokens for size in files),
        branches=sum(size.branches for size in files),
        handling=sum(size.handling for size in files),
        compressed=compressed,
    )


def compare(pairs: Iterable[tuple[ProgramSize, ProgramSize]], number: Callable[[ProgramSize], int]) -> Comparison | None:
    """Compare one number of Python's and Go's programs; None where too few pairs have it for an interval.

    Pairs in which either has none of it are left out.
    """
    numbers = [(number(python), number(go)) for python, go in pairs]
    ratios = [go / python for python, go in numbers if python and go]
    if full_range_confidence(len(ratios)) < CONFIDENCE:
        return None
    return Comparison(
        ratio=median(ratios),
        interval=median_interval(ratios),
        pairs=len(ratios),
        smaller_in_python=sum(ratio > 1 for ratio in ratios),
        smaller_in_go=sum(ratio < 1 for ratio in ratios),
    )


def python_size(text: str) -> Size:
    """Count one file of Python.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = ast.parse(text)
    lines = branches = handled = 0
    docstrings: set[tuple[int, int]] = set()
    for node, handling in _walk(tree, handling=False):
        branches += _branches(node)
        if _is_text(node):
            docstrings.add((node.lineno, node.col_offset))
        elif isinstance(node, LINES):
            lines += 1
            handled += handling or isinstance(node, HANDLING)
    return Size(lines, _tokens(text, docstrings), branches, handled)


def _walk(node: ast.AST, *, handling: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Yield every node, and whether it is within code that handles an error."""
    yield node, handling
    last = node.finalbody if isinstance(node, (ast.Try, ast.TryStar)) else []
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, handling=handling or isinstance(node, ast.ExceptHandler) or child in last)


def _is_text(node: ast.AST) -> TypeGuard[ast.Expr]:
    """Whether a statement is a text alone: a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    if isinstance(node, ast.match_case):
        return int(not (isinstance(node.pattern, ast.MatchAs) and node.pattern.pattern is None and node.guard is None))
    return int(isinstance(node, DECISIONS))


def _tokens(text: str, docstrings: set[tuple[int, int]]) -> int:
    """Count the tokens; from Python 3.12 on an f-string has tokens within it."""
    count = depth = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        name = tokenize.tok_name[token.type]
        depth -= name == "FSTRING_END"
        count += depth == 0 and name != "FSTRING_END" and token.type not in LAYOUT and token.start not in docstrings
        depth += name == "FSTRING_START"
    return count
