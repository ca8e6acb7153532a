"""The services with all that production puts around a handler, against their contract, and with a load that they write down."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measure.http import generator as generators
from bench.measure.http import production, web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import KEY, serving
from bench.measure.instruments.base import InvocationRequest, MeasureContext
from bench.workloads.web.production import trace
from tests import observed
from tests.cataloged import CATALOG

ENTRY = CATALOG.benchmark("web/production-post")
PROGRAMS = [*(f"python/{variant}/{observed.HERE}" for variant in ENTRY.python), *(f"go/{variant}" for variant in ENTRY.go)]
ID, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
NONE = "0" * 32
HEADER = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with servers and generator built."""
    web.build(backed, ENTRY, ())
    return backed


@pytest.fixture(scope="module")
def generator(equipped: MeasureContext) -> Iterator[Generator]:
    with generators.running(equipped, everywhere=False, key=str(ENTRY.input[KEY])) as running:
        yield running


def test_an_invocation_of_a_service_is_checked_and_loaded(equipped: MeasureContext) -> None:
    sample = web.invoke(equipped, ENTRY, "go/net-http", InvocationRequest(None, 1, 0, 1, "test", phase=0.2))
    assert sample.failure is None
    assert [reading.mark for reading in sample.readings] == ["start", "saturation"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_service_writes_down_each_request_that_it_answers(equipped: MeasureContext, generator: Generator, program: str) -> None:
    with serving(equipped, equipped.tree(ENTRY), ENTRY, program, generator.upstream, "test") as server:
        plan = {"target": f"127.0.0.1:{server.port}", "endpoint": "production-post", "seed": web.SEED}
        checked = generator.phase({**plan, "mode": "check", "limit": web.SLOWEST, "requests": web.CHECKED}, 0.0)
        assert checked == {"valid": web.CHECKED}
        before = production.written(server)
        loaded = generator.phase({**plan, "mode": "closed", "connections": 16, "seconds": 0.2}, 0.2)
        assert (loaded["errors"], loaded["first_error"]) == (0, "")
        production.verify(before, production.written(server), loaded["sent"])


@pytest.mark.parametrize(
    "header", [f"00-{ID}-{PARENT}-01", f"00-{ID}-{PARENT}-00", f"cc-{ID}-{PARENT}-01", f"cc-{ID}-{PARENT}-01-more"]
)
def test_a_trace_is_carried_on_with_an_identifier_of_its_own(header: str) -> None:
    _, id_, span, flags = trace.begin(header).header.split("-")
    assert (id_, flags) == (ID, header[53:55])
    assert span != PARENT


@pytest.mark.parametrize(
    "header",
    [
        *("", "00", f"00-{ID}-{PARENT}-01-more", f"ff-{ID}-{PARENT}-01", f"00-{NONE}-{PARENT}-01", f"00-{ID}-{NONE[:16]}-01"),
        *(
            f"00-{ID.upper()}-{PARENT}-01",
            f"00-{ID}-{PARENT}",
            f"00-{ID}-{PARENT}-1",
            f"cc-{ID}-{PARENT}-011",
            f" 00-{ID}-{PARENT}-01",
        ),
    ],
)
def test_a_header_that_is_none_begins_a_trace(header: str) -> None:
    begun = trace.begin(header)
    assert begun.id != ID
    assert HEADER.fullmatch(begun.header)


@given(st.text() | st.from_regex(trace.PARENT, fullmatch=True))
def test_whatever_comes_the_answer_has_a_trace(header: str) -> None:
    assert HEADER.fullmatch(trace.begin(header).header)
