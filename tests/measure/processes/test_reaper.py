"""What a harness has started and created ends with it: here the harness is a small program that ends in each way."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bench.catalog.loader import ROOT
from bench.measure.processes import reaper as module
from bench.measure.processes.reaper import HarnessError, reaper
from tests.measure import hangs

HARNESS = """
import contextlib, os, pathlib, signal, subprocess, sys
from bench.measure.processes.reaper import reaper

with reaper() as held:
    folder = pathlib.Path({folder!r})
    held.folder(folder)
    folder.mkdir()
    (folder / "file").write_text("")
    group = subprocess.Popen(["sh", "-c", "sleep 600 & echo $!; wait"], stdout=subprocess.PIPE, text=True, start_new_session=True)
    held.group(group.pid)
    print(held.running.pid, group.pid, group.stdout.readline().strip(), flush=True)
    {end}
"""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has it")
SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")
TIDY = """
import pathlib, signal, sys, time

def tidy(*_):
    pathlib.Path(sys.argv[1]).write_text("tidied")
    {then}

signal.signal(signal.SIGTERM, tidy)
print(flush=True)
time.sleep(600)
"""


@contextlib.contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process group; nothing of it is left at the end."""
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


@contextlib.contextmanager
def tidying(written: Path, then: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process that writes a file when it is told to end; return it once it is ready to."""
    with started(sys.executable, "-c", TIDY.format(then=then), str(written)) as running:
        assert running.stdout
        running.stdout.readline()
        yield running


@pytest.mark.parametrize(
    "end",
    [
        "os.kill(os.getpid(), signal.SIGKILL)",
        "os.kill(os.getpid(), signal.SIGTERM)",
        "os.kill(os.getpid(), signal.SIGINT)",
        "os._exit(0)",
        "raise RuntimeError",
        "pass",
    ],
)
def test_no_process_and_no_folder_survives_the_harness(tmp_path: Path, end: str) -> None:
    folder = tmp_path / "made"
    text = HARNESS.format(folder=str(folder), end=end)
    # the reaper shares the harness's standard error, so that this returns when both have ended
    done = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=False)
    assert hangs.orphans_gone(int(pid) for pid in done.stdout.split())
    assert len(done.stdout.split()) == 3
    assert not folder.exists()


def test_a_signal_to_the_reaper_does_not_end_it(tmp_path: Path) -> None:
    with reaper() as held:
        held.folder(tmp_path / "made")
        (tmp_path / "made").mkdir()
        held.running.send_signal(signal.SIGTERM)
        held.running.send_signal(signal.SIGINT)
    assert held.running.returncode == 0
    assert not (tmp_path / "made").exists()


def test_a_group_that_was_released_is_let_go() -> None:
    with started(*SLEEP) as running:
        with reaper() as held:
            held.group(running.pid)
            held.released(running.pid)
        assert running.poll() is None


def test_a_group_has_ended_before_the_reaper_lets_go() -> None:
    with started(*SLEEP) as running:
        with reaper() as held:
            held.group(running.pid)
        assert not module.alive(running.pid)
        assert running.wait() == -signal.SIGKILL


def test_a_leader_that_may_tidy_up_first_does(tmp_path: Path) -> None:
    written = tmp_path / "written"
    with tidying(written, "sys.exit(3)") as running:
        with reaper() as held:
            held.group(running.pid, signal.SIGTERM)
        assert running.wait() == 3
    assert written.read_text(encoding="utf-8") == "tidied"


def test_a_leader_that_takes_too_long_to_tidy_up_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIDYING", 0.2)
    written = tmp_path / "written"
    with tidying(written, "pass") as running:
        module.end({running.pid: signal.SIGTERM})
        assert running.wait() == -signal.SIGKILL
    assert written.read_text(encoding="utf-8") == "tidied"


def test_what_a_leader_leaves_in_its_group_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIDYING", 0.2)
    with started("sh", "-c", "sleep 600 >/dev/null & echo $!") as running:
        assert running.stdout
        child = int(running.stdout.readline())
        assert running.wait() == 0
        module.end({running.pid: signal.SIGTERM})
        assert hangs.gone(child)


def test_a_group_that_is_gone_is_no_error() -> None:
    with started("true") as running:
        running.wait()
        with reaper() as held:
            held.group(running.pid)
            held.group(running.pid, signal.SIGQUIT)


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    with reaper() as held:
        held.folder(tmp_path / "none")


def test_what_a_folder_links_to_stays(tmp_path: Path) -> None:
    folder, apart = tmp_path / "made", tmp_path / "apart"
    for path in (folder, apart):
        path.mkdir()
    (apart / "file").write_text("kept", encoding="utf-8")
    (folder / "link").symlink_to(apart)
    with reaper() as held:
        held.folder(folder)
    assert not folder.exists()
    assert (apart / "file").exists()


def test_a_folder_with_a_line_break_in_its_name_is_refused(tmp_path: Path) -> None:
    with reaper() as held, pytest.raises(ValueError, match="a line break"):
        held.folder(tmp_path / "one\nother")


def test_a_folder_that_cannot_be_removed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "DYING", 0.02)
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    module.remove(file)
    assert f"{file} is left behind: " in capsys.readouterr().err


ESCAPED = """
import os, signal, subprocess, sys
from bench.measure.processes.reaper import reaper

with reaper() as held:
    # a daemon: its parent has ended, and it has left the group
    daemon = "sleep 600 <&- >&- 2>&- & echo $!"
    daemon = subprocess.run(["setsid", "sh", "-c", daemon], capture_output=True, text=True).stdout.strip()
    # one without the variable, but with a parent that has it
    lost = "import subprocess, time; print(subprocess.Popen(['sleep', '600'], env={}).pid, flush=True); time.sleep(600)"
    parent = subprocess.Popen([sys.executable, "-c", lost], stdout=-1, text=True, start_new_session=True)
    print(daemon, parent.pid, parent.stdout.readline().strip(), held.running.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_has_left_its_group_does_not_survive_the_harness(tmp_path: Path) -> None:
    pids = printed(tmp_path, ESCAPED)
    assert len(pids) == 4
    assert hangs.orphans_gone(pids)


LATE = """
import os, signal, subprocess, sys
from bench.measure.processes.reaper import reaper

with reaper() as held:
    start = "import subprocess, time; time.sleep(0.2); print(subprocess.Popen(['sleep', '600'], env={environment}).pid)"
    late = start.replace("{environment}", repr(held.variables))
    subprocess.Popen([sys.executable, "-c", late], env={}, start_new_session=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_is_started_when_the_harness_has_been_killed_is_killed_as_well(tmp_path: Path) -> None:
    (pid,) = printed(tmp_path, LATE)
    assert hangs.orphans_gone([pid])


def printed(folder: Path, text: str) -> list[int]:
    """Run a harness and return the ids that it prints, and what it has started prints."""
    with (folder / "printed").open("w", encoding="utf-8") as file:
        subprocess.run([sys.executable, "-c", text], cwd=ROOT, stdout=file, check=False)
    limit = time.monotonic() + 60
    while not (text := (folder / "printed").read_text(encoding="utf-8")).endswith("\n"):
        assert time.monotonic() < limit
        time.sleep(0.01)
    return [int(pid) for pid in text.split()]


def test_what_is_started_meanwhile_inherits_the_variable() -> None:
    before = dict(os.environ)
    with reaper() as held:
        assert dict(os.environ) == {**before, **held.variables}
    assert dict(os.environ) == before


@LINUX
def test_orphans_are_adopted_meanwhile() -> None:
    with reaper():
        done = subprocess.run(["sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!"], capture_output=True, text=True, check=True)
        orphan = int(done.stdout)
        assert psutil.Process(orphan).ppid() == os.getpid()
    assert os.waitpid(orphan, 0) == (orphan, signal.SIGKILL)


def test_temporary_files_of_what_is_started_are_in_one_folder_that_is_removed() -> None:
    make = [sys.executable, "-c", "import tempfile; print(tempfile.mkdtemp())"]
    with reaper() as held:
        folder = Path(subprocess.run(make, capture_output=True, text=True, check=True).stdout.strip())
        assert folder.is_dir()
        assert folder.parent == Path(held.variables["TMPDIR"])
        assert folder.parent.parent == Path(tempfile.gettempdir())
    assert not folder.parent.exists()


def test_a_temporary_folder_is_removed_where_it_is_left() -> None:
    with reaper() as held:
        with held.temporary() as folder:
            (folder / "file").touch()
            assert folder.stat().st_mode & 0o777 == 0o700
        assert not folder.exists()


TEMPORARY = """
import os, pathlib, signal, sys
from bench.measure.processes.reaper import reaper

with reaper() as held, held.temporary(pathlib.Path({parent!r})) as folder:
    (folder / "file").touch()
    {end}
"""


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "raise RuntimeError", "pass"])
def test_a_temporary_folder_does_not_survive_the_harness(tmp_path: Path, end: str) -> None:
    text = TEMPORARY.format(parent=str(tmp_path), end=end)
    # the reaper shares the harness's standard error, so that this returns when both have ended
    subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, check=False)
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_that_was_removed_is_not_the_reapers_any_more(tmp_path: Path) -> None:
    with reaper() as held:
        with held.temporary(tmp_path) as folder:
            pass
        folder.mkdir()
    assert folder.exists()


def test_helpers_that_have_ended_are_named_with_their_exit_status() -> None:
    with reaper() as held, started("sh", "-c", "exit 3") as ended, started(*SLEEP) as running:
        held.group(ended.pid)
        held.group(running.pid)
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        assert held.ended() == [f"sh ({ended.pid}) has ended with exit status 3"]
        assert ended.wait() == 3
        assert held.ended() == []


def test_a_reaper_that_was_killed_says_so() -> None:
    with reaper() as held:
        held.running.kill()
        held.running.wait()
        with pytest.raises(HarnessError, match="resume the run"):
            held.group(1234)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the platform has no pinning")
def test_it_is_pinned() -> None:
    cpu = max(os.sched_getaffinity(0))
    with reaper((cpu,)) as held:
        assert os.sched_getaffinity(held.running.pid) == {cpu}
        assert os.sched_getaffinity(0) >= {cpu}
