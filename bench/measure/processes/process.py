"""Runs one measured process and records what the machine did meanwhile."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from bench.measure.host import cgroup
from bench.measure.processes import children, procfs
from bench.measure.processes.procfs import ProcError
from bench.measure.processes.tree import ProcessTree

TIME_LIMIT = 120.0
"""Seconds after which an invocation counts as hung; one takes about half a second."""
STDERR_KEPT = 2000
"""Bytes of standard error that a failure ends with."""
MOST_OUTPUT = 16 << 20
"""Bytes that a program may print, and its files may have; what is measured prints a few lines."""
MOST_LOGGED = 4 << 30
"""The same of a server that keeps an access log: a line for each request."""
RESOLUTION = 2
"""Ticks of each CPU's time that remain uncertain: its idle time is given in whole ticks, and so are interrupts."""


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
    foreign: float | None = None
    """Share of the time of the program's CPUs that others used; None where the platform does not tell."""


def run(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], tree: ProcessTree) -> Finished:
    """Run `command` to its end, in a process group of its own, which is killed whole at the time limit."""
    return observe(lambda: communicate(tree, command, cwd=cwd, environment=environment), tree, tree.cpus)


def observe(work: Callable[[], tuple[str, str | None]], tree: ProcessTree, cpus: Sequence[int]) -> Finished:
    """Do work with the processes of a tree, end what it leaves behind, and record what the machine did meanwhile.

    `work` returns (standard output, why it failed, if it did). It has also failed if it leaves processes at work behind, which
    may have taken time from what was measured, and if the kernel's counters cannot be read. Steal is that of `cpus`. The
    harness's own garbage collector is off meanwhile.
    """
    collecting = gc.isenabled()
    gc.disable()
    started = datetime.now(UTC)
    load = os.getloadavg()[0]
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    stdout, failure = "", None
    before = after = NOTHING
    start = time.monotonic()
    seconds = 0.0
    try:
        before = after = _counters(tree, cpus)
        try:
            stdout, failure = work()
        finally:
            seconds = time.monotonic() - start
            tree.end()
        after = _counters(tree, cpus)
    except ProcError as error:
        failure = str(error)
    finally:
        if collecting:
            gc.enable()
    if tree.busy:
        failure = failure or f"it left processes at work behind: {', '.join(tree.busy)}"
    usage_after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Finished(
        stdout=stdout,
        failure=failure,
        started=started,
        seconds=seconds,
        steal=_steal(before, after, cpus),
        load=load,
        voluntary_switches=usage_after.ru_nvcsw - usage.ru_nvcsw,
        involuntary_switches=usage_after.ru_nivcsw - usage.ru_nivcsw,
        throttled=after.throttled - before.throttled,
        swapped=after.swapped - before.swapped,
        foreign=_foreign(before, after, tree),
    )


def start(
    tree: ProcessTree,
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    stdin: int = subprocess.DEVNULL,
    stdout: int | IO[bytes],
    stderr: int | IO[bytes],
) -> subprocess.Popen[bytes]:
    """Start a command as the leader of a process group of its own, on the tree's CPUs."""
    with launching(tree):
        running = subprocess.Popen(
            command, cwd=cwd, env=dict(environment), stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True
        )
    tree.add(running.pid)
    return running


def finish(tree: ProcessTree, running: subprocess.Popen[bytes]) -> int:
    """Wait for a process that has ended or was killed, close its pipes, and return its exit status."""
    running.returncode = tree.wait(running.pid)
    for pipe in (running.stdin, running.stdout, running.stderr):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    return running.returncode


