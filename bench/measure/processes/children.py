"""Children of this process: what they print while they run, of any length and whoever else holds their pipes; how they ended."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from collections.abc import Iterator
from typing import IO

CHUNK = 1 << 16
"""Bytes, as many as a pipe holds."""
LATE = 1 << 20
"""Bytes after which reading stops once the process has ended: more than a pipe holds, so another process is still writing."""
POLL = 0.05
"""Seconds between two checks whether the process has ended, while its pipes are open."""
SHORT_POLL = 5e-5
"""Seconds to the next check when it has closed them, as it does right before its end; then twice as many each time."""


def chunks(running: subprocess.Popen[bytes], until: float) -> Iterator[tuple[IO[bytes], bytes]]:
    """Yield what a process writes to its pipes, (pipe, bytes), until it has ended, whoever keeps them open. It is not reaped.

    Raises:
        TimeoutError: it has not ended by `until`, of `time.monotonic`.
    """
    late = 0
    with selectors.DefaultSelector() as selector:
        for pipe in (running.stdout, running.stderr):
            if pipe:
                selector.register(pipe, selectors.EVENT_READ, pipe)
        poll = SHORT_POLL
        while True:
            ended = has_ended(running.pid)
            ready = selector.select(0 if ended else POLL) if selector.get_map() else []
            for key, _ in ready:
                if data := os.read(key.fd, CHUNK):
                    late += len(data) if ended else 0
                    yield key.data, data
                else:
                    selector.unregister(key.fileobj)
            if ended and (not ready or late > LATE):
                return
            if expired(until):
                raise TimeoutError
            if not ended and not selector.get_map():
                time.sleep(poll)
                poll = min(2 * poll, POLL)


def has_ended(pid: int) -> bool:
    """Whether a child has ended; it is not reaped."""
    return exit_status(pid) is not None


def exit_status(pid: int) -> int | None:
    """Return the exit status of a child that has ended, and None for one that has not; it is not reaped."""
    ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
    if ended is None:
        return None
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status


def expired(until: float) -> bool:
    """Whether a time, of `time.monotonic`, has passed."""
    return time.monotonic() > until
