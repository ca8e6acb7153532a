"""The finished site with made-up results, one run of them hostile, served on loopback, and a real Chromium."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.project import abridged
from tests.site import hostile
from tests.site.visits import VIEWPORT, Visit, visit

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Keep the tests' output to the tests."""


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a hostile run beside a sound one, and its site, built by the command of `make pages`.

    Pages are short: of most benchmarks they have the text alone.
    """
    copy = shutil.copytree(exported, tmp_path_factory.mktemp("site") / "around" / "project")
    if "not every" in request.config.option.markexpr:
        abridged(copy, hostile.SHOWN)
    hostile.save(copy / "bench" / "results")
    done = subprocess.run([sys.executable, "scripts/build.py", "pages"], cwd=copy, capture_output=True, text=True, check=False)
    assert f"Built {copy}/site/index.html" in done.stderr
    assert f"{copy}/bench/results/{hostile.FOLDER}: the run is damaged and was set aside" in done.stderr
    return copy


@pytest.fixture(scope="session")
def built(project: Path) -> Path:
    """The folder of the site."""
    return project / "site"


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """The site's address on loopback, with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium of the system, or Playwright's own where there is none; its event loop runs for as long as it does."""
    installed = next((path for path in map(shutil.which, BROWSERS) if path), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page of a desk's width, in the light palette."""
    with browser.new_context(viewport=VIEWPORT, color_scheme="light") as context:
        yield context.new_page()


@pytest.fixture(scope="package")
def visited(browser: Browser) -> Callable[[str], Visit]:
    """What the page at an address did and has; each is loaded once."""
    return functools.cache(functools.partial(visit, browser))
