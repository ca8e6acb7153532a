"""The group of all commands."""

from __future__ import annotations

import os
import signal

import click

from bench.measure.host.urls import hide_passwords
from scripts.command_line import (
    agreement,
    checking,
    durations,
    history,
    keeping,
    measuring,
    mistakes,
    new,
    prototyping,
    publishing,
    reading,
    simulation,
)
from scripts.command_line.console import Listing


@click.group(cls=Listing, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def commands() -> None:
    """Python or Go? Measure this machine, and build the site from the results.

    \b
    build.py site                  measure what this machine lacks, build the site
    build.py site --only 'web/*'   the same of some benchmarks
    build.py bench --profile full  measure to publish, into bench/results/
    build.py pages                 build the site from the results that are there
    build.py list 'execution/*'    print results
    build.py show execution/fib    ... of one benchmark, and its programs
    """  # noqa: D301  click takes a backspace, not the two characters, for a paragraph that keeps its lines


for _command in (
    measuring.site,
    measuring.bench,
    publishing.pages,
    publishing.serve,
    history.bench_pages,
    agreement.agreement_command,
    durations.durations_command,
    mistakes.mistakes,
    prototyping.prototyping,
    simulation.simulate_command,
    checking.check,
    checking.modules,
    new.new,
    reading.list_command,
    reading.show,
    reading.compare,
    keeping.keep,
):
    commands.add_command(_command)


def main() -> None:
    """Run the command that was typed."""
    hide_passwords()
    os.umask(0o022)
    signal.signal(signal.SIGTERM, measuring.terminate)
    commands(prog_name="build.py")
