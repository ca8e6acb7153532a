from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.catalog import Benchmark
from bench.catalog.loader import ROOT
from bench.measure.instruments import base, commands
from bench.measure.instruments.base import InvocationRequest, MeasureContext
from bench.measure.processes import limits, process
from bench.workloads.checksum import checksum
from tests import observed
from tests.cataloged import CATALOG
from tests.kinds import first

EMPTY = CATALOG.benchmark("execution/start-empty")
RESPONSE = CATALOG.benchmark("execution/edit-to-response")
COMPILED = CATALOG.benchmark("execution/edit-to-machine-code")
PYTHON, GO = "python/standard-library/here", "go/standard-library"
Script = Callable[[str], tuple[MeasureContext, Benchmark]]


def request(**changes: Any) -> InvocationRequest:
    return InvocationRequest(**{"layout": None, "loops": 1, "warmups": 0, "values": 2, "seed": "1"} | changes)


def context(root: Path = ROOT) -> MeasureContext:
    """Return what the instrument works with, where this very python stands for the measured one."""
    return observed.context(root / "build" / "test-commands", root)


def entry(base: Benchmark, **changes: object) -> Benchmark:
    return base.model_copy(update=changes)


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Return what makes a benchmark of one Python script out of its text."""

    def project(text: str) -> tuple[MeasureContext, Benchmark]:
        path = tmp_path / EMPTY.python["standard-library"].path
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        (tmp_path / "build").mkdir()
        return context(tmp_path), EMPTY

    return project


@pytest.fixture(scope="module")
def built() -> MeasureContext:
    with_commands = context()
    for benchmark in (EMPTY, RESPONSE):
        commands.build(with_commands, benchmark, ())
    return with_commands


@pytest.fixture
def apart(tmp_path: Path, built: MeasureContext) -> MeasureContext:
    """Return a context over a project whose requirements are empty, with the real programs."""
    for name in ("go_examples", "bench/workloads", "bench/measure"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(ROOT / name)
    lock = tmp_path / "bench" / "requirements" / "core.txt"
    lock.parent.mkdir()
    lock.write_text("", encoding="utf-8")
    (tmp_path / "build" / "wheels").mkdir(parents=True)
    return observed.context(built.binaries, tmp_path)


def test_a_value_is_the_mean_of_as_many_starts_as_asked(script: Script, tmp_path: Path) -> None:
    text = f"import time; open({str(tmp_path / 'starts')!r}, 'a').write('x'); time.sleep(0.05)"
    sample = commands.invoke(*script(text), PYTHON, request(loops=3, warmups=1, values=2))
    assert (len(sample.warmups), len(sample.values)) == (1, 2)
    assert (tmp_path / "starts").read_text() == "x" * 3 * (1 + 2)
    assert all(value >= 0.05 for value in sample.values)


def test_the_checksum_is_that_of_what_was_printed(script: Script) -> None:
    assert commands.invoke(*script("print('done')"), PYTHON, request()).checksum == checksum(b"done\n")


def test_answers_that_differ_from_start_to_start_are_a_failure(script: Script) -> None:
    assert commands.invoke(*script("import os; print(os.getpid())"), PYTHON, request()).failure == "2 different answers"


def test_a_failure_says_command_status_and_standard_error(script: Script) -> None:
    failure = commands.invoke(*script("import sys; sys.exit('no such file')"), PYTHON, request()).failure
    assert failure is not None
    assert failure.endswith("start_empty.py: exit status 1: no such file")


def test_a_program_that_prints_without_end_has_failed(script: Script) -> None:
    failure = commands.invoke(*script("import sys\nwhile True: sys.stdout.write('x' * 1_000_000)"), PYTHON, request()).failure
    assert failure is not None
    assert failure.endswith("start_empty.py: it printed more than 16 MiB")


def test_of_long_standard_error_the_end_is_kept(script: Script) -> None:
    failure = commands.invoke(*script("import sys; sys.exit('x' * 1_000_000 + 'the end')"), PYTHON, request()).failure
    assert failure is not None
    assert failure.endswith("xthe end")
    assert len(failure) < process.STDERR_KEPT + 500


def test_input_files_come_by_standard_input(script: Script) -> None:
    project, benchmark = script("import sys; print(len(sys.stdin.read()))")
    folder = project.root / "build" / "inputs"
    folder.mkdir()
    (folder / "seven").write_bytes(b"1234567")
    sample = commands.invoke(project, entry(benchmark, files={"document": "seven"}), PYTHON, request())
    assert sample.checksum == checksum(b"7\n")


def test_a_hung_program_is_killed(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TIME_LIMIT", 0.5)
    failure = commands.invoke(*script("import time; time.sleep(600)"), PYTHON, request()).failure
    assert failure is not None
    assert "exit status -9" in failure


def test_a_server_that_ends_without_an_answer_is_a_failure(script: Script) -> None:
    project, benchmark = script("import sys; sys.exit('port taken')")
    failure = commands.invoke(project, entry(benchmark, action="serve"), PYTHON, request()).failure
    assert failure is not None
    assert failure.endswith("no answer: port taken")


@pytest.mark.parametrize("program", [PYTHON, GO])
def test_a_server_is_asked_until_it_answers_and_then_killed(built: MeasureContext, program: str) -> None:
    before = psutil.Process().children()
    sample = commands.invoke(built, entry(RESPONSE, action="serve"), program, request(loops=2))
    assert (sample.failure, sample.checksum) == (None, checksum(b"hello\n"))
    assert psutil.Process().children() == before


def limited(**most: float) -> Benchmark:
    """Return a server's entry with limits; skip the test where no control group with them can be made."""
    benchmark = entry(RESPONSE, action="serve", input={"quota": 0.5, "memory": 128, **most})
    if (wanted := base.limit(benchmark)) and (reason := limits.missing(wanted)):
        pytest.skip(reason)
    return benchmark


