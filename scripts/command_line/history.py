"""The command that measures how long pages take with a long history: of 1, 10 and 100 full runs."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click

from bench.records.heads import result_head
from bench.records.run import Run
from bench.records.seal import RUN
from bench.records.store import ESTIMATES, close_result, load_run, save_run
from scripts.command_line import project, stamp
from scripts.command_line.console import CliError, console, print_table
from scripts.command_line.project import ROOT
from scripts.command_line.table import Table
from scripts.publish.facts.analysis import read, store_estimates, written

PAGE = Path("docs") / "claims.md"
"""The page that is edited."""


@dataclass(frozen=True)
class Build:
    """One build of the pages."""

    seconds: float
    peak: float
    """Megabytes of the largest process."""


@click.command("bench-pages")
@click.option(
    "--runs", default="1,10,100", show_default=True, help="Numbers of full runs in the history, with commas between them."
)
def bench_pages(runs: str) -> None:
    """Measure how long `pages` takes with a history of full runs, made of today's results, in a folder that is removed.

    Each has every benchmark that is published today. Cold: nothing is below build/ but the figures. Warm: a page was edited.
    """
    try:
        counts = sorted(int(count) for count in runs.split(","))
    except ValueError as error:
        raise click.UsageError(f"--runs {runs}: is not numbers with commas between them") from error
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory(prefix="history-") as folder:
        copied = _copy(Path(folder))
        first = _first_run(copied)
        _pages(copied)  # which draws the figures
        stored = 1
        for count in counts:
            for number in range(stored + 1, count + 1):
                _repeat(first, number)
            stored = max(stored, count)
            shutil.rmtree(copied / "build" / "analysis", ignore_errors=True)
            cold = _edited(copied)
            warm, unchanged = _edited(copied), _pages(copied)
            size = sum(path.stat().st_size for path in first.parent.rglob("*.json")) / 1e6
            peak = max(cold.peak, warm.peak)
            seconds = (f"{one.seconds:.1f}" for one in (cold, warm, unchanged))
            rows.append((str(count), f"{size:.0f}", *seconds, f"{peak:.0f}"))
            console.print(f"{count} runs: {warm.seconds:.1f} s", markup=False)
    print_table(Table(("runs", "results, MB", "cold, s", "warm, s", "unchanged, s", "peak, MB"), tuple(rows)))


def _copy(folder: Path) -> Path:
    """Copy what the pages are made from."""
    for name in stamp.INPUTS:
        if (ROOT / name).is_dir():
            left_out = shutil.ignore_patterns(".*", "__pycache__", *(["data"] if name == "docs" else []))
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _edited(copied: Path) -> Build:
    """Edit a page, and build the pages."""
    with (copied / PAGE).open("a", encoding="utf-8") as page:
        page.write("\n")
    return _pages(copied)


def _first_run(copied: Path) -> Path:
    """Store a full run of everything that is published, as if it were older; return its folder, its estimates included."""
    published = list(project.site_data().published.values())
    if not published:
        raise CliError("no full run has been published: there is no history to be made of it")
    newest = max((measured.run for measured in published), key=lambda run: run.started)
    results = [measured.result for measured in published]
    folder = copied / "bench" / "results" / _name(1)
    folder.mkdir()
    for result in results:
        close_result(folder, result.model_copy(update={"run": folder.name}))
    programs = {result.benchmark: result_head(result).planned for result in results}
    earlier = min(measured.run.started for measured in published) - newest.started - timedelta(days=1)
    changes = {
        "id": folder.name,
        "started": newest.started + earlier,
        "finished": newest.finished and newest.finished + earlier,
        "parts": tuple(part.model_copy(update={"started": part.started + earlier}) for part in newest.parts),
        "plan": newest.plan.model_copy(update={"programs": programs}),
    }
    save_run(folder, newest.model_copy(update=changes))
    stored = load_run(folder)
    store_estimates(stored, [stored])
    return folder


def _repeat(first: Path, number: int) -> None:
    """Store the first run again under another name, with another name in it."""
    folder = first.with_name(_name(number))
    folder.mkdir()
    for path in first.glob("*--*.json"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8").replace(first.name, folder.name), encoding="utf-8")
    run = Run.model_validate_json((first / RUN).read_bytes())
    save_run(folder, run.model_copy(update={"id": folder.name, "started": run.started - timedelta(minutes=number)}))
    head, analysis = load_run(folder).known, read(first / ESTIMATES)
    if head and analysis:
        estimates = {name: one.model_copy(update={"run": folder.name}) for name, one in analysis.estimates.items()}
        text = written(analysis.model_copy(update={"head": head, "estimates": estimates}))
        (folder / ESTIMATES).write_text(text, encoding="utf-8")


def _name(number: int) -> str:
    return f"2000-01-01-history-{number:07x}"


def _pages(copied: Path) -> Build:
    """Build the pages of a copy of the project; raise CliError where that fails."""
    command = [sys.executable, str(copied / "scripts" / "build.py"), "pages"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=copied, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            raise CliError(f"{shlex.join(command)}: exit status {process.returncode}: {output.read()[-2000:]}")
    return Build(seconds, usage.ru_maxrss / 1024)  # which is at least this process's own, and that is smaller
