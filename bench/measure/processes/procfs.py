"""What Linux's /proc says of processes and of CPUs. A file that cannot be read is an error that names it, never a zero.

A process that has ended meanwhile is no error: whoever lists processes has to expect it. A platform without /proc lists neither
processes nor CPUs.
"""

from __future__ import annotations

import contextlib
import functools
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
KILOBYTE = 1024
"""Bytes, as the kernel counts them."""
TICKS = os.sysconf("SC_CLK_TCK")
"""Ticks a second, in which the kernel counts CPU time and start times."""
COLUMNS = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
"""Of /proc/stat: how a CPU spent its time."""
CHUNK = 1 << 16
"""Bytes of a file that are read at a time."""
ENDED = ("Z", "X")
"""States of a process that has ended: not waited for yet, and being removed."""


class ProcError(Exception):
    """A file of /proc cannot be read, or lacks what it should have; the message names it."""


class Process(NamedTuple):
    """One process, as the table of processes has it."""

    pid: int
    name: str
    state: str
    parent: int
    group: int
    started: int
    """Ticks after the machine's start."""

    @property
    def ended(self) -> bool:
        return self.state in ENDED


def processes() -> dict[int, Process]:
    """Return all processes by their ids, including those that have ended and that nobody has waited for."""
    table = {}
    for pid in _pids():
        if text := _text(f"{PROC}/{pid}/stat"):
            before, _, after = text.rpartition(")")
            fields = after.split()
            table[pid] = Process(pid, before.partition("(")[2], fields[0], int(fields[1]), int(fields[2]), int(fields[19]))
    return table


def descendants(ancestors: Iterable[int], table: Mapping[int, Process]) -> set[int]:
    """Return the children of processes, and theirs in turn. A child whose parent has ended is its adopter's."""
    children: dict[int, list[int]] = {}
    for one in table.values():
        children.setdefault(one.parent, []).append(one.pid)
    family: set[int] = set()
    waiting = list(ancestors)
    while waiting:
        new = [pid for pid in children.get(waiting.pop(), ()) if pid not in family]
        family.update(new)
        waiting += new
    return family


def members(group: int) -> list[int]:
    """Return the processes of a process group."""
    pids = []
    for pid in _pids():
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(pid) == group:
                pids.append(pid)
    return pids


def carrying(variable: str) -> set[int]:
    """Return the processes that were started with a variable, "NAME=value", and have not ended; not those of other users."""
    carriers = set()
    for pid in _pids():
        with contextlib.suppress(PermissionError, FileNotFoundError, ProcessLookupError):
            if os.fsencode(variable) in (PROC / str(pid) / "environ").read_bytes().split(b"\0"):
                carriers.add(pid)
    return carriers


def now() -> int:
    """Return the present time, in the units of `Process.started`."""
    return int(time.clock_gettime(time.CLOCK_BOOTTIME) * TICKS)


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the CPU time that processes have used: their own exactly, that of children they have waited for to the tick."""
    seconds = 0.0
    for pid in pids:
        if text := _text(f"{PROC}/{pid}/stat"):
            waited_for = sum(int(field) for field in text.rpartition(")")[2].split()[13:15]) / TICKS
            with contextlib.suppress(OSError):  # it has ended, and has been waited for
                seconds += time.clock_gettime((~pid << 3) | 2) + waited_for  # the clock of clock_getcpuclockid(3)
    return seconds


def cpu_ticks() -> dict[int, dict[str, int]]:
    """Return how each CPU has spent its time since the machine's start: ticks by the names of `COLUMNS`."""
    ticks = {}
    for name, *fields in _table("stat"):
        if name.startswith("cpu") and name != "cpu":
            ticks[int(name.removeprefix("cpu"))] = dict(zip(COLUMNS, map(int, fields), strict=False))
    return ticks


def swapped() -> int:
    """Return the pages swapped in or out since the machine's start."""
    return sum(int(fields[0]) for name, *fields in _table("vmstat") if name in ("pswpin", "pswpout"))


def available() -> int:
    """Return the bytes of memory that new programs can have without swapping; 0 where the platform has no /proc."""
    return KILOBYTE * _sizes(f"{PROC}/meminfo").get("MemAvailable", 0)


def memory(pid: int) -> dict[str, float]:
    """Return the memory of a process and of its group, in bytes; empty where the process has ended.

    `peak` and `resident` are the process's own, `proportional` and `group` those of its whole group: see
    `bench/measure/instruments/marked.py`.
    """
    status = _sizes(f"{PROC}/{pid}/status")
    if "VmHWM" not in status:
        return {}
    group = members(pid)
    shares = [_sizes(f"{PROC}/{member}/smaps_rollup") for member in group]
    files: dict[str, int] = {}
    for member in group:
        for name, size in _files(f"{PROC}/{member}/smaps"):
            files[name] = max(size, files.get(name, 0))
    anonymous = sum(share.get("Pss_Anon", 0) for share in shares)
    return {
        "peak": float(KILOBYTE * status["VmHWM"]),
        "resident": float(KILOBYTE * status["VmRSS"]),
        "proportional": float(KILOBYTE * sum(share.get("Pss", 0) for share in shares)),
        "group": float(KILOBYTE * (anonymous + sum(files.values()))),
    }


def _files(path: str) -> Iterator[tuple[str, int]]:
    """Yield which part of which file each of a process's mappings is, and how many kilobytes of the file are resident."""
    name, resident = "", 0
    for text in (_text(path) or "").splitlines():
        first, *rest = text.split()
        if "-" in first and not first.endswith(":"):
            _, offset, device, inode = rest[:4]
            name = f"{device} {inode} {offset}" if inode != "0" else ""
        elif first == "Rss:":
            resident = int(rest[0])
        elif first == "Anonymous:" and name:
            yield name, resident - int(rest[0])


def _sizes(path: str) -> dict[str, int]:
    """Read the kernel's `Name: number kB` lines; none of a process that has ended."""
    triples = (text.split() for text in (_text(path) or "").splitlines())
    return {fields[0].rstrip(":"): int(fields[1]) for fields in triples if len(fields) == 3 and fields[2] == "kB"}


def _table(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a file that belongs to no process; none where the platform has no /proc."""
    text = _text(f"{PROC}/{name}")
    if text is None and PROC.exists():
        raise ProcError(f"{PROC}/{name}: No such file or directory")
    for line in (text or "").splitlines():
        yield line.split()


def _pids() -> list[int]:
    try:
        names = os.listdir(PROC)  # noqa: PTH208 - pathlib would make an object of each of hundreds, again and again
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ProcError(f"{PROC}: {error.strerror}") from error
    return [int(name) for name in names if name.isdigit()]


def _text(path: str) -> str | None:
    """Return a file's text; None where there is none, or its process has ended. It takes half of what pathlib would."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            return b"".join(iter(functools.partial(os.read, descriptor, CHUNK), b"")).decode(errors="replace")
        finally:
            os.close(descriptor)
    except (FileNotFoundError, ProcessLookupError):
        return None
    except OSError as error:
        raise ProcError(f"{path}: {error.strerror}") from error
