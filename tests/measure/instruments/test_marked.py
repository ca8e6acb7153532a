from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

import psutil
import pytest

from bench.catalog import Benchmark
from bench.catalog.loader import ROOT
from bench.measure.instruments import base, marked
from bench.measure.instruments.base import InvocationRequest, MeasureContext, Sample, environment
from bench.measure.processes import process, procfs
from bench.measure.processes.procfs import ProcError
from bench.records import lines
from bench.records.run import Reading
from tests import observed
from tests.cataloged import CATALOG
from tests.measure import hangs

pytestmark = pytest.mark.skipif(marked.forbidden() is not None, reason=marked.forbidden() or "")

EMPTY, TASK = CATALOG.benchmark("memory/base-empty"), CATALOG.benchmark("memory/task")
MEMORY = [pytest.param(*one, id=observed.name(*one)) for one in observed.programs("memory") if not observed.missing(*one)]
PEAKS = [
    pytest.param(*one, id=observed.name(*one), marks=[] if observed.of_headline(*one) else pytest.mark.every)
    for one in observed.programs("memory")
    if not observed.missing(*one)
]
"""The same, of which `make test` takes those of headlines."""
PYTHON = f"python/interpreter/{observed.HERE}"
WITHIN = 0.05
"""Relative difference at which two readings agree."""
MEGABYTE = 1 << 20
LOTS = 2 * 32 * os.sysconf("SC_PAGE_SIZE")
"""Bytes by which ru_maxrss may be off for a process on one CPU: the kernel counts pages, files' and others' apart, in lots."""
Metrics = dict[str, float]
Script = Callable[[str], MeasureContext]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Return what makes a project whose one program, in the place of the empty one, has the given text."""

    def project(text: str) -> MeasureContext:
        report, module = tmp_path / marked.REPORT, tmp_path / EMPTY.python["interpreter"].path
        module.parent.mkdir(parents=True)
        shutil.copy(ROOT / marked.REPORT, report)
        module.write_text(text, encoding="utf-8")
        return observed.context(tmp_path / "binaries", tmp_path)

    return project


def entry(base: Benchmark = EMPTY, **changes: object) -> Benchmark:
    return base.model_copy(update=changes)


def invoke(context: MeasureContext, benchmark: Benchmark = EMPTY, program: str = PYTHON, *, seed: str = "1") -> Sample:
    return marked.invoke(context, benchmark, program, InvocationRequest(None, 1, 0, 1, seed))


def slope(*counts: int) -> Benchmark:
    return entry(metric="slope", reading="size", counts=counts)


SIZES = "def run(mark, count):\n    mark('held', size=100 + 7 * count)\n    return count\n"

# --- Against readings by others ---


def regions(pid: int) -> tuple[float, float]:
    """Return what the kernel says of each of a process's mappings, added up: resident and proportional size."""
    maps = psutil.Process(pid).memory_maps(grouped=True)
    return float(sum(one.rss for one in maps)), float(sum(one.pss for one in maps))


def proportional(family: Iterable[tuple[float, float]]) -> float:
    return sum(size for _, size in family)


