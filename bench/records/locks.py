"""Who writes what: one process a run, and one process a machine while it measures. The kernel frees a lock with its holder."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from bench.records.files import ResultError

LOCK = ".lock"
MACHINE = Path("/tmp/python-or-go/measures.lock")  # noqa: S108 # where every user of the machine looks, whatever TMPDIR says


class HeldError(Exception):
    """Somebody else has the lock; the message says who, since when, and what to do."""


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the lock of a run's folder: what it has is not changed by anybody else meanwhile.

    Raises:
        HeldError: another process writes that run.
        ResultError: the lock cannot be opened.
    """
    with _held(folder / LOCK, f"the run {folder.name}"):
        yield


def forget(folder: Path) -> None:
    """Remove the lock of a run that has ended, by its holder: nobody writes that run again, so nobody needs it."""
    (folder / LOCK).unlink(missing_ok=True)


@contextlib.contextmanager
def measuring() -> Iterator[None]:
    """Hold the lock of this machine: whatever else is measured meanwhile would disturb and be disturbed.

    Raises:
        HeldError: another process measures.
        ResultError: the lock cannot be opened.
    """
    with contextlib.suppress(OSError):  # of another user, who has made it as open
        MACHINE.parent.mkdir(exist_ok=True)
        MACHINE.parent.chmod(0o777)
    with _held(MACHINE, "this machine"):
        yield


@contextlib.contextmanager
def _held(path: Path, what: str) -> Iterator[None]:
    lock = FileLock(path, mode=0o666, timeout=0)
    holder = path.with_name(f"{path.name}.holder")
    try:
        lock.acquire()
    except Timeout:
        raise HeldError(f"{what} is being measured by {_holder(holder)}: wait until that has ended, or end it") from None
    except OSError as error:
        raise ResultError(f"{path}: cannot be locked: {error.strerror}; remove it, or make it writable") from error
    try:
        about = {
            "pid": os.getpid(),
            "user": _user(),
            "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
            "command": shlex.join(sys.argv),
        }
        with contextlib.suppress(OSError):  # of another user, or a full disk: the lock holds all the same
            holder.write_text(json.dumps(about), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _holder(holder: Path) -> str:
    try:
        about = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {about['pid']} of {about['user']} since {about['since']} ({about['command']})"
    except (OSError, ValueError, KeyError):
        return "another process"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
