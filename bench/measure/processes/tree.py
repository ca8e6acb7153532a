"""The processes of one invocation: waited for, counted, and ended, wherever they have gone."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Sequence

from bench.measure.processes import procfs
from bench.measure.processes.procfs import Process
from bench.measure.processes.reaper import Reaper

GRACE = 0.5
"""Seconds in which what a program leaves behind may end by itself, as the fork server of multiprocessing does."""
BUSY = 0.2
"""Share of it that those that have not ended by then may have been at work."""
DYING = 10.0
"""Seconds in which a killed process ends, unless the kernel holds it and nothing can be done."""
POLL = 0.01


class ProcessTree:
    """The processes that one invocation starts, and all that these start in turn."""

    def __init__(self, reaper: Reaper, cpus: Sequence[int], harness_cpus: Sequence[int]) -> None:
        self.reaper = reaper
        self.cpus = tuple(cpus)
        """CPUs that the processes are pinned to; none where the platform has no pinning."""
        self.shared = not {*cpus}.isdisjoint(harness_cpus)
        """Whether the harness and its helpers run on these CPUs as well."""
        self.cpu_seconds = 0.0
        """CPU time of those that have been waited for, and of the harness itself while it starts them on their CPUs."""
        self.busy: list[str] = []
        """Names of processes that were left behind at work."""
        self._since = procfs.now()
        self._leaders: set[int] = set()

    def add(self, leader: int) -> None:
        """Add a process that has just been started, as the leader of a group of its own."""
        self._leaders.add(leader)
        self.reaper.group(leader)

    def wait(self, pid: int) -> int:
        """Wait for a child and return its exit status."""
        _, status, usage = os.wait4(pid, 0)
        self.cpu_seconds += usage.ru_utime + usage.ru_stime
        if pid in self._leaders:
            self._leaders.discard(pid)
            self.reaper.released(pid)
        return os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        """End what is left, and wait for it: also what has left its group and lost its parent, which this process has adopted."""
        left = self._left()
        before = {one.pid: procfs.cpu_seconds([one.pid]) for one in left}
        until = time.monotonic() + GRACE
        while left and time.monotonic() < until:
            time.sleep(POLL)
            left = self._left()
        spent = {one: procfs.cpu_seconds([one.pid]) - before.get(one.pid, 0.0) for one in left}
        if sum(spent.values()) > BUSY * GRACE:
            self.busy += [f"{one.name} ({one.pid})" for one in left if spent[one] > 0]
        until = time.monotonic() + DYING
        while left and time.monotonic() < until:
            for one in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(one.pid, signal.SIGKILL)
            time.sleep(POLL)
            left = self._left()

    def _left(self) -> list[Process]:
        """Wait for those that have ended, and return those that have not: this process's descendants since the tree's beginning.

        Helpers, which the reaper holds but which are not of the tree, are left out with their own descendants.
        """
        table = procfs.processes()
        helpers = {*self.reaper.leaders} - self._leaders | {self.reaper.running.pid}
        apart = helpers | procfs.descendants(helpers, table)
        own = os.getpid()
        left = []
        for pid in procfs.descendants([own], table) - apart:
            one = table[pid]
            if one.started < self._since:
                continue
            if not one.ended:
                left.append(one)
            elif one.parent == own:
                self.wait(pid)
        return left
