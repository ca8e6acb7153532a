"""Makes sure that nothing outlives the harness, however it ends.

A small process in a session of its own reads a pipe from the harness, which names what it starts and creates, a line each.
When the pipe ends, because the harness is done or because it has been killed, the process ends what is left:

- `group 1234 3`: the process group 1234; its leader is sent signal 3 first and has time to tidy up, then the group is killed.
- `done 1234`: the harness has ended that group itself.
- `folder /path`: a folder to remove, or a control group.
- `removed /path`: the harness has removed it.
- `end`: the harness is done. Without this line it was killed, and may have been about to start something.

A process may leave its group. But everything that is started meanwhile inherits a variable that names the reaper from the
harness's own environment; processes with this variable, and their descendants, are found and killed as well. While the harness
lives, it adopts orphans (PR_SET_CHILD_SUBREAPER), so that it can end them after each invocation and learns how much CPU time
they have used. Another variable, TMPDIR, gives them one folder for their temporary files, which a killed process leaves behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.measure.processes import children, procfs
from bench.measure.processes.procfs import Process

ROOT = Path(__file__).resolve().parents[3]
HELD_BY = "HELD_BY"
"""The variable that names the reaper of a process: always of the same length."""
TIDYING = 10.0
"""Seconds that a group has after its leader's signal; PostgreSQL kills what does not end after five."""
DYING = 10.0
"""Seconds in which a killed process ends, unless the kernel holds it and nothing can be done."""
SETTLING = 0.5
"""Seconds without another process after which a killed harness has started its last."""
POLL = 0.01
SET_SUBREAPER, GET_SUBREAPER = 36, 37
"""Of prctl(2)."""


class HarnessError(Exception):
    """What measures has failed, and not what is measured: the invocation does not count, and the run can be resumed."""


class Reaper:
    """The harness's end of the pipe."""

    def __init__(self, running: subprocess.Popen[bytes], token: str) -> None:
        self.running = running
        self.variables: Mapping[str, str] = {HELD_BY: token}
        """The environment of a process has to contain them, so that it is found wherever it goes, and its temporary files are."""
        self.leaders: set[int] = set()
        """Of the groups that are held."""

    def group(self, leader: int, first: signal.Signals = signal.SIGKILL) -> None:
        """Have a process group ended with the harness: its leader gets the signal `first`, and time, before all are killed."""
        self.leaders.add(leader)
        self._tell(f"group {leader} {int(first)}")

    def released(self, leader: int) -> None:
        """Say that a process group has ended: its id may soon be another's."""
        self.leaders.discard(leader)
        self._tell(f"done {leader}")

    def folder(self, path: Path) -> None:
        """Have a folder removed with the harness, whether it exists yet or not.

        Raises:
            ValueError: its name has a line break, and what comes before that may be another folder.
        """
        self._tell(f"folder {_resolved(path)}")

    @contextlib.contextmanager
    def temporary(self, parent: Path | None = None) -> Iterator[Path]:
        """Make a folder below `parent`, or where the system keeps temporary files; remove it, at the latest with the harness."""
        path = Path(parent or tempfile.gettempdir()) / f"measure-{secrets.token_hex(4)}"
        self.folder(path)
        path.mkdir(mode=0o700)
        try:
            yield path
        finally:
            remove(path)
            with contextlib.suppress(HarnessError):
                self._tell(f"removed {_resolved(path)}")

    def ended(self) -> list[str]:
        """Return which of the held groups' leaders have ended, and with which exit status; nobody may have waited for them."""
        table = procfs.processes()
        messages = []
        for leader in sorted(self.leaders):
            with contextlib.suppress(ChildProcessError):
                if (status := children.exit_status(leader)) is not None:
                    name = table[leader].name if leader in table else "a process"
                    messages.append(f"{name} ({leader}) has ended with exit status {status}")
        return messages

    def _tell(self, line: str) -> None:
        """Write one line.

        Raises:
            HarnessError: there is nobody to tell.
        """
        try:
            if self.running.stdin:
                self.running.stdin.write(os.fsencode(line) + b"\n")
        except (BrokenPipeError, ValueError) as error:
            message = "the process that ends what the harness has started has been killed; resume the run"
            raise HarnessError(message) from error


@contextlib.contextmanager
def reaper(cpus: Sequence[int] = ()) -> Iterator[Reaper]:
    """Start the process, pinned to `cpus`; in the end, what it still holds is ended and removed before this returns.

    Raises:
        HarnessError: it does not start.
    """
    token = secrets.token_hex(16)
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from bench.measure.processes import reaper; reaper.main()"
    command = [sys.executable, "-I", "-S", "-c", start, token]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True)
    try:
        if not running.stdout or not running.stdout.readline():
            raise HarnessError(f"{' '.join(command)}: it does not start")
        if cpus:
            os.sched_setaffinity(running.pid, cpus)
        held = Reaper(running, token)
        with held.temporary() as folder, _adopting():
            held.variables = {**held.variables, "TMPDIR": str(folder)}
            with _named(held.variables):
                yield held
        with contextlib.suppress(HarnessError):
            held._tell("end")  # noqa: SLF001 - nobody else may say so
    finally:
        for pipe in (running.stdin, running.stdout):
            if pipe:
                pipe.close()
        running.wait()


