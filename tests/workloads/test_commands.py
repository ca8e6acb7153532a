"""The programs that are measured as whole processes, against the answers of the catalog; without the limits that some have."""

from __future__ import annotations

import pytest

from bench.catalog import Benchmark
from bench.measure.instruments import commands
from bench.measure.instruments.base import InvocationRequest, MeasureContext
from bench.workloads.checksum import checksum
from tests import observed
from tests.cataloged import CATALOG

COMMANDS = [benchmark for benchmark in CATALOG.benchmarks if benchmark.instrument == "command"]
CASES = [
    (benchmark, program)
    for benchmark in COMMANDS
    for program in (
        *(f"python/{tier}/here" for tier in benchmark.python),
        *(f"go/{tier}" for tier, go in benchmark.go.items() if observed.builds_here(go)),
    )
]
RUN_AS = {"serve": "serve", "rebuild": "serve"} | dict.fromkeys(("run", "compile", "install", "size", "source"), "run")
"""Action -> the action that runs its program."""


def done(benchmark: Benchmark, program: str) -> tuple[str, str, object]:
    """Return what a test of a program does: the program, how it is run, and the answer that is expected."""
    language, tier, *_ = program.split("/")
    about = benchmark.python[tier] if language == "python" else benchmark.go[tier]
    return about.model_dump_json(exclude={"title"}), RUN_AS[str(benchmark.action)], benchmark.check.answer


FIRST = {done(*case): case[0].id for case in reversed(CASES)}
PROGRAMS = [
    pytest.param(
        benchmark,
        program,
        id=f"{benchmark.id}-{program.removesuffix('/here')}",
        marks=[] if FIRST[done(benchmark, program)] == benchmark.id else pytest.mark.every,
    )
    for benchmark, program in CASES
]
"""Of a program that several entries run in the same way, `make test` takes the first."""


@pytest.fixture(scope="module")
def context() -> MeasureContext:
    """Return a context in which every command is built; this very python stands for the measured one."""
    built = observed.context()
    for benchmark in COMMANDS:
        commands.build(built, benchmark.model_copy(update={"action": "run"}), ())
    return built


@pytest.mark.parametrize(("benchmark", "program"), PROGRAMS)
def test_a_command_gives_the_answer_of_the_catalog(benchmark: Benchmark, program: str, context: MeasureContext) -> None:
    if reason := observed.missing(benchmark, program):
        pytest.skip(reason)
    assert benchmark.action is not None
    files = {name: benchmark.input[name] for name in benchmark.paths}  # and not its limits
    changes = {"action": RUN_AS[benchmark.action], "page_cache": "warm", "files": benchmark.check.files, "input": files}
    sample = commands.invoke(context, benchmark.model_copy(update=changes), program, InvocationRequest(None, 1, 0, 1, "answer"))
    assert (sample.failure, sample.checksum) == (None, checksum(str(benchmark.check.answer)))
