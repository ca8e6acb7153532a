"""How the commands speak to people: progress, tables and errors that say what to do."""

from __future__ import annotations

import shutil
import sys
import textwrap
import time
from collections.abc import Iterable
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from scripts.command_line.table import Table, layout

LINE_EVERY = 15.0
"""Seconds between progress lines where the output is not a terminal."""

console = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())
"""Lines are wrapped, at words, for a terminal only."""


class CliError(click.ClickException):
    """An error that the user can do something about: one message, exit status 1 unless said otherwise."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.exit_code = status  # type: ignore[misc] # click declares it for the class, and reads it from the instance

    def format_message(self) -> str:
        return self.message

    def show(self, file: IO[Any] | None = None) -> None:
        del file
        console.print(Text.assemble(("Error: ", "bold red"), self.message))


class Listing(click.Group):
    """A group whose help has the whole first sentence of each command's, which click would cut."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        listed = [(name, self.commands[name].get_short_help_str(limit=sys.maxsize)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(listed)


class ConsoleProgress:
    """Progress for people: a bar with the time left on a terminal, a line now and then elsewhere."""

    def __init__(self, counted: str = "invocations") -> None:
        self._counted = counted
        counts = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
        times = (TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
        self._bar = Progress(*counts, *times, console=console, transient=True)
        self._task = None if not console.is_terminal else self._bar.add_task("", total=None)
        self._began = self._last_line = 0.0

    def note(self, text: str) -> None:
        console.print(text, markup=False)

    def step(self, running: str, done: int, remaining: int) -> None:
        now = time.monotonic()
        if done == 0:
            self._began = self._last_line = now
        if self._task is not None:
            self._bar.start()
            self._bar.update(self._task, description=running, completed=done, total=done + remaining)
        elif done and now - self._last_line >= LINE_EVERY:
            self._last_line = now
            left = remaining * (now - self._began) / done
            self.note(f"{done} of {done + remaining} {self._counted}, about {left / 60:.1f} min left; now {running}")

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._task is not None:  # or else it would print an empty line
            self._bar.stop()


def print_table(table: Table) -> None:
    """Print a table: whole where the output is no terminal, or else as much of it as there is room for."""
    width = _width()
    shown = layout(table, width)
    for number, line in enumerate(shown.lines):
        click.secho(line, bold=number < shown.head or None)  # click styles nothing where the output is no terminal
    if shown.left_out:
        columns = ", ".join(shown.left_out)
        console.print(f"No room at {width} columns for {columns}; add `| less -S` to see all.", style="dim", markup=False)


def print_text(text: str, hanging: str = "") -> None:
    """Print a paragraph, on a terminal wrapped at words; `hanging` is the indentation of all of its lines but the first."""
    width = _width()
    click.echo(text if width is None else textwrap.fill(text, width, subsequent_indent=hanging, break_on_hyphens=False))


def report(problems: Iterable[str]) -> None:
    """End the command with all of these problems, if there are any."""
    if lines := list(problems):
        raise CliError("\n".join(lines))


def _width() -> int | None:
    """Return the columns of the terminal that is written to; None where the output is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
