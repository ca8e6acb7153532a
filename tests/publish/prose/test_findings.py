"""Sentences that are computed of a site."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bench.records.run import Invocation
from scripts.publish.facts.data import SiteData, load
from scripts.publish.prose import findings
from tests import synthetic
from tests.publish import made

RUN = synthetic.run()
SERVED = made.CATALOG.benchmark("web/json")
PYTHON, GO = f"python/{SERVED.headline.python}/{RUN.pythons[0].name}", f"go/{SERVED.headline.go}"
STARTS = {PYTHON: 0, GO: 3, f"python/asgi/{RUN.pythons[0].name}": 203}
"""Program -> the second of a round at which it starts; all others start at the hundredth."""


def stored(results: Path, beside: str | None) -> SiteData:
    """Return the site of a run of servers in which the headline's two start three seconds apart, and are neighbours or not."""

    def placed(one: Invocation) -> Invocation:
        moment = RUN.started + timedelta(seconds=1000 * one.round + STARTS.get(one.program, 100))
        return one.model_copy(update={"started": moment, "beside": beside if one.program == GO else None})

    made.store(results, RUN, [made.served_result(SERVED, RUN, tuple(map(placed, made.rounds(SERVED, RUN))))])
    return load(made.ROOT, results)


def test_how_far_apart_servers_started_is_said_of_neighbours_and_of_the_others(results: Path) -> None:
    sentence = findings.servers_apart(stored(results, PYTHON))
    assert "neighbours 3 s in the median and 3 s at the most; the others 97 s in the median and 200 s at the most" in sentence


def test_a_run_from_before_there_were_neighbours_has_not_measured_them(results: Path) -> None:
    sentence = findings.servers_apart(stored(results, None))
    assert "neighbours not measured; the others" in sentence


def test_where_no_server_is_published_it_is_not_measured_how_far_apart_they_start(empty: SiteData) -> None:
    assert findings.servers_apart(empty) == "How far apart compared servers start is not measured."
