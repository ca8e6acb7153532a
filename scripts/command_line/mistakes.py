"""The command that puts mistakes into the small service and writes down who caught them."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.catalog import CatalogError
from bench.catalog.mistakes import digest, load_mistakes
from bench.measure.host import golang, machine, pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.session.mistakes import examine, go_runners, python_runners
from bench.records import mistakes as records
from bench.records.files import ResultError
from bench.records.mistakes import MistakesRecord
from scripts.command_line.console import CliError, console, print_table
from scripts.command_line.project import RESULTS, ROOT
from scripts.command_line.table import Table


@click.command("mistakes")
def mistakes() -> None:
    """Put each mistake of bench/catalog/mistakes.toml into a copy of the small service, and write down which tools catch it.

    Takes about a quarter of an hour. It is no measurement of time: other work on the machine does not change what is caught.
    """
    try:
        path, record = _examined()
    except (CatalogError, ResultError, ToolchainError) as error:
        raise CliError(str(error)) from error
    rows = (
        (
            tool.name,
            *(str(sum(o.tool == tool.name and o.result == result for o in record.outcomes)) for result in ("caught", "missed")),
        )
        for tool in record.tools
    )
    print_table(Table(("tool", "caught", "missed"), tuple(rows)))
    console.print(f"Written: {path.relative_to(ROOT)}", markup=False)


def _examined() -> tuple[Path, MistakesRecord]:
    known, subject, started = load_mistakes(ROOT), digest(ROOT), datetime.now(UTC).replace(microsecond=0)
    interpreter = pythons.best()
    lock, environments = ROOT / "bench" / "requirements" / "checkers.txt", ROOT / "build" / "environments"
    pyright = pythons.environment(interpreter, lock, environments).parent / "pyright"
    runners = (*python_runners(pyright), *go_runners())
    host = machine.machine()
    commit, dirty = machine.commit(ROOT)
    with tempfile.TemporaryDirectory(prefix="mistakes-") as folder:
        outcomes = examine(ROOT, known, runners, Path(folder), lambda text: console.print(text, markup=False))
    record = MistakesRecord(
        started=started,
        commit=commit,
        dirty=dirty,
        machine=host,
        python=next(runner.tool.version for runner in runners).removeprefix("Python "),
        go=golang.describe(ROOT).version,
        subject=subject,
        tools=tuple(runner.tool for runner in runners),
        outcomes=outcomes,
    )
    return records.save(RESULTS, record, machine.slug(host.hostname)), record
