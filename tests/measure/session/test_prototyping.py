from __future__ import annotations

from pathlib import Path

from bench.catalog.loader import ROOT
from bench.measure.host.variables import small_environment
from bench.measure.session.prototypes import Way
from bench.measure.session.prototyping import Bench, measure, steps_of
from bench.records.prototyping import PrototypingRecord
from tests.prototyped import record

WAY = Way("format", "python", "true", (("true",),), {"empty": ""})


def test_every_timing_is_kept_at_once_and_what_was_interrupted_is_completed(tmp_path: Path) -> None:
    steps = steps_of([WAY])
    bench = Bench(ROOT, small_environment({}), tmp_path, steps, {})
    before = record().model_copy(update={"steps": tuple(steps), "rounds": (), "planned": 2})
    kept: list[PrototypingRecord] = []
    measure(bench, before, kept.append, lambda *_: None)
    assert [sum(len(one.seconds) for one in each.rounds) for each in kept] == [1, 2, 3, 4]
    resumed = measure(bench, kept[0], lambda _: None, lambda *_: None)
    assert resumed.complete
    assert resumed.rounds[0].seconds.items() >= kept[0].rounds[0].seconds.items()
