"""What is asked to be measured, and whether a run that was cut short is that."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Literal

from bench.catalog import Catalog
from bench.measure.host.host import Host
from bench.measure.host.urls import without_password
from bench.measure.session import digests
from bench.records.profiles import Profile
from bench.records.run import Run
from bench.records.store import StoredRun


@dataclass(frozen=True)
class MeasureRequest:
    """What the user asked for; None stands for an option that was not given."""

    profile: Profile
    only: str | None
    pythons: tuple[str, ...] | None
    postgres_url: str | None
    resume: Literal["first", "only"] | None = None
    """Whether a run that was cut short is finished: before anything else, or in place of it."""
    repeat: Literal["all", "headlines"] | None = None
    """What is measured again though it is measured and unchanged: everything, or the two programs of each headline alone."""

    def difference(self, run: Run) -> str | None:
        """Return in what a run that was cut short differs from what is asked for now."""
        specifications = tuple(python.specification for python in run.pythons)
        url = without_password(self.postgres_url) if self.postgres_url else None
        options = (
            ("--profile", self.profile, run.plan.profile),
            ("--only", self.only, run.plan.only),
            ("--python", self.pythons, specifications),
            ("--postgres-url", url, run.plan.database_url),
        )
        for option, now, then in options:
            if now is not None and now != then:
                return f"it was begun with {_given(option, then)}, and now {_given(option, now)} is asked for"
        if run.plan.database_url is not None and url is None:
            return f"it was begun with --postgres-url {run.plan.database_url}, which has to be given again"
        return None


def changed_since(stored: StoredRun, host: Host, catalog: Catalog) -> str | None:
    """Return the first thing that a run that was cut short would measure differently now."""
    run = stored.run
    if run.machine.identity != host.machine.identity:
        return "the machine has changed since: its CPU or its kernel is another"
    if [python.build for python in run.pythons] != [python.build for python in host.runtimes] or run.go.build != host.go.build:
        return "an interpreter or the Go toolchain has changed since"
    known = {benchmark.id: benchmark for benchmark in catalog.benchmarks}
    for name, programs in run.plan.programs.items():
        if name not in known:
            return f"the catalog has no {name} any more"
        current, result = digests.programs(known[name], host.root), stored.results.get(name)
        for program in programs:
            digest = digests.of_program(current, program)
            if digest is None or (result and result.programs.get(program) != digest):
                return f"{program} of {name} has changed since"
    return None


def _given(option: str, value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return f"no {option}"
    values = (value,) if isinstance(value, str) else value
    return " ".join(f"{option} {shlex.quote(one)}" for one in values)
