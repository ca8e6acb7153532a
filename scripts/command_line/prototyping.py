"""The command that times the steps of a prototype, from an empty folder to the answer after an edit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bench.analyse.prototyping import compare
from bench.measure.host import machine, pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.session import prototyping as session
from bench.records import locks
from bench.records import prototyping as records
from bench.records.files import ResultError
from bench.records.prototyping import PrototypingRecord
from scripts.command_line import measuring
from scripts.command_line.console import CliError, ConsoleProgress, console, print_table
from scripts.command_line.project import RESULTS, ROOT
from scripts.command_line.table import Table


@click.command("prototyping")
@click.option("--rounds", default=10, show_default=True, type=click.IntRange(min=1), help="How often each step is timed.")
@click.option("--only", default="", help="Time only the steps whose names have this text; the record is printed, not kept.")
def prototyping(rounds: int, only: str) -> None:
    """Time the steps of a prototype in Python and in Go: first test, first response, edit, and each check of a small service.

    Each step is timed once a round, in random order, with cold and with warm caches. What is installed is downloaded before.
    Takes about an hour, in which nothing else should run. Every timing is kept at once: after Ctrl-C the same command resumes
    on the same day and commit.
    """
    try:
        with locks.measuring():
            _timed(rounds, only)
    except locks.HeldError as error:
        raise CliError(str(error), status=measuring.HELD) from error
    except (ResultError, ToolchainError) as error:
        raise CliError(str(error)) from error


def _timed(rounds: int, only: str) -> None:
    progress = ConsoleProgress()
    interpreter = pythons.best()
    bench = session.prepare(ROOT, interpreter, session.checkers(interpreter, ROOT), progress.note)
    host, (commit, dirty) = machine.machine(), machine.commit(ROOT)
    steps = tuple(step for step in bench.steps if only in step.name)
    if not steps:
        raise CliError(f"--only {only}: no step has that in its name; they are {', '.join(step.name for step in bench.steps)}")
    record = PrototypingRecord.model_validate(
        {
            "started": datetime.now(UTC).replace(microsecond=0),
            "commit": commit,
            "dirty": dirty,
            "machine": host,
            "versions": session.versions(bench),
            "downloads": bench.downloads,
            "planned": rounds,
            "steps": steps,
            "rounds": (),
        }
    )
    slug = machine.slug(host.hostname)
    path = records.file(RESULTS, record, slug)
    if not only and path.exists():
        before = records.read(path)
        if before.complete or not before.continues(record):
            why = "has all of its rounds" if before.complete else "is of another commit, version or number of rounds"
            raise CliError(f"{path.relative_to(ROOT)}: {why}; remove it to begin anew")
        progress.note(f"resumes {path.relative_to(ROOT)}")
        record = before

    def keep(changed: PrototypingRecord) -> None:
        if not only:
            records.save(RESULTS, changed, slug)

    try:
        record = session.measure(bench, record, keep, progress.step)
    finally:
        progress.close()
    _print(record, None if only else path)


def _print(record: PrototypingRecord, path: Path | None) -> None:
    rows = (
        (
            f"{one.python.task}, {one.python.cache}",
            f"{one.python.title}: {one.python_seconds:.3f} s",
            f"{one.go.title}: {one.go_seconds:.3f} s",
            f"{one.ratio:.2f} ({one.interval.low:.2f} to {one.interval.high:.2f})",
        )
        for one in compare(record)
    )
    if compared := tuple(rows):
        print_table(Table(("step", "Python", "Go", "Python / Go"), compared))
    else:
        console.print("Too few rounds for an interval; ten are enough.", markup=False)
    if path is None:
        for step in record.steps:
            console.print(
                f"{step.name}: " + ", ".join(f"{one.seconds[step.name]:.3f}" for one in record.rounds) + " s", markup=False
            )
    else:
        console.print(f"Written: {path.relative_to(ROOT)}", markup=False)
