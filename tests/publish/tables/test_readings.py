from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.catalog import Benchmark
from bench.records.run import Invocation, Reading, Run
from scripts.publish.facts.data import SiteData, load
from scripts.publish.tables import readings as reading_tables
from tests import synthetic
from tests.publish import made

TASK, GC, LOST = (made.CATALOG.benchmark(id_) for id_ in ("memory/task", "memory/gc-p99", "concurrency/lost-output"))
RUN = synthetic.run()
LIGHT, HEAVY = (19e6, 1200.0), (2e6, 2700.0)
"""Base and growth, in bytes: of a program that is the larger one at first, and of one that is in the end."""
Readings = tuple[Reading, ...]


def saved(results: Path, benchmark: Benchmark, programs: Mapping[str, tuple[float, Readings]], run: Run = RUN) -> SiteData:
    """Store a full run of one benchmark, with the same value and readings of a program in every round; return its site."""
    return stored(results, benchmark, alike(programs), run)


def alike(programs: Mapping[str, tuple[float, Readings]]) -> tuple[Invocation, ...]:
    """Return twenty rounds in which each program has the same value and readings; Go's are measured against themselves too."""
    members = [
        (program, control) for program in programs for control in (False, True) if program.startswith("go/") or not control
    ]
    return tuple(
        synthetic.invocation(
            round=number,
            position=position,
            program=program,
            control=control,
            layout=None,
            loops=1,
            values=(programs[program][0],),
            warmups=(),
            readings=programs[program][1],
        )
        for number in range(20)
        for position, (program, control) in enumerate(members)
    )


def stored(results: Path, benchmark: Benchmark, invocations: tuple[Invocation, ...], run: Run = RUN) -> SiteData:
    """Store a full run of one benchmark with these invocations; return its site."""
    made.store(results, run, [made.result(benchmark, run, invocations, max_half_width=benchmark.max_half_width)])
    return load(made.ROOT, results)


def over_counts(base: float, slope: float) -> tuple[float, Readings]:
    """Return the value and the readings of a program whose memory grows by a line."""
    sizes = {count: base + slope * count for count in TASK.counts}
    return slope, tuple(Reading(count=n, mark="held", metrics={"peak": size, "resident": size}) for n, size in sizes.items())


def tasks(results: Path, python: tuple[float, float], go: tuple[float, float], run: Run = RUN) -> SiteData:
    programs = {"python/asyncio/cpython-3.14": over_counts(*python), "go/goroutines": over_counts(*go)}
    return saved(results, TASK, programs, run)