@pytest.mark.parametrize("program", [PYTHON, GO])
def test_a_server_with_limits_is_asked_until_it_answers(built: MeasureContext, program: str) -> None:
    sample = commands.invoke(built, limited(), program, request(loops=2))
    assert (sample.failure, sample.checksum, len(sample.values)) == (None, checksum(b"hello\n"), 2)


def test_a_server_that_takes_more_memory_than_it_may_says_so(built: MeasureContext) -> None:
    failure = commands.invoke(built, limited(memory=2), PYTHON, request()).failure
    assert failure is not None
    assert "no answer: 0.5 CPUs and 2 MiB of memory were not enough;" in failure


@pytest.mark.parametrize("program", [PYTHON, GO])
def test_an_edited_server_answers(built: MeasureContext, program: str) -> None:
    sample = commands.invoke(built, RESPONSE, program, request(values=10))
    assert (sample.failure, sample.checksum, len(sample.values)) == (None, checksum(b"hello\n"), 1)


@pytest.mark.parametrize("program", first([GO, "python/compiled/here"]))
def test_what_is_compiled_after_an_edit_runs(built: MeasureContext, program: str) -> None:
    sample = commands.invoke(built, COMPILED, program, request(warmups=5))
    assert (sample.failure, sample.checksum) == (None, checksum(str(COMPILED.check.answer)))
    assert (len(sample.warmups), len(sample.values)) == (0, 1)


@pytest.mark.parametrize("program", first([PYTHON, GO, "python/native-library/here"], 2))
def test_what_is_installed_runs(apart: MeasureContext, program: str) -> None:
    python = EMPTY.python["standard-library"]
    benchmark = entry(EMPTY, action="install", python={"standard-library": python, "native-library": python})
    sample = commands.invoke(apart, benchmark, program, request())
    assert (sample.failure, sample.checksum, len(sample.values)) == (None, checksum(b""), 1)


