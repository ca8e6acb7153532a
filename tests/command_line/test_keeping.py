"""A quick run is given to git by `keep`, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.records import ignored, locks, store
from bench.records.run import Run
from scripts.publish.facts.analysis import stale_estimates, stored_analyses
from tests import synthetic
from tests.command_line.commands import Typed, error
from tests.records import stored

QUICK = synthetic.run(plan=synthetic.plan(profile="quick"))


def test_a_kept_run_is_no_longer_ignored(results: Path, typed: Typed) -> None:
    folder = stored.save(results, QUICK)
    ignored.ignore(folder)
    done = typed("keep", QUICK.id)
    assert (done.exit_code, (folder / ignored.FILE).exists()) == (0, False)
    assert done.stderr == f"{QUICK.id} is ready, and git no longer ignores it: `git add bench/results/{QUICK.id}`\n"


@pytest.mark.parametrize("run", [QUICK, synthetic.run()], ids=["quick and kept", "full"])
def test_to_keep_a_run_that_git_sees_changes_nothing_and_says_so(results: Path, typed: Typed, run: Run) -> None:
    stored.save(results, run)
    done = typed("keep", run.id)
    assert done.exit_code == 0
    assert done.stderr == f"{run.id} is ready, and git did not ignore it: `git add bench/results/{run.id}`\n"


def test_what_is_computed_of_a_run_is_kept_with_it(results: Path, typed: Typed) -> None:
    stored.save(results, QUICK)
    typed("keep", QUICK.id)
    (known,) = stored_analyses(results, None).values()
    (run,) = store.load_store(results).runs
    assert (known.head, set(known.estimates)) == (run.known, set(run.results))


def test_what_was_kept_and_is_damaged_is_named_by_the_check_and_written_again(results: Path, typed: Typed) -> None:
    (run,) = store.load_store(stored.save(results, QUICK).parent).runs
    typed("keep", QUICK.id)
    assert stale_estimates(run) is None
    file = run.folder / store.ESTIMATES
    file.write_text(file.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    assert stale_estimates(run) == f"{file}: is not as it was written; `scripts/build.py keep {QUICK.id}` writes it again"
    typed("keep", QUICK.id)
    assert stale_estimates(run) is None


def test_a_run_that_has_not_ended_is_not_kept(results: Path, typed: Typed) -> None:
    folder = stored.save(results, QUICK.model_copy(update={"finished": None}))
    ignored.ignore(folder)
    with locks.writing(folder):
        assert error(typed("keep", QUICK.id)) == (
            f"{QUICK.id} is still being measured, or was cut short: only a run that has ended can be kept"
        )
    assert (folder / ignored.FILE).exists()


def test_an_unknown_run_is_answered_with_the_nearest(results: Path, typed: Typed) -> None:
    stored.save(results, QUICK)
    assert f"did you mean {QUICK.id}?" in error(typed("keep", f"{QUICK.id}-2"))


def test_a_run_without_its_dotfile_is_the_run_that_was_sealed(results: Path, typed: Typed) -> None:
    folder = stored.save(results, QUICK)
    ignored.ignore(folder)
    before = store.load_run(folder)
    typed("keep", QUICK.id)
    assert store.load_run(folder) == before
