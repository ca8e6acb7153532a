"""Idle WebSockets: each server with a few hundred, all open, pinged and reached; and what a host has no room for."""

from __future__ import annotations

import dataclasses
import math
import resource
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measure.http import crowd, web
from bench.measure.http.crowd import Limits
from bench.measure.instruments.base import Backend, InvocationRequest, MeasureContext, Sample
from bench.measure.processes import process
from bench.measure.session import selection
from tests import observed
from tests.cataloged import CATALOG

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

ENTRY = CATALOG.benchmark("memory/websockets-1k")
LARGEST = CATALOG.benchmark("memory/websockets-50k")
PROGRAMS = (*(f"python/{variant}/{observed.HERE}" for variant in ENTRY.python), *(f"go/{variant}" for variant in ENTRY.go))
CONNECTIONS = int(ENTRY.check.input["connections"])
ROOM = Limits(files=math.inf, tracked=math.inf, memory=1 << 60)


@pytest.fixture(scope="module")
def equipped() -> MeasureContext:
    """Servers and client built, and a database that is nowhere: none of the servers asks it."""
    context = observed.context()
    web.build(context, ENTRY, ())
    return dataclasses.replace(context, backend=Backend("postgresql://postgres@127.0.0.1:1/web", "none", given=False))


@pytest.fixture(scope="module", params=PROGRAMS)
def sample(request: pytest.FixtureRequest, equipped: MeasureContext) -> Sample:
    """One invocation of each server, with the entry's check input."""
    program: str = request.param
    entry = ENTRY.model_copy(update={"input": ENTRY.check.input})
    return web.invoke(equipped, entry, program, InvocationRequest(None, 1, 0, 1, "test", phase=0.2))


def read(sample: Sample, mark: str) -> dict[str, float]:
    """Return what was read at a mark; the failure is what a test shows where there is none."""
    assert sample.failure is None
    return dict(next(reading.metrics for reading in sample.readings if reading.mark == mark))


def test_a_server_is_read_at_rest_and_at_each_mark(sample: Sample) -> None:
    assert (sample.failure, [reading.mark for reading in sample.readings]) == (None, ["start", "open", "broadcast", "idle"])


def test_all_connections_are_really_open(sample: Sample) -> None:
    assert read(sample, "open")["opened"] == CONNECTIONS == ENTRY.check.answer


def test_each_connection_is_really_pinged(sample: Sample) -> None:
    idle = read(sample, "idle")
    assert idle["fewest"] >= 1
    assert idle["pings"] >= CONNECTIONS


def test_a_broadcast_reaches_all_connections(sample: Sample) -> None:
    broadcast = read(sample, "broadcast")
    assert broadcast["received"] == crowd.BROADCASTS * CONNECTIONS
    assert 0 < broadcast["p50"] <= broadcast["p99"]


def test_the_value_is_the_growth_for_each_connection(sample: Sample) -> None:
    start, idle = read(sample, "start"), read(sample, "idle")
    assert sample.values[0] == pytest.approx(idle["per_connection"], rel=1e-5)
    growth = (idle["proportional"] - start["proportional"]) / CONNECTIONS
    assert idle["per_connection"] == pytest.approx(growth, rel=0.3)  # whatever runs the same files meanwhile has its share


def test_too_few_open_files_are_said_with_what_raises_them() -> None:
    assert crowd.missing(50_000, ROOM._replace(files=20_000)) == (
        "50,000 connections take 50,256 open files in one process, and the hard limit here is 20,000 (ulimit -Hn 50256)"
    )


def test_a_full_table_of_connections_is_said() -> None:
    why = crowd.missing(50_000, ROOM._replace(tracked=65_536))
    assert why is not None
    assert "has 65,536 here (sysctl net.netfilter.nf_conntrack_max=150000)" in why


def test_too_little_memory_is_said() -> None:
    why = crowd.missing(50_000, ROOM._replace(memory=4_000_000_000))
    assert why is not None
    assert why.endswith("may take 13.1 GB of memory at both ends, and 4.0 GB are available here")


@given(st.lists(st.integers(1, 1 << 20), min_size=2), st.integers(1, 1 << 20), st.integers(1, 1 << 38))
def test_a_host_with_room_for_many_has_room_for_fewer(sizes: list[int], files: int, memory: int) -> None:
    host = Limits(files, math.inf, memory)
    refused = [crowd.missing(connections, host) is not None for connections in sorted(sizes)]
    assert all(before <= after for before, after in pairwise(refused))


def test_a_size_that_does_not_fit_is_unavailable_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "limits", lambda: ROOM._replace(files=20_000))
    assert "hard limit" in str(selection.forbidden(LARGEST))
    assert selection.forbidden(ENTRY) is None


def test_entries_without_idle_connections_have_no_such_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "limits", lambda: Limits(files=0, tracked=0, memory=0))
    assert selection.forbidden(CATALOG.benchmark("web/json")) is None


def test_this_host_is_read() -> None:
    host = crowd.limits()
    assert host.files > 0
    assert host.memory > 0


def test_a_server_may_have_as_many_files_open_as_the_hard_limit_allows() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with process.many_files():
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (soft, hard)
