"""Control groups that limit what a measured program may use of CPUs and memory, as those of a container do; versions 1 and 2.

A group is made for one program, below a group that the harness is in, so that the limits above hold as well. The program is
started as a shell that waits outside, is moved into the group, and only then becomes the program: what it uses counts from its
first instruction on, and moving it is in no measured time. Afterwards the group is removed, at the latest by the reaper.

https://docs.kernel.org/admin-guide/cgroup-v2.html, https://docs.kernel.org/scheduler/sched-bwc.html and
https://docs.kernel.org/admin-guide/cgroup-v1/memory.html say what the files hold.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import secrets
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bench.measure.host import cgroup
from bench.measure.processes.reaper import HarnessError, Reaper

PERIOD = 100_000
"""Microseconds after which a quota is there again: the kernel's default, and that of container engines."""
CONTROLLERS = ("cpu", "memory")
GATE = 'read -r _ && exec "$@" </dev/null'
"""A shell's program: wait for a line, then become the command of the arguments."""


class LimitError(Exception):
    """No control group can be made here; the message says what is missing."""


class Limit(NamedTuple):
    """What a program may use."""

    cpus: float
    memory: int
    """Bytes, without any swap."""

    @property
    def words(self) -> str:
        return f"{self.cpus:g} CPUs and {self.memory >> 20} MiB of memory"


class Usage(NamedTuple):
    """How often a group has met its limits so far."""

    periods: int
    """Of the quota, in which anything ran."""
    throttled: int
    """Of these, in which the quota was used up."""
    seconds: float
    """For which the group was throttled, those of several CPUs added up."""
    reached: int
    """Times that memory had to be reclaimed because the limit was reached."""
    killed: int
    """Processes that were killed because there was nothing to reclaim."""


@dataclass(frozen=True)
class Group:
    """A control group: a folder for each controller, in version 2 the same for both."""

    cpu: Path
    memory: Path

    def restrict(self, limit: Limit) -> None:
        """Set the limits; raises OSError where the kernel refuses them."""
        quota = round(limit.cpus * PERIOD)
        if (self.cpu / "cpu.max").exists():
            (self.cpu / "cpu.max").write_text(f"{quota} {PERIOD}", encoding="ascii")
        else:
            (self.cpu / "cpu.cfs_period_us").write_text(str(PERIOD), encoding="ascii")
            (self.cpu / "cpu.cfs_quota_us").write_text(str(quota), encoding="ascii")
        if (self.memory / "memory.max").exists():
            limits = {"memory.max": limit.memory, "memory.swap.max": 0}
        else:  # version 1 limits memory and swap together
            limits = {"memory.limit_in_bytes": limit.memory, "memory.memsw.limit_in_bytes": limit.memory}
        (required, most), (swap, least) = limits.items()
        (self.memory / required).write_text(str(most), encoding="ascii")
        if (self.memory / swap).exists():  # a kernel may not account for swap
            (self.memory / swap).write_text(str(least), encoding="ascii")

    def let_go(self, pid: int, gate: int) -> float:
        """Move a program that waits into the group, and let it begin; return when, on the clock of `time.perf_counter`.

        Args:
            pid: the process that `waiting` was started as.
            gate: file descriptor that writes to its standard input.

        Raises:
            HarnessError: it cannot be moved.
        """
        try:
            for folder in dict.fromkeys((self.cpu, self.memory)):
                (folder / "cgroup.procs").write_text(str(pid), encoding="ascii")
        except OSError as error:
            raise HarnessError(f"{error.filename}: a process cannot be moved into it: {error.strerror}") from error
        start = time.perf_counter()
        with contextlib.suppress(BrokenPipeError):  # it has ended, which whoever waits for it will see
            os.write(gate, b"\n")
        return start

    def end(self) -> None:
        """Kill what is left in it, without which it cannot be removed."""
        for pid in _text(self.cpu / "cgroup.procs").split() + _text(self.memory / "cgroup.procs").split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def usage(self) -> Usage:
        """Return how often the limits were met so far."""
        cpu, events = _numbers(self.cpu / "cpu.stat"), _numbers(self.memory / "memory.events")
        version_1 = _numbers(self.memory / "memory.oom_control")
        return Usage(
            periods=cpu.get("nr_periods", 0),
            throttled=cpu.get("nr_throttled", 0),
            seconds=cpu.get("throttled_usec", 0) / 1e6 + cpu.get("throttled_time", 0) / 1e9,
            reached=events.get("max", 0) + int(_text(self.memory / "memory.failcnt") or 0),
            killed=events.get("oom_kill", 0) + version_1.get("oom_kill", 0),
        )


def waiting(command: Sequence[str]) -> list[str]:
    """Return a command that waits for a line on its standard input, and then becomes the given one, with an empty input."""
    return ["/bin/sh", "-c", GATE, "sh", *command]


@contextlib.contextmanager
def limited(held: Reaper, limit: Limit | None, root: Path = Path("/")) -> Iterator[Group | None]:
    """Make a group for one program, and remove it with what is left in it; None without a limit. `root` holds proc and sys.

    Raises:
        HarnessError: the group cannot be made.
    """
    if limit is None:
        yield None
        return
    with contextlib.ExitStack() as stack:
        try:
            cpu, memory = places(root)
            folders = {place: stack.enter_context(held.temporary(place)) for place in dict.fromkeys((cpu, memory))}
            group = Group(folders[cpu], folders[memory])
            group.restrict(limit)
        except (LimitError, OSError) as error:
            raise HarnessError(_refusal(limit, error)) from error
        try:
            yield group
        finally:
            group.end()


@functools.cache
def missing(limit: Limit, root: Path = Path("/")) -> str | None:
    """Say why no group with such a limit can be made here; None where one can be. `root` holds proc and sys."""
    with contextlib.ExitStack() as stack:
        try:
            cpu, memory = places(root)
            folders = {place: place / f"probe-{secrets.token_hex(4)}" for place in (cpu, memory)}
            for folder in folders.values():
                folder.mkdir()
                stack.callback(folder.rmdir)
            Group(folders[cpu], folders[memory]).restrict(limit)
        except (LimitError, OSError) as error:
            return _refusal(limit, error)
    return None


def places(root: Path = Path("/")) -> tuple[Path, Path]:
    """Return the groups below which one can be made that limits CPUs, and one that limits memory. `root` holds proc and sys.

    Raises:
        LimitError: there are none.
    """
    cpu, memory = (_place(controller, root) for controller in CONTROLLERS)
    return cpu, memory


def _place(controller: str, root: Path) -> Path:
    """Return where a group of a controller can be made: in version 1 below the own group, in version 2 where groups get it."""
    own = cgroup.own_folders(controller, root)
    if not own:
        raise LimitError(f"no control groups of the controller {controller} are mounted")
    if not (own[-1] / "cgroup.controllers").exists():
        return own[0]
    for folder in own:
        if {*CONTROLLERS} <= {*_text(folder / "cgroup.subtree_control").split()}:
            return folder
    raise LimitError(
        f"no control group that this process is in lets groups below it have limits of CPUs and memory "
        f"(as root: echo '+cpu +memory' > {own[-1] / 'cgroup.subtree_control'})"
    )


def _refusal(limit: Limit, error: Exception) -> str:
    why = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
    return f"it takes a control group with {limit.words}, which cannot be made here: {why}"


def _numbers(path: Path) -> dict[str, int]:
    """Return name -> number of a file that has one of each on a line; nothing where there is no such file."""
    return {name: int(number) for name, number in re.findall(r"(?m)^([a-z_.]+) ([0-9]+)$", _text(path))}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""