@pytest.mark.parametrize(("benchmark", "program"), MEMORY)
def test_sizes_agree_with_those_of_all_mappings_added_up(
    benchmark: Benchmark, program: str, observing: MeasureContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[tuple[Metrics, list[tuple[float, float]]]] = []
    memory = procfs.memory

    def compared(pid: int) -> Metrics:
        family = [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
        before, sizes, after = [regions(member) for member in family], memory(pid), [regions(member) for member in family]
        if proportional(after) != pytest.approx(proportional(before), rel=WITHIN / 10):
            return compared(pid)  # somebody else's process began or ended meanwhile, who runs the same files
        readings.append((sizes, after))
        return sizes

    monkeypatch.setattr(procfs, "memory", compared)
    assert observed.at_check(observing, benchmark, program).failure is None
    assert readings
    for sizes, family in readings:
        residents = [resident for resident, _ in family]
        assert sizes["resident"] == pytest.approx(residents[0], rel=WITHIN)
        assert sizes["proportional"] == pytest.approx(proportional(family), rel=WITHIN)
        if len(family) == 1:
            assert sizes["group"] == pytest.approx(residents[0], rel=WITHIN)
        else:
            assert proportional(family) * (1 - WITHIN) < sizes["group"] < sum(residents)


def killed_at_its_mark(command: Sequence[str], variables: dict[str, str]) -> tuple[Metrics, float]:
    """Run a program until it marks and kill it there; return what was read at the mark, and the kernel's last word: ru_maxrss.

    That begins with the size of the process that has started it; so a shell does, which is small, and ends at once. Then the
    program is a child of this process, which adopts orphans while a reaper holds.
    """
    start = 'exec 3<&0; "$@" <&3 & echo "started $!"'
    with process.pinned(sorted(os.sched_getaffinity(0))[:1]):
        shell = subprocess.Popen(
            ["sh", "-c", start, "sh", *command],
            cwd=ROOT,
            env=environment(variables, "1"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    with shell:
        assert shell.stdout is not None
        printed: dict[str, list[str]] = {}
        while not printed.keys() >= {"started", "mark"}:
            line = shell.stdout.readline()
            assert line, f"{command} ended"
            kind, *fields = line.split()
            printed.setdefault(kind, fields)
        pid = int(printed["started"][0])
        metrics = procfs.memory(pid)
        os.killpg(shell.pid, signal.SIGKILL)
        _, _, usage = os.wait4(pid, 0)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-shell.pid, 0)
    return metrics, float(usage.ru_maxrss * procfs.KILOBYTE)


@pytest.mark.parametrize(("benchmark", "program"), PEAKS)
def test_the_peak_agrees_with_what_the_kernel_tells_a_small_parent(
    benchmark: Benchmark, program: str, observing: MeasureContext
) -> None:
    command, variables = marked._command(observing, benchmark, program)  # noqa: SLF001  started as the instrument does, but by another
    arguments = [f"{name}={value}" for name, value in benchmark.check.input.items()]
    with base.other_end(observing, benchmark) as addresses:
        metrics, largest = killed_at_its_mark([*command, *arguments], {**variables, **addresses})
    assert metrics["peak"] == pytest.approx(largest, rel=WITHIN, abs=LOTS)


def test_what_gos_runtime_says_agrees_with_the_resident_size_of_a_large_heap(observing: MeasureContext) -> None:
    large = entry(CATALOG.benchmark("memory/integers"), counts=(), metric="resident", input={"count": 20_000_000})
    (reading,) = invoke(observing, large, "go/slice").readings
    assert reading.metrics["resident"] > 150 * MEGABYTE
    assert reading.metrics["runtime"] == pytest.approx(reading.metrics["resident"], rel=WITHIN)


@pytest.mark.parametrize("program", [PYTHON, "go/binary"])
def test_what_the_harness_holds_itself_does_not_move_a_metric(program: str, observing: MeasureContext) -> None:
    before = medians(observing, program)
    held = bytearray(b"x") * (30 * MEGABYTE)  # some times what the program takes
    after = medians(observing, program)
    assert procfs.memory(os.getpid())["resident"] > len(held)
    assert after == pytest.approx(before, rel=WITHIN, abs=LOTS)


def medians(context: MeasureContext, program: str) -> Metrics:
    """Return medians over a few starts of the empty program; but of PSS, which whoever runs the same files moves."""
    readings = [reading.metrics for _ in range(5) for reading in invoke(context, program=program).readings]
    return {name: median(one[name] for one in readings) for name in ("peak", "resident", "group")}


def test_what_else_runs_the_same_files_does_not_move_what_a_group_takes(observing: MeasureContext) -> None:
    alone = medians(observing, PYTHON)
    others = [subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) for _ in range(3)]
    beside = medians(observing, PYTHON)
    for other in others:
        other.communicate(b"\n")
    assert beside["group"] == pytest.approx(alone["group"], rel=WITHIN, abs=LOTS)


FORKS = """
import os, signal

def run(mark):
    held = bytearray(b"x") * (50 << 20)
    ends = []
    for _ in range(2):
        here, there = os.pipe()
        if os.fork() == 0:
            os.write(there, b"x")
            signal.pause()
        os.read(here, 1)
    mark("held")
    return len(held) >> 20
"""


def test_pages_that_forked_processes_share_are_counted_once_among_them(script: Script) -> None:
    sample = invoke(script(FORKS))
    (reading,) = sample.readings
    assert (sample.failure, sample.checksum) == (None, 50)
    for metric in ("proportional", "group"):
        assert 50 * MEGABYTE < reading.metrics[metric] < 100 * MEGABYTE


def test_a_metric_that_was_freed_before_the_mark_is_in_the_peak_alone(script: Script) -> None:
    sample = invoke(script("def run(mark):\n    bytearray(b'x') * (50 << 20)\n    mark('held')\n    return 0\n"))
    (reading,) = sample.readings
    assert reading.metrics["peak"] - reading.metrics["resident"] > 45 * MEGABYTE


# --- What passes between program and harness ---


def test_marks_carry_the_programs_own_metrics_in_order(script: Script) -> None:
    text = "def run(mark):\n    mark('first', p99=0.25)\n    mark('second', resident=7)\n    return 3\n"
    sample = invoke(script(text), entry(metric="resident"))
    assert [(reading.count, reading.mark) for reading in sample.readings] == [(None, "first"), (None, "second")]
    assert sample.readings[0].metrics["p99"] == 0.25
    assert sample.values == (7,)


def test_the_value_is_the_entrys_metric_at_the_last_mark(script: Script) -> None:
    text = "def run(mark):\n    mark('first', p99=0.25)\n    mark('second', p99=0.5)\n    return 3\n"
    sample = invoke(script(text), entry(instrument="observe", metric="p99"))
    assert (sample.values, sample.checksum, sample.warmups) == ((0.5,), 3, ())


def test_other_output_is_ignored(script: Script) -> None:
    text = "def run(mark):\n    print('hello\\n\\nmark', flush=True)\n    mark('held')\n"
    sample = invoke(script(text + "    print('\\xff', flush=True)\n    return 3\n"))
    assert (sample.failure, sample.checksum, len(sample.readings)) == (None, 3, 1)


def test_arguments_are_whole_numbers_or_text(script: Script) -> None:
    text = "def run(mark, number, negative, text):\n    mark('held')\n    return len(text) + number + negative\n"
    sample = invoke(script(text), entry(input={"number": 100, "negative": -5, "text": "n=10"}))
    assert (sample.failure, sample.checksum) == (None, 99)


def test_the_state_of_the_gil_is_recorded_where_the_interpreter_tells(script: Script) -> None:
    tells = "import sys\nsys._is_gil_enabled = lambda: False\ndef run(mark):\n    mark('held')\n    return 0\n"
    assert invoke(script(tells)).gil is False


def test_a_program_is_not_waited_for_once_it_has_answered(script: Script, tmp_path: Path) -> None:
    text = "import atexit, pathlib, time\n"
    text += f"atexit.register(lambda: (time.sleep(600), pathlib.Path({str(tmp_path / 'ended')!r}).touch()))\n"
    sample = invoke(script(text + "def run(mark):\n    mark('held')\n    return 0\n"))
    assert (sample.failure, (tmp_path / "ended").exists()) == (None, False)


# --- Slopes ---


def test_a_slope_is_bytes_per_item_over_the_counts(script: Script) -> None:
    sample = invoke(script(SIZES), slope(10, 20, 40))
    assert (sample.failure, sample.values) == (None, (7.0,))
    assert [(reading.count, reading.metrics["size"]) for reading in sample.readings] == [(10, 170), (20, 240), (40, 380)]
    assert lines.slope_and_base(sample.readings, "size") == (7.0, 100.0)


def test_the_answer_of_a_slope_is_that_of_its_smallest_count(script: Script) -> None:
    assert invoke(script(SIZES), slope(10, 20, 40)).checksum == 10


def test_a_program_is_run_with_no_more_items_than_it_can(script: Script) -> None:
    python = {"interpreter": EMPTY.python["interpreter"].model_copy(update={"most": 20})}
    sample = invoke(script(SIZES), entry(slope(10, 20, 40), python=python))
    assert [reading.count for reading in sample.readings] == [10, 20]


def test_only_the_last_mark_of_a_count_is_on_the_line() -> None:
    readings = [
        Reading(count=count, mark=mark, metrics={"peak": size})
        for count, mark, size in ((1, "early", 900.0), (1, "held", 10.0), (3, "early", 5.0), (3, "held", 30.0))
    ]
    assert lines.slope_and_base(readings, "peak") == (10.0, 0.0)


@pytest.mark.parametrize("program", [f"python/asyncio/{observed.HERE}", "go/goroutines"])
def test_a_real_task_takes_more_than_a_few_hundred_bytes_and_less_than_a_thread(program: str, observing: MeasureContext) -> None:
    sample = invoke(observing, entry(TASK, counts=(2000, 10_000, 20_000)), program)
    assert sample.failure is None
    assert 300 < sample.values[0] < 16_000


# --- Programs that fail ---


def failure(sample: Sample) -> str:
    assert (sample.values, sample.readings, sample.checksum) == ((), (), None)
    assert sample.failure is not None
    return sample.failure


def test_a_hung_program_is_killed_with_its_whole_group_and_said_to_have_failed(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = tmp_path / "reached"
    hangs.let_run_out(monkeypatch, reached)
    message = failure(invoke(script(hangs.program(reached))))
    assert message.endswith("memory.base_empty: killed after 77 s: stuck")
    assert all(hangs.gone(int(pid)) for pid in reached.read_text().split())


def test_a_program_that_does_not_even_begin_is_killed_at_the_limit(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TIME_LIMIT", 0.6)
    assert "killed after 1 s: " in failure(invoke(script("import time\ntime.sleep(600)\n")))


CRASHES = """
import os, pathlib, signal, subprocess, sys

def run(mark):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL)
    pathlib.Path({reached!r}).write_text(str(child.pid))
    mark("held")
    {how}
"""


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("raise MemoryError('too much')", r"exit status 1 and no answer: Traceback .*MemoryError: too much"),
        ("sys.exit('no such file')", "exit status 1 and no answer: no such file"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "exit status -11 and no answer: "),
        ("os._exit(0)", "exit status 0 and no answer: "),
    ],
    ids=["an exception", "an exit", "a signal", "an end without an answer"],
)
def test_a_program_that_ends_without_an_answer_has_failed_and_leaves_no_process(
    script: Script, tmp_path: Path, how: str, reason: str
) -> None:
    reached = tmp_path / "reached"
    message = failure(invoke(script(CRASHES.format(reached=str(reached), how=how))))
    assert re.search(rf"(?s)memory\.base_empty: {reason}$", message)
    assert hangs.gone(int(reached.read_text()))


@pytest.mark.parametrize("program", [PYTHON, "go/binary"])
def test_a_program_that_is_killed_while_it_is_read_has_failed(
    program: str, observing: MeasureContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(pid: int) -> Metrics:
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        return {}

    monkeypatch.setattr(procfs, "memory", killed)
    assert "exit status -9 and no answer" in failure(invoke(observing, program=program))


def test_a_program_that_says_what_is_no_mark_has_failed(script: Script) -> None:
    context = script("def run(mark):\n    print('mark held nonsense', flush=True)\n    return 0\n")
    assert failure(invoke(context)) == "not enough values to unpack (expected 2, got 1)"


def test_a_slope_over_one_count_has_failed(script: Script) -> None:
    python = {"interpreter": EMPTY.python["interpreter"].model_copy(update={"most": 15})}
    sample = invoke(script(SIZES), entry(slope(10, 20, 40), python=python))
    assert failure(sample) == "1 points give no slope; two with different x are needed"


def test_a_metric_that_is_missing_at_one_count_is_refused(script: Script) -> None:
    context = script("def run(mark, count):\n    mark('held', **({'size': 1.0} if count > 1 else {}))\n    return 0\n")
    assert failure(invoke(context, slope(1, 2))).startswith("no metric 'size' at the last mark: ")


def test_standard_error_of_a_failure_is_kept_to_its_end(script: Script) -> None:
    message = failure(invoke(script("import sys\nsys.exit('x' * 10_000 + 'the end')\n")))
    assert message.endswith("xthe end")
    assert len(message) < process.STDERR_KEPT + 500


def test_a_program_that_fills_standard_error_is_no_reason_to_hang(script: Script) -> None:
    text = "import sys\ndef run(mark):\n    print('x' * 1_000_000, file=sys.stderr)\n    mark('held')\n    return 0\n"
    assert invoke(script(text)).failure is None


ENDLESS = """
import os
def run(mark):
    mark("held")
    for _ in range(64):
        os.write({descriptor}, bytes(1 << 20))
    os.write({descriptor}, b"\\nthe end\\n")
    raise SystemExit("failed")
"""


@pytest.mark.parametrize("descriptor", [1, 2])
def test_output_without_end_is_not_held(script: Script, descriptor: int) -> None:
    tracemalloc.start()
    message = failure(invoke(script(ENDLESS.format(descriptor=descriptor))))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert message.endswith("failed")
    assert most < 8 * MEGABYTE


def test_memory_that_cannot_be_read_is_a_failure_that_names_the_file(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pid: int) -> Metrics:
        raise ProcError(f"/proc/{pid}/smaps_rollup: Permission denied")

    monkeypatch.setattr(procfs, "memory", refused)
    message = failure(invoke(script("def run(mark):\n    mark('held')\n    return 0\n")))
    assert re.fullmatch(r"/proc/[0-9]+/smaps_rollup: Permission denied", message)


def test_a_child_that_keeps_standard_output_is_not_waited_for(script: Script, tmp_path: Path) -> None:
    text = "import pathlib, subprocess\n\ndef run(mark):\n"
    text += "    child = subprocess.Popen(['sleep', '600'], start_new_session=True, env={})\n"
    text += f"    pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child.pid))\n    raise SystemExit('failed')\n"
    assert failure(invoke(script(text))).endswith("exit status 1 and no answer: failed")
    assert int((tmp_path / "child").read_text(encoding="utf-8")) not in procfs.processes()


def test_a_metric_that_no_program_reports_is_refused_by_name(script: Script) -> None:
    context = script("def run(mark):\n    mark('held', p98=1.0)\n    return 0\n")
    assert failure(invoke(context, entry(metric="p99"))).startswith(
        "no metric 'p99' at the last mark: [Reading(count=None, mark='held'"
    )


def test_a_program_that_marks_nothing_has_no_metric(script: Script) -> None:
    assert failure(invoke(script("def run(mark):\n    return 0\n"))) == "no metric 'resident' at the last mark: []"


def test_a_metric_that_is_not_above_zero_is_refused(script: Script) -> None:
    context = script("def run(mark):\n    mark('held', p99=0.0)\n    return 0\n")
    assert failure(invoke(context, entry(metric="p99"))) == "p99 is 0, which is not above zero"


def test_a_size_that_does_not_grow_with_the_items_is_refused(script: Script) -> None:
    context = script("def run(mark, count):\n    mark('held', size=500)\n    return 0\n")
    assert failure(invoke(context, slope(1, 2))) == "slope is 0, which is not above zero"


def test_gos_programs_refuse_arguments_that_they_do_not_have(observing: MeasureContext) -> None:
    wrong = entry(TASK, counts=(), metric="peak", input={"cuont": 3})
    assert "argument cuont=3: there is no such field" in failure(invoke(observing, wrong, "go/goroutines"))


def test_a_platform_without_proc_is_said_to_have_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(procfs, "PROC", tmp_path)
    assert marked.forbidden() == "memory is read from Linux's /proc"


def test_hash_seed_and_padding_follow_from_the_invocations_seed(script: Script) -> None:
    text = "import os\ndef run(mark):\n    mark('held')\n    return int(os.environ['PYTHONHASHSEED'])\n"
    context = script(text)
    seeds = [invoke(context, seed=seed).checksum for seed in ("1", "1", "2")]
    assert [one == other for one, other in itertools.pairwise(seeds)] == [True, False]