@contextlib.contextmanager
def _named(variables: Mapping[str, str]) -> Iterator[None]:
    """Have everything that is started meanwhile inherit variables, whoever starts it."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _adopting() -> Iterator[None]:
    """Let processes whose parents have ended become this process's children, where the platform can."""
    if sys.platform != "linux":
        yield
        return
    library, before = ctypes.CDLL(None), ctypes.c_int()
    library.prctl(GET_SUBREAPER, ctypes.byref(before), 0, 0, 0)
    library.prctl(SET_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        library.prctl(SET_SUBREAPER, before.value, 0, 0, 0)


def main() -> None:
    """Run as the reaper's process: hold what the standard input names, until that ends. The argument is the token."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # it ends with the harness, and not before
        signal.signal(ignored, signal.SIG_IGN)
    sys.stdout.write("holding\n")
    sys.stdout.flush()
    hold(iter(sys.stdin.buffer), f"{HELD_BY}={sys.argv[1]}")


def hold(lines: Iterable[bytes], variable: str) -> None:
    """Read the harness's lines until they end; then end what is left of its groups, and what has the variable."""
    groups: dict[int, signal.Signals] = {}
    folders: dict[Path, None] = {}
    settling = SETTLING
    for line in lines:
        kind, _, rest = os.fsdecode(line.removesuffix(b"\n")).partition(" ")
        if kind == "group":
            leader, first = rest.split()
            groups[int(leader)] = signal.Signals(int(first))
        elif kind == "done":
            groups.pop(int(rest), None)
        elif kind == "folder":
            folders[Path(rest)] = None
        elif kind == "removed":
            folders.pop(Path(rest), None)
        elif kind == "end":
            settling = 0.0
    table = procfs.processes()
    family = procfs.descendants({*groups, *procfs.carrying(variable)}, table)  # while it is known who descends from whom
    end(groups)
    sweep(variable, [table[pid] for pid in family], settling)
    for folder in folders:
        remove(folder)


def end(groups: Mapping[int, signal.Signals]) -> None:
    """Send each group's leader its signal, and kill what is left when its time to tidy up is over."""
    for leader, first in groups.items():
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if first == signal.SIGKILL else os.kill)(leader, first)
    await_end({leader for leader, first in groups.items() if first != signal.SIGKILL}, TIDYING)
    for leader in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)
    await_end(set(groups), DYING)


def sweep(variable: str, family: Iterable[Process], settling: float) -> None:
    """Kill a family, and every process with a variable, until there has been none for `settling` seconds."""
    known = {one.pid: one.started for one in family}
    until = time.monotonic() + DYING
    quiet = time.monotonic()
    while time.monotonic() < until:
        table = procfs.processes()
        carriers = procfs.carrying(variable)
        left = [one for one in table.values() if one.pid in carriers or known.get(one.pid) == one.started]
        left = [one for one in left if not one.ended]
        for one in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(one.pid, signal.SIGKILL)
        if left:
            quiet = time.monotonic()
        elif time.monotonic() - quiet >= settling:
            return
        time.sleep(POLL)


def await_end(groups: set[int], limit: float) -> None:
    """Wait until no process of the groups is left, but no longer than `limit` seconds."""
    until = time.monotonic() + limit
    while time.monotonic() < until and any(alive(leader) for leader in groups):
        time.sleep(POLL)


def alive(leader: int) -> bool:
    """Whether a process group has a process that has not ended."""
    try:
        os.killpg(leader, 0)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group whose processes have all ended
        return False
    table = procfs.processes()
    return not table or any(one.group == leader and not one.ended for one in table.values())


def remove(folder: Path) -> None:
    """Remove a folder, if it exists, and say so if that cannot be done."""
    until = time.monotonic() + DYING
    while folder.exists():
        try:
            if (folder / "cgroup.procs").exists():
                folder.rmdir()  # a control group: its files are the kernel's, and go with it
            else:
                shutil.rmtree(folder)
        except FileNotFoundError:
            pass  # somebody else is removing it as well
        except OSError as error:
            if time.monotonic() > until:
                sys.stderr.write(f"{folder} is left behind: {error}\n")
                return
            time.sleep(POLL)


def _resolved(path: Path) -> str:
    resolved = str(path.resolve())
    if "\n" in resolved:
        raise ValueError(f"a line break in the name of the folder {resolved!r}")
    return resolved
