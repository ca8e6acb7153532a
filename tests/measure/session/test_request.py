from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.catalog import load_catalog
from bench.measure.session import digests, selection
from bench.measure.session.request import MeasureRequest, changed_since
from bench.records.run import Run
from bench.records.store import StoredRun
from tests import synthetic
from tests.measure import hosts

FIB = "execution/fib"
NOTHING = MeasureRequest("full", None, None, None)


def begun(**changes: object) -> Run:
    """Return a run that was begun with --only 'execution/*' and --python 3.14."""
    return synthetic.run(plan=synthetic.plan(only="execution/*", **changes), finished=None)


def test_a_request_without_options_is_what_any_run_was_begun_with() -> None:
    assert NOTHING.difference(begun()) is None


@pytest.mark.parametrize(
    ("request_", "difference"),
    [
        (replace(NOTHING, only="web/*"), "it was begun with --only 'execution/*', and now --only 'web/*' is asked for"),
        (replace(NOTHING, pythons=("3.15",)), "it was begun with --python 3.14, and now --python 3.15 is asked for"),
        (
            replace(NOTHING, postgres_url="postgresql://u:secret@h/d"),
            "it was begun with no --postgres-url, and now --postgres-url postgresql://u@h/d is asked for",
        ),
        (replace(NOTHING, profile="quick"), "it was begun with --profile full, and now --profile quick is asked for"),
    ],
    ids=["only", "python", "database", "profile"],
)
def test_another_option_is_named_with_both_of_its_values(request_: MeasureRequest, difference: str) -> None:
    assert request_.difference(begun()) == difference


def test_a_run_with_a_database_of_somebody_else_needs_its_address_again() -> None:
    run = begun(database_url="postgresql://u@h/d")
    assert NOTHING.difference(run) == "it was begun with --postgres-url postgresql://u@h/d, which has to be given again"
    assert replace(NOTHING, postgres_url="postgresql://u:secret@h/d").difference(run) is None


def stored(root: Path, **changes: object) -> StoredRun:
    """Return a run of one benchmark that was cut short on the host that `hosts.host` is."""
    host, benchmark = hosts.host(root), load_catalog(root).benchmark(FIB)
    current = digests.programs(benchmark, root)
    programs = {program: digests.of_program(current, program) for program in selection.planned(host, benchmark)}
    plan = synthetic.plan(programs={FIB: tuple(programs)})
    run = synthetic.run(machine=host.machine, pythons=host.runtimes, go=host.go, plan=plan, finished=None)
    result = synthetic.result((), benchmark=FIB, programs=programs)
    return StoredRun(root, run.model_copy(update=changes), {FIB: result})


def test_nothing_has_changed_of_a_run_on_the_same_host(sources: Path) -> None:
    assert changed_since(stored(sources), hosts.host(sources), load_catalog(sources)) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"machine": synthetic.machine(kernel="6.19.0")}, "the machine has changed since"),
        ({"machine": synthetic.machine(cpu="Another CPU")}, "the machine has changed since"),
        ({"go": synthetic.go_runtime(version="1.28")}, "an interpreter or the Go toolchain has changed since"),
        ({"pythons": (synthetic.python_runtime(version="3.14.1"),)}, "an interpreter or the Go toolchain has changed since"),
    ],
)
def test_another_host_is_named(sources: Path, changes: dict[str, object], reason: str) -> None:
    difference = changed_since(stored(sources, **changes), hosts.host(sources), load_catalog(sources))
    assert difference is not None
    assert difference.startswith(reason)


def test_an_edited_program_is_named(editable: Path) -> None:
    cut_short = stored(editable)
    with (editable / "go_examples" / "execution" / "fib" / "fib.go").open("a", encoding="utf-8") as file:
        file.write("\nvar edited = 1\n")
    assert changed_since(cut_short, hosts.host(editable), load_catalog(editable)) == (
        "go/standard-library of execution/fib has changed since"
    )


def test_a_program_whose_source_is_as_it_was_has_not_changed(editable: Path) -> None:
    cut_short = stored(editable)
    with (editable / "go_examples" / "execution" / "fib" / "fib.go").open("a", encoding="utf-8") as file:
        file.write("\n// A comment.\n")
    assert changed_since(cut_short, hosts.host(editable), load_catalog(editable)) is None
