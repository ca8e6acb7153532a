"""The commands for whoever adds something: `new benchmark`, `new variant`, `new server` and `new go-tests`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import click

from bench.catalog import gotests, skeletons
from bench.catalog.skeletons import Edit, Instrument, Language, SkeletonError
from bench.records.files import ResultError, write_whole
from scripts.command_line import project
from scripts.command_line.console import CliError, Listing
from scripts.command_line.project import ROOT

NEXT = "Fill them in: scripts/build.py check names every place until it is done. CONTRIBUTING.md has the rest of the way."


@click.group(cls=Listing)
def new() -> None:
    """Write the skeleton of a benchmark, a variant or a server.

    A skeleton has everything that is needed, and asks for the rest at each place where it stands: until that is filled in,
    `check` names file and line. Files are written all or none, and none is overwritten.
    """


@new.command()
@click.argument("benchmark_id", metavar="SECTION/NAME")
@click.option("--page", help="The page that shows it, below docs/, without .md; without it, that of the section's last one.")
@click.option(
    "--instrument",
    type=click.Choice(get_args(Instrument)),
    help="What is measured; without it, memory in the section memory, and time elsewhere.",
)
def benchmark(benchmark_id: str, page: str | None, instrument: Instrument | None) -> None:
    """Write the skeleton of a benchmark.

    That is its catalog entry, a program of each language, Go's test, and its section of a page.

    \b
    build.py new benchmark execution/run-length --page performance/data-in-memory
    """  # noqa: D301  click takes a backspace, not the two characters, for a paragraph that keeps its lines
    with _refusals():
        edits = skeletons.benchmark(project.catalog(), ROOT, benchmark_id, instrument, page)
    _write(edits)


@new.command()
@click.argument("benchmark_id", metavar="SECTION/NAME")
@click.argument("program", metavar="LANGUAGE/VARIANT")
def variant(benchmark_id: str, program: str) -> None:
    """Write one more program of a benchmark.

    That is its entry, the program, Go's test, and the line of the page with its result.

    \b
    build.py new variant execution/n-queens python/native-library
    """  # noqa: D301  as above
    language, _, name = program.partition("/")
    if language not in get_args(Language):
        raise CliError(f"{program}: begins with python/ or go/, as python/native-library")
    with _refusals():
        known = project.benchmark(project.catalog(), benchmark_id)
        edits = skeletons.variant(ROOT, known, "go" if language == "go" else "python", name)
    _write(edits)


@new.command()
@click.argument("name", metavar="NAME")
@click.option("--language", type=click.Choice(get_args(Language)), default="python", show_default=True)
@click.option("--like", metavar="SERVER", help="The server in Python whose handlers it shares, started in another way.")
def server(name: str, language: Language, like: str | None) -> None:
    """Write the skeleton of a web server.

    That is its entry; and unless it shares the handlers of another, a folder that begins as the floor of the language,
    which has no framework, and the section of its framework.

    \b
    build.py new server starlette
    build.py new server chi --language go
    build.py new server fastapi-hypercorn --like fastapi
    """  # noqa: D301  as above
    with _refusals():
        edits = skeletons.server(project.catalog(), ROOT, name, language, like)
    _write(edits)


@new.command("go-tests")
def go_tests() -> None:
    """Write the tests of timed Go programs.

    They are generated from the catalog and the package: write them again where a package has got a `Prepare`, say.
    """
    expected = gotests.expected(project.catalog(), ROOT)
    edits = [
        Edit(path, text, new=not (ROOT / path).exists())
        for path, text in expected.items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text(encoding="utf-8") != text
    ]
    write_all(edits, ROOT)
    click.echo("\n".join(f"wrote {edit.path}" for edit in edits) or "Every one is as it should be.")


def _write(edits: Sequence[Edit]) -> None:
    """Write a skeleton, and say what was written and what comes next."""
    write_all(edits, ROOT)
    for edit in edits:
        click.echo(f"{'wrote   ' if edit.new else 'added to'} {edit.path}")
    click.echo(f"\n{NEXT}")


def write_all(edits: Sequence[Edit], root: Path) -> None:
    """Write all files or none: what was written before one that cannot be is taken back."""
    before = {edit.path: None if edit.new else (root / edit.path).read_text(encoding="utf-8") for edit in edits}
    done: list[Edit] = []
    try:
        for edit in edits:
            done.append(edit)
            (root / edit.path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(root / edit.path, edit.text)
    except (ResultError, OSError) as error:
        for edit in reversed(done):
            _take_back(root / edit.path, before[edit.path])
        reason = str(error).partition(";")[0]
        raise CliError(f"{reason}; nothing was written") from error


def _take_back(path: Path, before: str | None) -> None:
    with contextlib.suppress(ResultError, OSError):
        if before is not None:
            write_whole(path, before)
            return
        path.unlink(missing_ok=True)
        path.parent.rmdir()  # fails where others have files there


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """Report a skeleton that cannot be made as the command's error."""
    try:
        yield
    except SkeletonError as error:
        raise CliError(str(error)) from error
