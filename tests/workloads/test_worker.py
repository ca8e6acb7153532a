from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyperf
import pytest

from bench.workloads import case, inputs
from bench.workloads.checksum import checksum
from bench.workloads.execution import regex
from tests import observed
from tests.cataloged import CATALOG


def worker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench.workloads", *arguments]
    return subprocess.run(command, cwd=case.ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> pyperf.Benchmark:
    output = tmp_path_factory.mktemp("worker") / "benchmark.json"
    done = worker("execution/regex", "execution.regex", str(output), "--loops=2", "--warmups=1", "--values=3")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return pyperf.Benchmark.load(str(output))


def test_the_worker_writes_as_many_values_as_requested(written: pyperf.Benchmark) -> None:
    (run,) = written.get_runs()
    assert len(run.values) == 3
    assert [loops for loops, _ in run.warmups] == [2]
    assert all(value > 0 for value in run.values)


def test_the_worker_writes_the_checksum_of_the_answer(written: pyperf.Benchmark) -> None:
    answer = regex.run(inputs.GENERATORS["log-200kB.txt"]())
    assert written.get_metadata()["checksum"] == checksum(answer)


def test_the_worker_names_benchmark_interpreter_and_loops(written: pyperf.Benchmark) -> None:
    metadata = written.get_metadata()
    assert written.get_name() == "execution/regex"
    assert metadata["python_executable"] == sys.executable
    assert metadata["loops"] == 2


def test_the_worker_calls_a_program_exactly_as_often_as_requested(tmp_path: Path) -> None:
    program = "import sys; from bench.workloads import __main__ as worker; from bench.workloads.execution import fib; calls = []"
    program += "; fib.run = lambda n: calls.append(n) or 1; worker.main(); print(len(calls))"
    command = [sys.executable, "-c", program, "execution/fib", "execution.fib", str(tmp_path / "out.json")]
    command += ["--loops=5", "--warmups=2", "--values=3"]
    done = subprocess.run(command, cwd=case.ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) == 5 * (2 + 3)


def test_the_worker_takes_an_extension_and_nothing_else_in_its_place(tmp_path: Path) -> None:
    missing, output = tmp_path / "fib.so", tmp_path / "out.json"
    done = worker(
        *("execution/fib", "execution.fib", str(output), "--loops=1", "--warmups=0", "--values=1", f"--extension={missing}")
    )
    assert done.stderr.splitlines()[-1].startswith(f"ImportError: {missing}: ")
    assert not output.exists()


def test_the_worker_overwrites_the_file_of_an_earlier_one(tmp_path: Path) -> None:
    output = tmp_path / "benchmark.json"
    output.write_text("cut sho")
    assert worker("execution/fib", "execution.fib", str(output), "--loops=1", "--warmups=0", "--values=1").returncode == 0
    assert len(pyperf.Benchmark.load(str(output)).get_values()) == 1


def test_an_unknown_benchmark_fails_and_is_named(tmp_path: Path) -> None:
    done = worker("execution/nothing", "execution.fib", str(tmp_path / "out.json"), "--loops=1", "--warmups=0", "--values=1")
    assert done.returncode != 0
    assert "there is no benchmark 'execution/nothing'" in done.stderr


def test_programs_without_a_library_need_only_the_standard_library() -> None:
    imported = [benchmark for benchmark in CATALOG.benchmarks if benchmark.instrument != "command"]
    alone = [p for b in imported for p in b.python.values() if p.library is None and observed.runs_here(p.since)]
    modules = sorted({f"bench.workloads.{python.module}" for python in alone})
    program = f"import importlib, sys\nfor m in {modules}: importlib.import_module(m)\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.')\n{program}"],
        cwd=case.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    top = {name.partition(".")[0] for name in done.stdout.split()}
    assert top <= {*sys.stdlib_module_names, "bench", "__main__", "__mp_main__"}  # the last is multiprocessing's name for main
