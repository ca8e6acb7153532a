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
PROGRAMS = [
    pytest.param(benchmark, program, id=f"{benchmark.id}-{program.removesuffix('/here')}")
    for benchmark in COMMANDS
    for program in (
        *(f"python/{tier}/here" for tier in benchmark.python),
        *(f"go/{tier}" for tier, go in benchmark.go.items() if observed.builds_here(go)),
    )
]
RUN_AS = {"serve": "serve", "rebuild": "serve"} | dict.fromkeys(("run", "compile", "install", "size", "source"), "run")
"""Action -> the action that runs its program."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> MeasureContext:
    """Return a context in which every command is built; this very python stands for the measured one."""
    built = observed.context(tmp_path_factory.mktemp("go"))
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
