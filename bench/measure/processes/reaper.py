"""Makes sure that nothing survives the harness, however it dies.

A small process in a session of its own holds a pipe to the harness, which tells it what has been started and made, a line each.
When the pipe ends, because the harness is done or because it is gone, it ends what is left:

- `group 1234 3`: the process group 1234; its leader is sent signal 3 first and has time to tidy up, then the group is killed.
- `done 1234`: the harness has ended that group itself.
- `folder /path`: a folder to remove.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

TIDYING = 10.0
"""Seconds that a group has after its leader's signal; PostgreSQL kills what does not end after five."""
DYING = 10.0
"""Seconds in which a killed group is gone, or the kernel holds it and nobody can do anything about it."""
POLL = 0.01


class Reaper:
    """The harness's end of the pipe."""

    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        self.running = running

    def group(self, leader: int, first: signal.Signals = signal.SIGKILL) -> None:
        """Have a process group ended with the harness; its leader is sent `first`, and the others nothing where that lets it."""
        self._tell(f"group {leader} {int(first)}")

    def released(self, leader: int) -> None:
        """Say that a process group has ended: its id may soon be another's."""
        self._tell(f"done {leader}")

    def folder(self, path: Path) -> None:
        """Have a folder removed with the harness, whether it is there yet or not.

        Raises:
            ValueError: its name has a line break, and what comes before that may be another folder.
        """
        whole = str(path.resolve())
        if "\n" in whole:
            raise ValueError(f"a line break in the name of the folder {whole!r}")
        self._tell(f"folder {whole}")

    def _tell(self, line: str) -> None:
        """Write one line.

        Raises:
            BrokenPipeError: there is nobody to tell.
        """
        if self.running.stdin is None or self.running.poll() is not None:
            raise BrokenPipeError("the process that ends what the harness has started has been killed; begin the run again")
        self.running.stdin.write(os.fsencode(line) + b"\n")


@contextlib.contextmanager
def reaper() -> Iterator[Reaper]:
    """Start the process; at the end, what it still holds is ended and removed before this returns.

    Raises:
        BrokenPipeError: it does not start.
    """
    command = [sys.executable, "-I", "-S", __file__]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True)
    try:
        if not running.stdout or not running.stdout.readline():
            raise BrokenPipeError(f"{' '.join(command)}: it does not start")
        yield Reaper(running)
    finally:
        for pipe in (running.stdin, running.stdout):
            if pipe:
                pipe.close()
        running.wait()


def hold(lines: Iterator[bytes]) -> None:
    """Take the harness's lines to their end; then end what is left."""
    groups: dict[int, signal.Signals] = {}
    folders: list[Path] = []
    for line in lines:
        kind, _, rest = os.fsdecode(line.removesuffix(b"\n")).partition(" ")
        if kind == "group":
            leader, first = rest.split()
            groups[int(leader)] = signal.Signals(int(first))
        elif kind == "done":
            groups.pop(int(rest), None)
        elif kind == "folder":
            folders.append(Path(rest))
    end(groups)
    for folder in folders:
        remove(folder)


def end(groups: dict[int, signal.Signals]) -> None:
    """Send each group's leader its signal, and kill what is still there when the time to tidy up is over."""
    for leader, first in groups.items():
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if first == signal.SIGKILL else os.kill)(leader, first)
    await_end({leader for leader, first in groups.items() if first != signal.SIGKILL}, TIDYING)
    for leader in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)
    await_end(set(groups), DYING)


def await_end(groups: set[int], limit: float) -> None:
    """Wait until no process of the groups is left, but no longer than `limit` seconds."""
    until = time.monotonic() + limit
    while time.monotonic() < until and any(alive(leader) for leader in groups):
        time.sleep(POLL)


def alive(leader: int) -> bool:
    """Whether a process group has a process that has not ended; one that nobody has waited for yet has."""
    try:
        os.killpg(leader, 0)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group whose processes have all ended
        return False
    proc = Path("/proc")
    return not (proc / "self" / "stat").exists() or any(_is_of(leader, path) for path in proc.glob("[0-9]*/stat"))


def _is_of(leader: int, stat: Path) -> bool:
    """Whether the process is of the group and has not ended."""
    try:
        state, _, group, *_ = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (OSError, ValueError):
        return False
    return int(group) == leader and state not in ("Z", "X")


def remove(folder: Path) -> None:
    """Remove a folder, if it is there, and say so if that cannot be done."""
    until = time.monotonic() + DYING
    while folder.exists():
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            pass  # by somebody else meanwhile
        except OSError as error:
            if time.monotonic() > until:
                sys.stderr.write(f"{folder} is left behind: {error}\n")
                return
            time.sleep(POLL)


if __name__ == "__main__":
    for deaf in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # it ends with the harness, and not before
        signal.signal(deaf, signal.SIG_IGN)
    sys.stdout.write("holding\n")
    sys.stdout.flush()
    hold(iter(sys.stdin.buffer))
