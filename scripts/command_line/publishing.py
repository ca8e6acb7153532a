"""The command that builds the pages."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from bench.records.files import ResultError
from scripts.command_line import project
from scripts.command_line.console import CliError, console, report
from scripts.command_line.project import RESULTS, ROOT


@click.command()
def pages() -> None:
    """Build the site from the results that are there; measure nothing."""
    report(build_pages())


def build_pages() -> list[str]:
    """Write what pages link to, then build them with warnings as errors; return why runs were set aside as damaged."""
    from scripts.publish import export  # noqa: PLC0415  Altair and its renderer take a second to import

    project.catalog()
    try:
        set_aside = export.export(ROOT, RESULTS)
    except ResultError as error:
        raise CliError(str(error)) from error
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(ROOT / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # the theme's notice to its users; not about this site
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode != 0:
        raise CliError(f"mkdocs build --strict: exit status {done.returncode}; its messages above name page and macro")
    console.print(f"Built {ROOT / 'site' / 'index.html'}", markup=False)
    return project.damaged(set_aside)
