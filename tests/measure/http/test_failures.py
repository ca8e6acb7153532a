"""A database or a load generator that fails is the harness's failure, never the server's; and a harness that is killed."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bench.measure.http import generator, postgres, web
from bench.measure.http.generator import SCHEMA
from bench.measure.instruments.base import HarnessError, MeasureContext
from bench.measure.processes import procfs
from bench.measure.processes.reaper import Reaper, reaper
from tests import observed
from tests.measure import hangs, killed
from tests.measure.http import test_web
from tests.measure.http.test_web import BRIEFLY, ENTRIES, PROGRAM, served

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

HARNESS = """
import pathlib, sys
from bench.measure.http import web
from bench.measure.instruments.base import InvocationRequest
from tests import observed
from tests.measure.http.test_web import PROGRAM, served

binaries, root, reached = sys.argv[1:]
benchmark = served(f"answers {reached}")
with web.backend(observed.context(pathlib.Path(binaries), pathlib.Path(root)), [benchmark], None) as context:
    print(web.invoke(context, benchmark, PROGRAM, InvocationRequest(None, 1, 0, 1, "killed", phase=1.0)), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def built() -> MeasureContext:
    """A context with the load generator built."""
    context = observed.context()
    web.build(context, ENTRIES["web/json"].model_copy(update={"go": {}}), ())
    return context


@pytest.fixture
def equipped(built: MeasureContext) -> Iterator[MeasureContext]:
    """A context with a PostgreSQL that a test may kill."""
    with web.backend(built, [ENTRIES["web/json"]], None) as context:
        yield context


def meanwhile(reached: Path, act: Callable[[], object]) -> threading.Thread:
    """Do something as soon as a server is about to give its first answer, and then let it."""

    def wait() -> None:
        while not reached.exists():
            time.sleep(0.01)
        act()
        reached.unlink()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def leader(name: str, held: Reaper) -> int:
    """Return the id of a helper that is held."""
    table = procfs.processes()
    (pid,) = (leader for leader in held.leaders if table[leader].name == name)
    return pid


def kill(name: str, held: Reaper) -> int:
    """Kill a helper that is held, and wait until it has ended; return its id."""
    pid = leader(name, held)
    os.kill(pid, signal.SIGKILL)
    assert hangs.gone(pid)
    return pid


def fails(context: MeasureContext, how: str, reached: Path, act: Callable[[], object], name: str = "web/json") -> str:
    """Make an invocation in the middle of which something is done; return the harness's error."""
    thread = meanwhile(reached, act)
    with pytest.raises(HarnessError) as caught:
        web.invoke(context, served(f"{how} {reached}", name, connections=4), PROGRAM, BRIEFLY)
    thread.join()
    assert test_web.servers() == []
    return str(caught.value)


@pytest.mark.parametrize(("how", "name"), [("answers", "web/json"), ("fails", "web/json"), ("invents", "web/one-query")])
def test_a_database_that_is_killed_is_not_the_servers_failure(
    equipped: MeasureContext, tmp_path: Path, how: str, name: str
) -> None:
    ended: list[int] = []
    error = fails(equipped, how, tmp_path / "reached", lambda: ended.append(kill("postgres", equipped.reaper)), name)
    assert error == f"postgres ({ended[0]}) has ended with exit status -9"


def test_a_given_database_that_is_killed_is_not_the_servers_failure(built: MeasureContext, tmp_path: Path) -> None:
    with (
        reaper() as other,
        postgres.database(built.root / "build", (), built.root / SCHEMA, web.SEED, other) as url,
        web.backend(built, [ENTRIES["web/json"]], url) as context,
    ):
        error = fails(context, "fails", tmp_path / "reached", lambda: kill("postgres", other))
    assert f":{urlsplit(url).port}" in error
    assert "refused" in error


def test_a_load_generator_that_is_killed_is_not_the_servers_failure(equipped: MeasureContext, tmp_path: Path) -> None:
    error = fails(equipped, "answers", tmp_path / "reached", lambda: kill("load", equipped.reaper))
    assert error.startswith("the load generator ended with exit status -9")


def test_a_load_generator_that_hangs_is_not_the_servers_failure(
    equipped: MeasureContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "SLOWEST", 0.1)
    monkeypatch.setattr(generator, "PATIENCE", 0.1)

    def stop() -> None:
        os.kill(leader("load", equipped.reaper), signal.SIGSTOP)

    error = fails(equipped, "answers", tmp_path / "reached", stop)
    assert error.startswith("the load generator ended with exit status -9; it is killed when it takes more than 3 s")


def test_a_server_that_fails_while_all_else_is_well_has_failed_itself(equipped: MeasureContext) -> None:
    assert "status 500" in (test_web.invoked(equipped, "fails").failure or "")


def test_nothing_is_left_of_server_generator_and_database(built: MeasureContext, tmp_path: Path) -> None:
    reached = tmp_path / "reached"
    arguments = [str(built.binaries), str(built.root), str(reached)]
    before = set((built.root / "build").glob("postgres-*"))
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)  # PostgreSQL's user has to enter it, where it may not enter the project's folder
        killed.assert_nothing_left(HARNESS, arguments, reached, Path(temporary))
    limit = time.monotonic() + killed.LIMIT
    while set((built.root / "build").glob("postgres-*")) - before:
        assert time.monotonic() < limit
        time.sleep(0.01)