def cells(markdown: str) -> list[list[str]]:
    """Return the cells of a table, its head among them."""
    lines = [line for line in markdown.splitlines() if re.match(r"\|\s*[^|:\s-]", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


# --- Where two programs take the same ---


@pytest.mark.parametrize(
    ("python", "go", "fewer", "more"), [(LIGHT, HEAVY, "Go", "Python"), (HEAVY, LIGHT, "Python", "Go")], ids=["Go", "Python"]
)
def test_the_crossing_says_whose_program_is_smaller_before_and_after_it(
    results: Path, python: tuple[float, float], go: tuple[float, float], fewer: str, more: str
) -> None:
    assert reading_tables.crossing_point(tasks(results, python, go), TASK.id, "asyncio", "goroutines") == (
        "The totals of asyncio and goroutines cross at 11,300 (11,300 to 11,400) items: "
        f"with fewer {fewer}'s program is the smaller one, with more {more}'s."
    )


def test_programs_that_do_not_cross_are_said_not_to(results: Path) -> None:
    site = tasks(results, (19e6, 2700), (2e6, 1200))
    sentence = "The totals of asyncio and goroutines are not shown to cross."
    assert reading_tables.crossing_point(site, TASK.id, "asyncio", "goroutines") == sentence


def test_a_crossing_that_was_not_measured_says_so(empty: SiteData) -> None:
    sentence = "Where the totals of asyncio and goroutines cross is not measured."
    assert reading_tables.crossing_point(empty, TASK.id, "asyncio", "goroutines") == sentence


def test_a_crossing_that_may_not_be_published_says_why(results: Path) -> None:
    slow = RUN.model_copy(update={"pythons": (synthetic.python_runtime(canary=synthetic.canary(1.6)),)})
    sentence = reading_tables.crossing_point(tasks(results, LIGHT, HEAVY, slow), TASK.id, "asyncio", "goroutines")
    assert re.fullmatch(
        r"Where the totals of asyncio and goroutines cross is not publishable: .*without optimisation\.", sentence
    )


@pytest.mark.parametrize(("id_", "python"), [("memory/nope", "asyncio"), (TASK.id, "nope")])
def test_a_crossing_of_what_is_not_in_the_catalog_is_refused(measured: SiteData, id_: str, python: str) -> None:
    with pytest.raises(KeyError, match=r"nope.*(there are: |has all)"):
        reading_tables.crossing_point(measured, id_, python, "goroutines")


# --- Tables ---


def test_a_table_has_the_sizes_of_each_program_at_each_count(results: Path) -> None:
    rows = cells(reading_tables.table(tasks(results, LIGHT, HEAVY), TASK.id))
    assert rows == [
        ["Program", "Items", "Peak", "Resident"],
        ["Python, asyncio (cpython-3.14)", "1,000", "20.2 MB (20.2 to 20.2)", "20.2 MB (20.2 to 20.2)"],
        ["Python, asyncio (cpython-3.14)", "10,000", "31.0 MB (31.0 to 31.0)", "31.0 MB (31.0 to 31.0)"],
        ["Python, asyncio (cpython-3.14)", "100,000", "139 MB (139 to 139)", "139 MB (139 to 139)"],
        ["Go, goroutines", "1,000", "4.70 MB (4.70 to 4.70)", "4.70 MB (4.70 to 4.70)"],
        ["Go, goroutines", "10,000", "29.0 MB (29.0 to 29.0)", "29.0 MB (29.0 to 29.0)"],
        ["Go, goroutines", "100,000", "272 MB (272 to 272)", "272 MB (272 to 272)"],
    ]


def test_a_table_of_what_programs_observe_has_no_sizes(results: Path) -> None:
    figures = {"peak": 1e7, "resident": 1e7, "p99": 2.5e-4, "collections": 1234.0}
    readings = (Reading(count=None, mark="done", metrics=figures),)
    site = saved(results, GC, {"python/default/cpython-3.14": (2.5e-4, readings), "go/default": (2.5e-4, readings[:1])})
    assert cells(reading_tables.table(site, GC.id)) == [
        ["Program", "p99", "Collections"],
        ["Python, default (cpython-3.14)", "250 µs (250 to 250)", "1,234 (1,234 to 1,234)"],
        ["Go, default", "250 µs (250 to 250)", "1,234 (1,234 to 1,234)"],
    ]


def test_a_table_has_a_row_for_each_mark_and_leaves_out_what_a_program_does_not_say(results: Path) -> None:
    first = Reading(count=None, mark="first", metrics={"seconds": 0.5, "lost": 0.25})
    second = Reading(count=None, mark="second", metrics={"seconds": 1.0})
    programs = {"python/no-wait/cpython-3.14": (1.0, (first, second)), "go/wait-group": (0.5, (first,))}
    assert cells(reading_tables.table(saved(results, LOST, programs), LOST.id)) == [
        ["Program", "When", "Time", "Lost"],
        ["Python, no wait (cpython-3.14)", "first", "500 ms (500 to 500)", "25 % (25 to 25)"],
        ["Python, no wait (cpython-3.14)", "second", "1.00 s (1.00 to 1.00)", ""],
        ["Go, wait group", "first", "500 ms (500 to 500)", "25 % (25 to 25)"],
    ]


def test_a_table_of_consumers_says_what_a_message_costs(results: Path) -> None:
    queue = made.CATALOG.benchmark("services/queue-saturation")
    costs = {"rate": 12_000.0, "messages": 24_000.0, "processor": 4e-5, "busy": 0.75, "proportional": 4.1e7}
    readings = (
        Reading(count=None, mark="start", metrics={"seconds": 1.0}),
        Reading(count=None, mark="saturation", metrics=costs),
    )
    programs = {"python/asyncpg-unnest/cpython-3.14": (12_000.0, readings), "go/unnest": (12_000.0, readings)}
    head, row, _ = cells(reading_tables.table(saved(results, queue, programs), queue.id))
    assert head == ["Program", "Rate", "Processor time", "CPU used", "Proportional"]
    assert row[1:] == [
        "12,000 messages/s (12,000 to 12,000)",
        "40.0 µs (40.0 to 40.0)",
        "75 % (75 to 75)",
        "41.0 MB (41.0 to 41.0)",
    ]


def test_a_table_of_nothing_says_so(empty: SiteData) -> None:
    assert reading_tables.table(empty, TASK.id) == "Not measured yet."


def test_a_table_of_programs_that_are_not_read_is_refused(measured: SiteData) -> None:
    with pytest.raises(KeyError, match="execution/n-body: its programs are not read: its instrument is time"):
        reading_tables.table(measured, "execution/n-body")


def test_a_reading_whose_interval_is_too_wide_is_withheld(results: Path) -> None:
    same = alike({"python/no-wait/cpython-3.14": (1.0, ()), "go/wait-group": (0.5, ())})
    scattered = [
        one.model_copy(update={"readings": (Reading(count=None, mark="done", metrics={"seconds": 0.1 + number, "lost": 0.5}),)})
        for number, one in enumerate(same)
    ]
    site = stored(results, LOST, tuple(scattered))
    assert cells(reading_tables.table(site, LOST.id))[1] == [
        "Python, no wait (cpython-3.14)",
        "not publishable: interval too wide",
        "50 % (50 to 50)",
    ]


def test_nothing_is_shown_of_a_program_that_may_not_be_published(results: Path) -> None:
    slow = RUN.model_copy(update={"pythons": (synthetic.python_runtime(canary=synthetic.canary(1.6)),)})
    row = cells(reading_tables.table(tasks(results, LIGHT, HEAVY, slow), TASK.id))[1]
    assert all("without optimisation" in cell for cell in row[2:])
