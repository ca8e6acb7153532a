"""What `list`, `show` and `compare` print, and what they say where they cannot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import Result

from bench.catalog import Benchmark
from bench.records.run import BenchmarkResult, Run
from scripts.command_line import project
from scripts.publish.style import wording
from tests import synthetic
from tests.command_line.commands import Typed, error
from tests.publish import made

FIB, N_BODY, JSON = (made.CATALOG.benchmark(name) for name in ("execution/fib", "execution/n-body", "web/json"))
FULL = synthetic.run(pythons=(synthetic.python_runtime(), made.JIT))


def save(results: Path, run: Run, *ids: str) -> Run:
    """Store a run of these benchmarks."""
    return made.save(results, run, tuple(made.CATALOG.benchmark(id_) for id_ in ids), count=15)


def first_columns(done: Result) -> list[list[str]]:
    """Return the first two words of every row."""
    assert done.exit_code == 0, done.output
    return [line.split()[:2] for line in done.stdout.splitlines()[1:]]


def test_list_takes_globs_with_commas_between_them(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id)
    assert first_columns(typed("list", "web/fortunes*, execution/fib")) == [
        [FIB.id, "cpython-3.14"],
        [FIB.id, "cpython-3.14-jit"],
        ["web/fortunes", "not"],
        ["web/fortunes-latency", "not"],
    ]


def test_list_without_a_glob_has_every_benchmark(typed: Typed) -> None:
    assert [first for first, _ in first_columns(typed("list"))] == [benchmark.id for benchmark in made.CATALOG.benchmarks]


def test_list_as_json_has_the_selected_alone(typed: Typed) -> None:
    assert [row["id"] for row in json.loads(typed("list", "execution/fib", "--json").stdout)] == [FIB.id]


def test_a_line_in_a_pipe_is_whole_and_has_no_blank_at_its_end(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id)
    lines = typed("list", FIB.id).stdout.splitlines()
    assert [line.rstrip() for line in lines] == lines
    assert all(line.endswith(f"  {FULL.id}") for line in lines[1:])


def test_a_ratio_that_is_not_publishable_is_marked_and_the_mark_explained(results: Path, typed: Typed) -> None:
    slow = synthetic.python_runtime(canary=synthetic.canary(1.5))
    save(results, synthetic.run(pythons=(slow,)), FIB.id)
    done = typed("list", FIB.id)
    assert " faster*  " in done.stdout.splitlines()[1]
    assert done.stderr == "* not publishable: `scripts/build.py show ID` says why\n"
    assert "cpython-3.14: not publishable: " in typed("show", FIB.id).stdout


@pytest.mark.parametrize("command", ["show", "list"])
@pytest.mark.parametrize(
    ("wrong", "right"), [("execution/nbody", N_BODY.id), ("n-body", N_BODY.id), ("exection/fib", FIB.id), ("fibb", FIB.id)]
)
def test_an_unknown_benchmark_is_answered_with_the_nearest(typed: Typed, command: str, wrong: str, right: str) -> None:
    message = error(typed(command, wrong))
    assert message.startswith(f"there is no benchmark {wrong!r}; did you mean ")
    assert right in message
    assert message.count("/") < 6, "that is a list, not a few"


def test_a_name_that_two_benchmarks_have_is_answered_with_both(typed: Typed) -> None:
    message = error(typed("show", "json"))
    assert {"execution/json", JSON.id} <= set(message.replace("?", "").split())


def test_an_id_that_is_like_no_other_is_answered_with_how_all_are_listed(typed: Typed) -> None:
    assert error(typed("show", "qqq")) == (
        f"there is no benchmark 'qqq'; `scripts/build.py list` has all {len(made.CATALOG.benchmarks)}"
    )


def test_a_glob_that_matches_nothing_is_answered_with_how_all_are_listed(typed: Typed) -> None:
    assert error(typed("list", "nothing/*")) == (
        f"no benchmark's id matches 'nothing/*'; `scripts/build.py list` has all {len(made.CATALOG.benchmarks)}"
    )


def test_a_glob_that_matches_nothing_is_warned_of_beside_one_that_does(typed: Typed) -> None:
    done = typed("list", "execution/fib,nothing/*")
    assert first_columns(done) == [[FIB.id, "not"]]
    assert done.stderr.startswith("Warning: no benchmark's id matches 'nothing/*'; ")


def test_show_has_the_question_programs_and_results_of_a_benchmark(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id)
    lines = typed("show", FIB.id).stdout.splitlines()
    assert lines[:2] == [f"{FIB.id}: {FIB.title}", FIB.question]
    assert ["python/pure", "bench/workloads/execution/fib.py"] in [line.split() for line in lines]
    assert [line.split()[0] for line in lines if line.endswith(FULL.id)] == ["cpython-3.14", "cpython-3.14-jit"]


@pytest.mark.parametrize("shown", [FIB, JSON], ids=["a time", "a rate"])
def test_a_result_is_said_as_on_its_page(results: Path, typed: Typed, shown: Benchmark) -> None:
    save(results, FULL, shown.id)
    phrase = wording.result(project.site_data().ratio(shown.id), shown.unit)
    line = typed("list", shown.id).stdout.splitlines()[1]
    finding, interval = re.split(" {2,}", line)[2:4]
    assert f"{finding} ({interval})" == phrase
    assert phrase.startswith("Go ")


@pytest.fixture
def void(results: Path) -> Run:
    """Store a run whose pairs are all void: the hypervisor took too much of their time."""
    programs = {"python/pure/cpython-3.14": 38e-3, "go/standard-library": 1e-3}
    stolen = tuple(one.model_copy(update={"steal": 0.5}) for one in synthetic.rounds(programs, count=15))
    return made.store(results, synthetic.run(), [made.result(FIB, synthetic.run(), stolen)])


def test_without_a_valid_pair_there_is_no_ratio(void: Run, typed: Typed) -> None:
    assert typed("list", FIB.id).stdout.splitlines()[1].split() == [FIB.id, "cpython-3.14", "none*", "none", "0", void.id]


def test_json_has_null_where_there_is_no_ratio(void: Run, typed: Typed) -> None:
    del void

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is not JSON")

    (row,) = json.loads(typed("show", FIB.id, "--json").stdout, parse_constant=refuse)
    assert (row["headline"]["ratio"], row["headline"]["interval"]) == (None, None)


def test_what_has_no_ratio_neither_agrees_nor_differs(results: Path, void: Run, typed: Typed) -> None:
    newer = save(results, made.later(synthetic.run(), 3), FIB.id)
    (row,) = typed("compare", void.id, newer.id).stdout.splitlines()[1:]
    assert row.split()[-3:] == ["none", "none", "unknown"]


def test_compare_names_the_programs_of_each_line(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id, N_BODY.id)
    newer = save(results, made.later(FULL, 3), N_BODY.id)
    done = typed("compare", FULL.id, newer.id)
    named = [line.split()[:4] for line in done.stdout.splitlines()[1:]]
    assert [N_BODY.id, "pure", "cpython-3.14-jit", "standard-library"] in named
    assert {line[0] for line in named} == {N_BODY.id}


def test_runs_of_the_same_programs_agree(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id)
    newer = save(results, made.later(FULL, 3), FIB.id)
    _, *rows = typed("compare", FULL.id, newer.id).stdout.splitlines()
    assert [row.split()[-1] for row in rows] == ["agrees"] * 2


def test_compare_says_what_is_compared(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id)
    newer = save(results, made.later(FULL, 3), FIB.id)
    before, after = typed("compare", FULL.id, newer.id).stderr.splitlines()
    assert before == f"before  {FULL.id}: full, Example CPU, cpython-3.14, cpython-3.14-jit, go-1.27"
    assert after.startswith(f"after   {newer.id}: full, ")


def test_runs_that_share_no_benchmark_cannot_be_compared(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id, N_BODY.id)
    newer = save(results, made.later(FULL, 3), JSON.id)
    assert error(typed("compare", FULL.id, newer.id)) == (
        f"nothing to compare: the runs share no benchmark; {FULL.id} has 2 of execution; {newer.id} has 1 of web"
    )


def test_runs_that_share_no_runtime_cannot_be_compared(results: Path, typed: Typed) -> None:
    save(results, synthetic.run(), FIB.id)
    newer = save(results, made.later(FULL, 3, pythons=(made.JIT,)), FIB.id)
    message = error(typed("compare", FULL.id, newer.id))
    assert message.startswith(f"nothing to compare: both runs measured {FIB.id}, but no pair of programs with the same runtime:")
    assert message.splitlines()[2].endswith("cpython-3.14-jit, go-1.27")


def test_an_unknown_run_is_answered_with_the_nearest(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id)
    wrong = FULL.id.replace("23", "24")
    assert error(typed("compare", wrong, FULL.id)) == (f"there is no run {wrong!r} in bench/results; did you mean {FULL.id}?")


def test_a_run_that_is_like_no_other_is_answered_with_the_newest(results: Path, typed: Typed) -> None:
    save(results, FULL, FIB.id)
    assert error(typed("compare", "x", "y")) == f"there is no run 'x' in bench/results; the newest are {FULL.id}"


@pytest.mark.parametrize("words", [("keep",), ("compare",), ("compare", FULL.id)])
def test_a_command_without_its_run_says_which_there_are(results: Path, typed: Typed, words: tuple[str, ...]) -> None:
    runs = [save(results, made.later(FULL, hours), FIB.id) for hours in (1, 2, 3, 4)]
    done = typed(*words)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].endswith(f" the newest are {', '.join(run.id for run in reversed(runs[1:]))}")


def test_show_without_a_benchmark_says_how_all_are_listed(typed: Typed) -> None:
    done = typed("show")
    assert done.exit_code == 2
    assert f"`scripts/build.py list` has all {len(made.CATALOG.benchmarks)}" in done.stderr


def test_a_run_that_is_set_aside_is_answered_with_the_reason(results: Path, typed: Typed) -> None:
    folder = results / save(results, FULL, FIB.id).id
    (folder / "run.json").write_text("{", encoding="utf-8")
    message = error(typed("compare", FULL.id, FULL.id))
    assert message.startswith(f"the run {FULL.id} is set aside:\n")
    assert "run.json: not valid JSON" in message


def test_a_result_that_was_supplemented_names_the_run_of_each_runtime(results: Path, typed: Typed) -> None:
    times = {"python/pure/cpython-3.14": 38e-3, "python/pure/cpython-3.14-jit": 30e-3, "go/standard-library": 1e-3}

    def measured(run: Run, runtime: str) -> list[BenchmarkResult]:
        programs = {name: time for name, time in times.items() if name.endswith(runtime) or name.startswith("go/")}
        return [made.result(FIB, run, synthetic.rounds(programs, count=40))]

    made.store(results, synthetic.run(), measured(synthetic.run(), "-3.14"))
    newer = made.later(FULL, 3)
    made.store(results, newer, measured(newer, "-jit"))
    rows = (line.split() for line in typed("show", FIB.id).stdout.splitlines())
    runs = {row[0]: row[-1] for row in rows if row and row[-1] in {FULL.id, newer.id}}
    assert runs == {"cpython-3.14": FULL.id, "cpython-3.14-jit": newer.id}
