"""What `simulate` writes, of a made-up run; and what it says where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.analyse import scenarios
from bench.catalog import Benchmark
from bench.records.run import Invocation
from bench.records.simulation import FOLDER, SimulationRecord, newest
from scripts.command_line import simulation as command
from scripts.publish.facts import simulation as facts
from scripts.publish.facts.simulation import MIX, ONE, TWO
from tests import synthetic
from tests.command_line.commands import Typed, error
from tests.publish import made

WHOLE = next(whole for whole in made.CATALOG.wholes if whole.id == MIX)
IDS = (*(part.benchmark for part in WHOLE.part), ONE, TWO)
PARTS = [made.CATALOG.benchmark(id_) for id_ in IDS]
RUN = synthetic.run()
SERVERS = {"python/fastapi/cpython-3.14", "go/gin"}


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate a fleet of few instances, with few requests and a short stall."""
    for name, value in {"INSTANCES": 11, "MOST": 500, "FEW": 200, "STALL": 0.05, "SETTLED": 0.01, "WINDOW": 0.01}.items():
        monkeypatch.setattr(scenarios, name, value)


def measure(results: Path, benchmarks: list[Benchmark]) -> None:
    """Store results of two servers, as if all others had failed to be measured."""
    made.store(results, RUN, [made.served_result(one, RUN, _of_two(one)) for one in benchmarks])


def _of_two(benchmark: Benchmark) -> tuple[Invocation, ...]:
    return tuple(one for one in made.rounds(benchmark, RUN, noise=0.0) if one.program in SERVERS)


def record(results: Path) -> SimulationRecord:
    """Return the record that was written."""
    written = newest(results)
    assert written is not None
    return written


def test_it_writes_a_record_of_every_server_that_was_measured(results: Path, typed: Typed) -> None:
    measure(results, PARTS)
    done = typed("simulate")
    assert done.exit_code == 0, done.output
    assert {one.program for one in record(results).fleets} == SERVERS
    assert {one.program for one in record(results).checks} == SERVERS


def test_the_record_names_the_results_that_it_is_of(results: Path, typed: Typed) -> None:
    measure(results, PARTS)
    typed("simulate")
    sources = record(results).fleets[0].sources
    assert {(source.benchmark, source.run) for source in sources} == {(part.benchmark, RUN.id) for part in WHOLE.part}


def test_the_same_results_give_the_same_bytes(results: Path, typed: Typed) -> None:
    measure(results, PARTS)
    written = []
    for _ in range(2):
        typed("simulate")
        (path,) = (results / FOLDER).glob("*.json")
        written.append(path.read_bytes())
        path.unlink()
    assert written[0] == written[1]


def test_it_prints_the_error_of_the_check_and_where_the_record_is(results: Path, typed: Typed) -> None:
    measure(results, PARTS)
    done = typed("simulate")
    head, *rows = done.stdout.splitlines()
    assert head.split()[-2:] == ["p50", "p99"]
    assert {row.split()[0] for row in rows} == SERVERS
    assert f"Written: bench/results/{FOLDER}/" in done.stderr


def test_servers_that_were_not_measured_are_named_and_left_out(results: Path, typed: Typed) -> None:
    measure(results, PARTS)
    title = made.CATALOG.benchmark(WHOLE.benchmark).python["flask"].title
    assert f"{title}: is left out: not measured: {WHOLE.part[0].benchmark}, " in typed("simulate").stderr


def test_parts_that_were_not_measured_are_listed_with_how_to_measure_them(results: Path, typed: Typed) -> None:
    measure(results, PARTS[1:])
    message = error(typed("simulate"))
    assert message.splitlines() == [
        f"not measured yet, and needed to simulate: {IDS[0]}",
        f"To measure: make bench PROFILE=full ONLY='{IDS[0]}'",
    ]


def test_without_any_server_there_is_no_record(results: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    measure(results, PARTS)
    monkeypatch.setattr(facts, "fleets", lambda _: iter(()))
    done = typed("simulate")
    assert (done.exit_code, newest(results)) == (1, None)
    assert "no server of the mix can be simulated" in done.stderr


def test_ctrl_c_leaves_the_records_as_they_were(results: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    measure(results, PARTS)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "simulate", interrupted)
    assert typed("simulate").exit_code == 1
    assert newest(results) is None
