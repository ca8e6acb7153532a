"""What `--help` says, at the width of any terminal."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from scripts.command_line.main import commands


def _every(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that call each command, those of groups included."""
    yield path
    for name, command in group.commands.items():
        yield from _every(command, *path, name) if isinstance(command, click.Group) else iter([(*path, name)])


EVERY = [*_every(commands)]
each_command = pytest.mark.parametrize("words", EVERY, ids=lambda words: " ".join(words) or "build.py")


def shown(words: tuple[str, ...], width: int = 80) -> str:
    """Return the help of a command in a terminal of so many columns."""
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(commands, [*words, "--help"], prog_name="build.py")
    assert done.exit_code == 0, done.output
    return done.output


@each_command
def test_every_command_has_help(words: tuple[str, ...]) -> None:
    assert shown(words).startswith(f"Usage: {' '.join(('build.py', *words))} ")


@each_command
@pytest.mark.parametrize("width", [80, 200])
def test_no_line_of_help_is_wider_than_the_terminal_or_cut(words: tuple[str, ...], width: int) -> None:
    _, *lines = shown(words, width).splitlines()
    assert [line for line in lines if len(line) > min(width, 110)] == []
    assert [line for line in lines if line.endswith("...")] == []


@each_command
def test_help_shows_no_markup_of_clicks_own(words: tuple[str, ...]) -> None:
    assert "\\b" not in shown(words)
    assert "\b" not in shown(words)


def test_the_list_of_commands_has_each_with_its_first_sentence_whole() -> None:
    listed = " ".join(shown(()).partition("Commands:\n")[2].split())
    for name, command in commands.commands.items():
        assert command.help is not None
        sentence = " ".join(command.help.partition("\n\n")[0].split()).partition(". ")[0].rstrip(".")
        assert f"{name} {sentence}" in listed


@pytest.mark.parametrize("name", ["site", "bench", "list", "show", "compare", "keep"])
def test_a_command_that_takes_arguments_has_examples(name: str) -> None:
    assert f"\n  build.py {name}" in shown((name,))


def test_an_unknown_profile_is_refused_with_the_ones_that_exist() -> None:
    done = CliRunner().invoke(commands, ["site", "--profile", "long"])
    assert done.exit_code == 2
    assert "'smoke', 'quick', 'full'" in done.stderr
