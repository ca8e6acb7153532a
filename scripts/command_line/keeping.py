"""The command that makes a run ready to be committed: `keep`."""

from __future__ import annotations

import click

from bench.records import ignored
from bench.records.files import ResultError
from scripts.command_line import project
from scripts.command_line.console import CliError, console
from scripts.publish.facts.analysis import store_estimates


@click.command()
@click.argument("name", metavar="RUN", required=False)
def keep(name: str | None) -> None:
    """Make a run ready to be committed.

    RUN is the name of a folder in bench/results/. What is computed of it is stored with it, and git, which ignores a quick run
    until then, sees it. `bench` does as much for a full run when that has ended.

    \b
    build.py keep 2026-11-29-laptop-4893eed
    git add bench/results/2026-11-29-laptop-4893eed
    """  # noqa: D301  as in main.py
    store = project.store()
    if name is None:
        raise click.UsageError(f"which run in bench/results? {project.newest(store)}")
    stored = project.run(store, name)
    if stored.run.finished is None:
        raise CliError(f"{name} is still being measured, or was cut short: only a run that has ended can be kept")
    try:
        store_estimates(stored, store.runs)
        was_ignored = ignored.keep(stored.folder)
    except ResultError as error:
        raise CliError(str(error)) from error
    seen = "git no longer ignores it" if was_ignored else "git did not ignore it"
    console.print(f"{name} is ready, and {seen}: `git add bench/results/{name}`", markup=False)
