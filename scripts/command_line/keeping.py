"""The command that gives a quick run to git: `keep`."""

from __future__ import annotations

import click

from bench.records import ignored
from bench.records.files import ResultError
from scripts.command_line import project
from scripts.command_line.console import CliError, console


@click.command()
@click.argument("name", metavar="RUN")
def keep(name: str) -> None:
    """Have git see a quick run, to commit it.

    RUN is the name of a folder in bench/results/. Git ignores a quick run until then, and never a full one.

    \b
    build.py keep 2026-11-29-laptop-4893eed
    git add bench/results/2026-11-29-laptop-4893eed
    """  # noqa: D301  as in main.py
    stored = project.run(project.store(), name)
    if stored.run.finished is None:
        raise CliError(f"{name} is still being measured, or was cut short: only a run that has ended can be kept")
    try:
        was_ignored = ignored.keep(stored.folder)
    except ResultError as error:
        raise CliError(str(error)) from error
    change = "is no longer ignored by git" if was_ignored else "was not ignored by git, and stays so"
    console.print(f"{name} {change}: `git add bench/results/{name}` adds it.", markup=False)
