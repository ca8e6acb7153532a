"""Runs one measured process and records what the machine did meanwhile."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.measure.host import cgroup

TIME_LIMIT = 120.0
"""Seconds after which an invocation counts as hung; one takes about half a second."""
STDERR_KEPT = 2000


@dataclass(frozen=True)
class Finished:
    """A process that has ended, and the machine's counters over its life."""

    stdout: str
    failure: str | None
    """Exit status and the end of standard error; None when it exited with 0."""
    started: datetime
    seconds: float
    steal: float
    load: float
    voluntary_switches: int
    involuntary_switches: int
    throttled: int
    swapped: int


def run(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], cpus: Sequence[int]) -> Finished:
    """Run `command` pinned to `cpus` in a process group of its own, which is killed whole at the time limit."""
    return observe(lambda: _communicate(command, cwd, environment, cpus), cpus)


def observe(work: Callable[[], tuple[str, str | None]], cpus: Sequence[int]) -> Finished:
    """Do work with processes pinned to `cpus`, and record what the machine did meanwhile.

    `work` returns (standard output, why it failed, if it did). The harness's own garbage collector is off meanwhile.
    """
    collecting = gc.isenabled()
    gc.disable()
    started = datetime.now(UTC)
    load = os.getloadavg()[0]
    before, usage = _counters(cpus), resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    try:
        stdout, failure = work()
    finally:
        if collecting:
            gc.enable()
    seconds = time.monotonic() - start
    after, usage_after = _counters(cpus), resource.getrusage(resource.RUSAGE_CHILDREN)
    return Finished(
        stdout=stdout,
        failure=failure,
        started=started,
        seconds=seconds,
        steal=_share(before.steal, after.steal, before.total, after.total),
        load=load,
        voluntary_switches=usage_after.ru_nvcsw - usage.ru_nvcsw,
        involuntary_switches=usage_after.ru_nivcsw - usage.ru_nivcsw,
        throttled=after.throttled - before.throttled,
        swapped=after.swapped - before.swapped,
    )


def _communicate(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str], cpus: Sequence[int]
) -> tuple[str, str | None]:
    """Run a command to its end; return what it printed, and why it failed."""
    with pinned(cpus):
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    try:
        stdout, stderr = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        kill_group(process.pid)
        stdout, stderr = process.communicate()
        return stdout, f"killed after {TIME_LIMIT:.0f} s: {stderr[-STDERR_KEPT:].strip()}"
    except BaseException:
        kill_group(process.pid)
        process.communicate()
        raise
    if process.returncode == 0:
        return stdout, None
    return stdout, f"exit status {process.returncode}: {stderr[-STDERR_KEPT:].strip() or stdout[-STDERR_KEPT:].strip()}"


@contextlib.contextmanager
def pinned(cpus: Sequence[int]) -> Iterator[None]:
    """Let a child inherit `cpus` from this thread, without code between fork and exec."""
    if not cpus:
        yield
        return
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, own)


def kill_group(pid: int) -> None:
    """Kill a process and those that it started, if they are there."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


@dataclass(frozen=True)
class _Counters:
    steal: int
    total: int
    throttled: int
    swapped: int


def _share(steal: int, steal_after: int, total: int, total_after: int) -> float:
    return min(1.0, max(0, steal_after - steal) / (total_after - total)) if total_after > total else 0.0


def _counters(cpus: Sequence[int]) -> _Counters:
    """Read the kernel's counters; a platform without them counts nothing."""
    names = {f"cpu{cpu}" for cpu in cpus} or {"cpu"}
    steal = total = 0
    for line in _lines(Path("/proc/stat")):
        name, *fields = line.split()
        if name in names:
            ticks = [int(field) for field in fields[:8]]
            total += sum(ticks)
            steal += ticks[7]
    swapped = sum(int(line.split()[1]) for line in _lines(Path("/proc/vmstat")) if line.startswith(("pswpin ", "pswpout ")))
    return _Counters(steal, total, _throttled(cpus), swapped)


def _throttled(cpus: Sequence[int]) -> int:
    """Return how often one of the process's control groups or of the CPUs was throttled so far."""
    count = cgroup.throttled()
    for cpu in cpus:
        for line in _lines(Path(f"/sys/devices/system/cpu/cpu{cpu}/thermal_throttle/core_throttle_count")):
            count += int(line)
    return count


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
