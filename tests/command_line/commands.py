"""Commands that run in this process, and what they answered."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import CliRunner, Result

from scripts.command_line.main import commands

Typed = Callable[..., Result]


def run(*words: str) -> Result:
    """Run a command as if it had been typed."""
    return CliRunner().invoke(commands, words, prog_name="build.py")


def error(done: Result) -> str:
    """Return the message of a command that failed, which is all that it printed."""
    assert (done.exit_code, done.stdout) == (1, ""), done.output
    return done.stderr.removeprefix("Error: ").strip()
