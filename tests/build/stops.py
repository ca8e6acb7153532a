"""Stops a measurement at random moments, each time with another signal, and resumes it: what has to hold each time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.records import locks, store
from bench.records.run import Invocation
from tests.build.commands import command, environment

INTERLEAVED = "execution/fib,memory/base-empty"
"""Two benchmarks whose rounds interleave. That nothing is left of any instrument is tested in test_killed.py."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
LONGEST = 5.0
"""Seconds until a stop at the most, from when there is something to lose."""
GONE = 30.0
"""Seconds in which every process has ended: PostgreSQL may take ten of them."""

Places = dict[tuple[str, int, int], Invocation]


@dataclass
class Stops:
    """A project whose measurements are stopped again and again."""

    root: Path
    only: str
    """The benchmarks."""
    draw: random.Random
    finished: int = 0
    """Runs that came to their end meanwhile."""
    measured: int = 0
    """Invocations of these."""
    signals: list[str] = field(default_factory=list)

    @property
    def results(self) -> Path:
        return self.root / "build" / "results"

    def make(self, moments: int) -> None:
        """Stop a measurement so many times, resume it each time, and begin another where one has ended before it was stopped."""
        while len(self.signals) < moments:
            before = self.unfinished()
            kept = places(before) if before else {}
            number = SIGNALS[len(self.signals) % len(SIGNALS)]
            if self.stopped(number, resume=before is not None):
                self.signals.append(number.name)
            self.check(before, kept)
        while self.unfinished():
            before = self.unfinished()
            kept = places(before) if before else {}
            assert not self.stopped(None, resume=True)
            self.check(before, kept)

    def stopped(self, number: signal.Signals | None, *, resume: bool) -> bool:
        """Begin or resume a measurement and stop it at a random moment; whether it had not ended by then."""
        options = ("--profile", "smoke", "--only", self.only, "--python", sys.executable)
        arguments = ("bench", *options, "--resume" if resume else "--again")
        running = subprocess.Popen(
            command(*arguments), cwd=self.root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        try:
            if number is None:
                _, errors = running.communicate()
            else:
                while running.poll() is None and not self.begun():
                    time.sleep(0.02)
                _, errors = running.communicate(timeout=self.draw.uniform(0, LONGEST))
        except subprocess.TimeoutExpired:
            running.send_signal(number or signal.SIGKILL)
            _, errors = running.communicate(timeout=GONE)
            assert running.returncode in (130, 143, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT), errors
            return True
        assert running.returncode == 0, errors
        return False

    def begun(self) -> bool:
        """Whether a run that was not finished has something on disk."""
        return any(path.suffix == ".jsonl" for path in self.results.glob("*/*--*"))

    def unfinished(self) -> Path | None:
        """Return the folder of the run that was cut short, if one was."""
        runs = store.load_store(self.results)
        assert runs.set_aside == ()
        folders = [stored.folder for stored in runs.runs if stored.run.finished is None]
        assert len(folders) <= 1
        return folders[0] if folders else None

    def check(self, before: Path | None, kept: Places) -> None:
        """Hold what is on disk, and what runs, against what was there before."""
        await_silence(self.root)
        assert list(self.root.rglob("*.part")) == []
        if before is None:
            return
        after = places(before)
        assert {place: after.get(place) for place in kept} == kept
        with locks.writing(before):
            pass
        (before / locks.LOCK).unlink()
        stored = store.load_run(before)
        if stored.run.finished:
            self.finished += 1
            self.measured += len(after)
            assert all(result.complete for result in stored.results.values())
            assert sorted(path.suffix for path in before.iterdir() if path.suffix == ".jsonl") == []


def places(folder: Path) -> Places:
    """Return (benchmark, round, position) -> what is on disk of a run; the store refuses two of one place."""
    results = store.load_run(folder).results.items()
    return {(name, one.round, one.position): one for name, result in results for one in result.invocations}


def await_silence(root: Path) -> None:
    """Wait until no process is left that runs in the project, or from it."""
    until = time.monotonic() + GONE
    while left := [line for line in map(about, processes()) if str(root) in line]:
        assert time.monotonic() < until, left
        time.sleep(0.05)


def processes() -> list[Path]:
    return [path for path in Path("/proc").iterdir() if path.name.isdigit() and int(path.name) != os.getpid()]


def about(process: Path) -> str:
    """Return the command line, the program and the folder of a process; nothing of one that has ended."""
    try:
        line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return f"{process.name} {line} {(process / 'cwd').readlink()} {(process / 'exe').readlink()}"
    except OSError:
        return ""
