"""The measured consumers' processes."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from bench.catalog import Benchmark
from bench.measure.host.urls import split
from bench.measure.instruments import commands
from bench.measure.instruments.base import MeasureContext, environment, go_package, go_variables
from bench.measure.processes import children, process, procfs
from bench.measure.processes.tree import ProcessTree

PASSED_ON = ("BATCH", "LINGER", "CONNECTIONS")
"""The arguments of an entry that consumers are told, as variables."""


class ConsumerError(Exception):
    """A consumer failed, or did not do what it said; the message says which."""


@dataclass(frozen=True)
class Consumer:
    """A consumer that was started."""

    pid: int

    @property
    def cpu_seconds(self) -> float:
        """The CPU time that its processes have used so far."""
        return procfs.cpu_seconds(procfs.members(self.pid))

    @property
    def proportional(self) -> float:
        """The memory of its processes, in bytes; raises ConsumerError where it has ended."""
        self.require_alive()
        return procfs.memory(self.pid)["proportional"]

    def require_alive(self) -> None:
        """Raise ConsumerError where it has ended."""
        if children.has_ended(self.pid):
            raise ConsumerError(f"the consumer ended with exit status {children.exit_status(self.pid)}")


@contextlib.contextmanager
def consuming(
    context: MeasureContext, tree: ProcessTree, benchmark: Benchmark, program: str, url: str, seed: str
) -> Iterator[Consumer]:
    """Start a consumer of the broker at `url`; in the end kill it, which a consumer has to withstand.

    Raises:
        ConsumerError: the block raised it, and then the message gains the end of the consumer's standard error.
    """
    with tempfile.TemporaryFile() as errors:
        with process.files_limited():
            started = process.start(
                tree,
                command(context, benchmark, program),
                cwd=context.root,
                environment=environment(variables(context, benchmark, program, url), seed),
                stdout=errors,
                stderr=errors,
            )
        try:
            yield Consumer(started.pid)
        except ConsumerError as error:
            errors.seek(-min(process.STDERR_KEPT, errors.seek(0, os.SEEK_END)), os.SEEK_END)
            text = errors.read().decode(errors="replace").strip()
            raise ConsumerError(f"{error}; the consumer said: {text}" if text else str(error)) from error
        finally:
            process.kill_group(started.pid)
            process.finish(tree, started)
            tree.end()


def command(context: MeasureContext, benchmark: Benchmark, program: str) -> list[str]:
    """Return the command that starts a consumer."""
    language, variant, *_ = program.split("/")
    if language == "go":
        return [str(commands.binary(context, go_package(benchmark, program)))]
    return [str(context.python(benchmark, program)), "-m", f"bench.workloads.{benchmark.python[variant].module}"]


def variables(context: MeasureContext, benchmark: Benchmark, program: str, url: str) -> dict[str, str]:
    """Return the variables of a consumer: those of its runtime, and those that name broker, database and limits."""
    language, _, *runtime = program.split("/")
    own = (
        {**context.variables[runtime[0]]}
        if language == "python"
        else {**go_variables(context, benchmark, program), "GOMAXPROCS": "1"}
    )
    limits = {name: str(benchmark.input[name.lower()]) for name in PASSED_ON}
    database, password = split(context.needed().url)
    return {**own, **limits, "NATS_URL": url, "DATABASE_URL": database, **password}