def test_gos_size_is_that_of_the_binary(built: MeasureContext) -> None:
    sample = commands.invoke(built, entry(EMPTY, action="size"), GO, request())
    size = commands.binary(built, EMPTY.go["standard-library"].package).stat().st_size
    assert sample.values == pytest.approx((size,), rel=1e-5)  # values keep six digits


def test_pythons_size_contains_its_packages_only_where_a_library_is_deployed(built: MeasureContext) -> None:
    alone = EMPTY.python["standard-library"]
    sizes: list[float] = []
    for library in (None, "fastapi"):
        python = {"standard-library": alone.model_copy(update={"library": library})}
        sizes += commands.invoke(built, entry(EMPTY, action="size", python=python), PYTHON, request()).values
    assert 1e6 < sizes[0] < sizes[1]


def source(script: Script, text: str) -> float:
    """Return the size of a script's own source."""
    project, benchmark = script(text)
    sample = commands.invoke(project, entry(benchmark, action="source"), PYTHON, request(loops=1, warmups=5, values=10))
    assert (sample.failure, sample.warmups) == (None, ())
    (size,) = sample.values
    return size


CODE = "def double(number):\n    return 2 * number\nprint(double(21))"


def test_the_size_of_a_source_is_that_of_its_code_without_indentation(script: Script) -> None:
    assert source(script, CODE) == len(CODE) - 4


@pytest.mark.parametrize(
    "text",
    [
        f"# A comment.\n\n\n{CODE}  # another",
        f'"""A docstring."""\n{CODE}\n',
        CODE.replace("    return", '    """A docstring.\n\n    Of several lines.\n    """\n\n    return'),
        CODE.replace("    return 2 * number", "        return (\n            2\n            * number\n        )"),
    ],
    ids=["comments and blank lines", "a module's docstring", "a function's docstring", "line breaks and indentation"],
)
def test_what_does_not_run_does_not_count_for_the_size_of_a_source(script: Script, text: str) -> None:
    assert source(script, text) == len(CODE) - 4


def test_a_text_that_is_no_docstring_counts(script: Script) -> None:
    assert source(script, f"{CODE}\nprint('a comment # in a text')") > len(CODE) + 20


def test_the_size_of_gos_source_leaves_tests_comments_blank_lines_and_indentation_out(
    built: MeasureContext, tmp_path: Path
) -> None:
    folder = tmp_path / EMPTY.go["standard-library"].path
    folder.mkdir(parents=True)
    texts = {
        "main.go": "// Command main does nothing.\npackage main\n\nfunc main() {\n\t// nothing\n\tprint()\n}\n",
        "more.go": "package main\n",
        "main_test.go": "package main\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    there = observed.context(built.binaries, tmp_path)
    sample = commands.invoke(there, entry(EMPTY, action="source"), GO, request())
    assert sample.values == (len("package main\nfunc main() {\nprint()\n}\npackage main"),)


def test_before_each_start_the_kernel_is_told_to_forget_files(
    built: MeasureContext, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[int] = []
    monkeypatch.setattr(commands, "DROP_CACHES", tmp_path / "drop_caches")
    monkeypatch.setattr(os, "sync", lambda: told.append(1))
    sample = commands.invoke(built, entry(EMPTY, page_cache="dropped"), GO, request(loops=2, warmups=5, values=10))
    assert (len(sample.warmups), len(sample.values), len(told)) == (0, commands.DROPPED_VALUES, 2 * commands.DROPPED_VALUES)
    assert (tmp_path / "drop_caches").read_text() == "3\n"


def test_a_server_that_does_not_speak_http_is_a_failure(script: Script) -> None:
    listen = "import socket, sys; server = socket.create_server(('127.0.0.1', int(sys.argv[-1])))"
    project, benchmark = script(
        f"{listen}; client, _ = server.accept(); client.sendall(b'no\\r\\n'); client.recv(9999); client.close()"
    )
    assert "no" in (commands.invoke(project, entry(benchmark, action="serve"), PYTHON, request()).failure or "")
