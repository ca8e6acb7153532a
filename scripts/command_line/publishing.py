"""The commands that build the pages: `pages`, and `serve`, which shows them while they are edited."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bench.catalog import CatalogError
from bench.records.files import ResultError
from scripts.command_line import project, stamp
from scripts.command_line.console import CliError, console, report
from scripts.command_line.project import RESULTS, ROOT
from scripts.publish import export
from scripts.publish.facts.data import SiteData
from scripts.publish.site.handed import HANDED

SITE = ROOT / "site"
NEXT_SITE = ROOT / "build" / "site"
"""Where the site is built; it takes the place of the one that is there when it is whole."""
WATCHED = ("bench/catalog", "bench/results", "bench/workloads", "go_examples", "mkdocs.yml", "scripts/publish")
"""What `serve` watches beside the pages."""
HOST = "127.0.0.1"


@click.command()
def pages() -> None:
    """Build the site from the results that are there; measure nothing."""
    report(build_pages())


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine.")
def serve(port: int) -> None:
    """Show the site on this machine, and build it again whenever a page, the catalog, a result or a macro changes.

    What cannot be built is said here, and the pages stay as they were until it is mended. Ctrl-C ends it.
    """
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415  only this command takes the time to import it

    _build_apart()
    server = LiveReloadServer(_build_apart, HOST, port, str(SITE), polling_interval=1.0)
    for path in _watched():
        server.watch(str(path))
    console.print(f"Serving on http://{HOST}:{port}/; Ctrl-C ends it.", markup=False)
    try:
        server.serve()  # type: ignore[no-untyped-call] # mkdocs has no type for it
    except OSError as error:
        raise CliError(f"{HOST}:{port}: {error.strerror}; choose another with --port") from error
    except KeyboardInterrupt:
        server.shutdown(wait=True)


def build_pages(measured: str | None = None) -> list[str]:
    """Write what pages link to, then build them with warnings as errors; return why runs were set aside as damaged.

    Where nothing has changed nothing is built. `measured` is the digest of what decided what was measured, for `site` to see
    the next time that nothing has changed there either.
    """
    inputs, before = stamp.inputs(ROOT), stamp.read(ROOT)
    digests = {"pages": inputs} | ({"measured": measured} if measured else {})
    if before.get("pages") == inputs:
        stamp.write(ROOT, **before | digests)
        console.print(f"Nothing has changed since {SITE / 'index.html'} was built.", markup=False)
        return []
    try:
        site = export.export(ROOT, RESULTS)
    except (CatalogError, ResultError) as error:
        raise CliError(str(error)) from error
    _mkdocs(site)
    try:
        export.add_raw_data(site, SITE, NEXT_SITE)
    except ResultError as error:
        raise CliError(str(error)) from error
    shutil.rmtree(SITE, ignore_errors=True)
    NEXT_SITE.replace(SITE)
    if not site.set_aside:  # which is to be said each time
        stamp.write(ROOT, **digests)
    console.print(f"Built {SITE / 'index.html'}", markup=False)
    return project.damaged(site.set_aside)


def _mkdocs(site: SiteData) -> None:
    """Build the pages in this process, whose data the macros take, into a folder of their own."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's notice to its users; not about this site
    from mkdocs.__main__ import cli  # noqa: PLC0415  it takes a while to import, and the theme reads the variable then

    arguments = ("build", "--strict", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(NEXT_SITE))
    handed = HANDED.set(site)
    try:
        cli.main(arguments, prog_name="mkdocs", standalone_mode=False)
    except (click.ClickException, SystemExit) as error:
        reason = error.code if isinstance(error, SystemExit) and isinstance(error.code, str) else "its messages are above"
        raise CliError(f"mkdocs build --strict failed: {reason}") from error
    finally:
        HANDED.reset(handed)


def _build_apart() -> None:
    """Build the pages in a process of their own, which has the code as it is now; what went wrong it says itself."""
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "build.py"), "pages"], cwd=ROOT, check=False)
    if done.returncode != 0:
        console.print("The pages are as they were before. They are built again at the next edit.")


def _watched() -> Iterator[Path]:
    """Yield what the pages are made from; docs/data is made by the build."""
    yield from (path for path in (ROOT / "docs").iterdir() if path.name != "data")
    yield from (ROOT / name for name in WATCHED)
