"""A measurement that is stopped at random moments: nothing is lost, doubled or left behind."""

from __future__ import annotations

import random
from pathlib import Path

from tests.build.stops import INTERLEAVED, SIGNALS, Stops


def test_what_is_stopped_by_each_signal_and_resumed_is_measured_once(copied: Path) -> None:
    stops = Stops(copied, INTERLEAVED, random.Random(20261129))
    stops.make(len(SIGNALS))
    assert stops.signals == [number.name for number in SIGNALS]
    assert stops.finished >= 1
