"""What a run works with: interpreters with their environments, the Go toolchain, the machine, each probed once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure.host import golang, machine, pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.host.pythons import Interpreter
from bench.measure.host.urls import PASSWORD, with_password, without_password
from bench.records.run import GoRuntime, Machine, PythonRuntime


@dataclass(frozen=True)
class Host:
    """What was found on this machine, ready to measure with."""

    root: Path
    machine: Machine
    interpreters: tuple[Interpreter, ...]
    go: GoRuntime
    postgres_url: str | None = None
    """The database to take in place of one of the harness's own, with its password: `urls.split` takes that out."""

    @property
    def shown_postgres_url(self) -> str | None:
        """That database as it may be shown and stored: without a password."""
        return None if self.postgres_url is None else without_password(self.postgres_url)

    @property
    def runtimes(self) -> tuple[PythonRuntime, ...]:
        """The interpreters, without what is installed beside them."""
        return tuple(pythons.runtime(interpreter, {}) for interpreter in self.interpreters)

    def environments(self, requirements: str) -> Mapping[str, Path]:
        """Return the python of each runtime's environment with `bench/requirements/<requirements>.txt`, made where it is new."""
        lock, folder = self._lock(requirements), self.root / "build" / "environments"
        return {interpreter.name: pythons.environment(interpreter, lock, folder) for interpreter in self.interpreters}

    def download(self, requirements: str) -> str | None:
        """Return what is to be downloaded before such environments can be made, as the head of the file says it.

        None where it says nothing, which is so of all that are small, or where all of them are made.
        """
        lock, folder = self._lock(requirements), self.root / "build" / "environments"
        size = re.search(r"^# To download: (.+)\.$", lock.with_suffix(".in").read_text(encoding="utf-8"), re.MULTILINE)
        if size is None or all(pythons.is_made(interpreter, lock, folder) for interpreter in self.interpreters):
            return None
        return size[1]

    def _lock(self, requirements: str) -> Path:
        return self.root / "bench" / "requirements" / f"{requirements}.txt"


def find_host(root: Path, specifications: Sequence[str], postgres_url: str | None = None) -> Host:
    """Find what `--python` names, or the best interpreter where it names none, and the Go toolchain.

    A URL without a password gets that of the variable PGPASSWORD, if it is set.

    Raises:
        ToolchainError: one of them is missing, or two specifications give the same runtime.
    """
    go = golang.describe(root)
    interpreters = tuple(pythons.find(specification) for specification in specifications) or (pythons.best(),)
    names = [interpreter.name for interpreter in interpreters]
    for name in names:
        if names.count(name) > 1:
            raise ToolchainError(f"--python: two specifications give the same runtime, {name}")
    url = postgres_url and with_password(postgres_url, os.environ.get(PASSWORD))
    return Host(root, machine.machine(), interpreters, go, url)