def communicate(
    tree: ProcessTree, command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], limit: float | None = None
) -> tuple[str, str | None]:
    """Run a command to its end, but no longer than `limit` seconds; return what it printed, and why it failed.

    Of standard error the end is kept. A command that prints more than `MOST_OUTPUT` is killed.
    """
    limit = TIME_LIMIT if limit is None else limit
    running = start(tree, command, cwd=cwd, environment=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    stdout, stderr, killed = bytearray(), b"", None
    try:
        for pipe, data in children.chunks(running, time.monotonic() + limit):
            if pipe is running.stderr:
                stderr = (stderr + data)[-STDERR_KEPT:]
            else:
                stdout += data
            if len(stdout) > MOST_OUTPUT:
                killed = f"killed after it had printed more than {MOST_OUTPUT >> 20} MiB"
                break
    except TimeoutError:
        killed = f"killed after {limit:.0f} s"
    except BaseException:
        kill_group(running.pid)
        finish(tree, running)
        raise
    if killed:
        kill_group(running.pid)
    status = finish(tree, running)
    out, err = stdout.decode(errors="replace"), stderr.decode(errors="replace").strip()
    if killed:
        return out, f"{killed}: {err}"
    if status == 0:
        return out, None
    return out, f"exit status {status}: {err or out[-STDERR_KEPT:].strip()}"


@contextlib.contextmanager
def launching(tree: ProcessTree) -> Iterator[None]:
    """Let a process that is started meanwhile inherit the tree's CPUs, on which the harness itself runs for that moment."""
    before = time.thread_time()
    with pinned(tree.cpus):
        yield
    tree.cpu_seconds += time.thread_time() - before


@contextlib.contextmanager
def files_limited(most: int = MOST_OUTPUT) -> Iterator[None]:
    """Let a process that is started meanwhile write no file that is larger than so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def many_files() -> Iterator[None]:
    """Let a process that is started meanwhile have as many files open as the hard limit allows, as production's servers may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


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
    """Kill a process group; nothing happens if it has ended."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


@dataclass(frozen=True)
class _Counters:
    at: float
    """Of `time.monotonic`."""
    cpus: Mapping[int, Mapping[str, int]]
    """CPU -> how it spent its time, in ticks."""
    family: float
    """CPU seconds of the harness, its helpers and everything waited for; 0 unless they share the program's CPUs."""
    throttled: int
    swapped: int


NOTHING = _Counters(0.0, {}, 0.0, 0, 0)


def _counters(tree: ProcessTree, cpus: Sequence[int]) -> _Counters:
    """Read the kernel's counters; a platform without them counts nothing.

    Raises:
        ProcError: they cannot be read.
    """
    family = 0.0
    if tree.shared:
        living = procfs.descendants([os.getpid()], procfs.processes())
        usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        family = procfs.cpu_seconds(living) + sum(one.ru_utime + one.ru_stime for one in usage)
    return _Counters(time.monotonic(), procfs.cpu_ticks(), family, _throttled(cpus), procfs.swapped())


def _steal(before: _Counters, after: _Counters, cpus: Sequence[int]) -> float:
    """Return the share of the time of CPUs, of all where none are named, that the hypervisor took."""
    spent = _spent(before, after, cpus or before.cpus.keys())
    total = sum(spent.values())
    return min(1.0, max(0, spent["steal"]) / total) if total > 0 else 0.0


def _foreign(before: _Counters, after: _Counters, tree: ProcessTree) -> float | None:
    """Return the share of the time of a tree's CPUs that neither its processes used, nor interrupts, nor the hypervisor.

    A CPU's idle time is exact, but given in whole ticks only, so what that leaves uncertain is subtracted: the share is a lower
    bound. Where the harness and its helpers share the CPUs, their time is subtracted as well. None where the platform does not
    tell. docs/decisions/processes.md has the reasons.
    """
    if not tree.cpus or not {*tree.cpus} <= before.cpus.keys() & after.cpus.keys():
        return None
    spent = _spent(before, after, tree.cpus)
    whole = (after.at - before.at) * len(tree.cpus)
    unused = sum(spent[name] for name in ("idle", "iowait", "irq", "softirq", "steal")) + RESOLUTION * len(tree.cpus)
    own = after.family - before.family if tree.shared else tree.cpu_seconds
    return min(1.0, max(0.0, (whole - unused / procfs.TICKS - own) / whole)) if whole > 0 else None


def _spent(before: _Counters, after: _Counters, cpus: Iterable[int]) -> dict[str, int]:
    """Return how CPUs spent the time between two readings, in ticks."""
    both = [cpu for cpu in cpus if cpu in before.cpus and cpu in after.cpus]
    return {name: sum(after.cpus[cpu].get(name, 0) - before.cpus[cpu].get(name, 0) for cpu in both) for name in procfs.COLUMNS}


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
