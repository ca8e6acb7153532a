"""The numbers of the method, from the code that applies them, as pages say them."""

from __future__ import annotations

from datetime import timedelta

from bench.analyse import aa_controls, flags, history, intervals, load, pairs, ratios, stopping
from bench.catalog.model import (
    CONTRADICTED_TO,
    MAX_HALF_WIDTH,
    MAX_HALF_WIDTH_SHARED,
    MAX_HALF_WIDTH_TAIL,
    MIN_HTTP_PAIRS,
    MIN_PAIRS,
    SUPPORTED_FROM,
)
from bench.measure.http import web
from bench.records.profiles import PROFILES
from bench.records.run import SLOWEST_CANARY
from scripts.publish.style import wording

_FULL = PROFILES["full"]
METHOD: dict[str, str] = {
    "min_pairs": str(_FULL.min_pairs),
    "max_pairs": str(_FULL.max_pairs),
    "quick_pairs": str(PROFILES["quick"].min_pairs),
    "smoke_pairs": str(PROFILES["smoke"].min_pairs),
    "layouts": str(_FULL.layouts),
    "values": str(_FULL.values),
    "warmup": f"{_FULL.warmup * 1e3:.0f} ms",
    "value_time": f"{_FULL.value_time * 1e3:.0f} ms",
    "confidence": wording.percent(intervals.CONFIDENCE),
    "false": wording.percent(1 - intervals.CONFIDENCE),
    "trim": wording.percent(intervals.TRIM),
    "band": wording.percent(ratios.EQUIVALENCE - 1),
    "fewest": str(MIN_PAIRS),
    "fewest_served": str(MIN_HTTP_PAIRS),
    "most_served": str(_FULL.min_http_rounds + _FULL.min_http_rounds // 2),
    "phase": f"{_FULL.phase:.0f} s",
    "checked": str(web.CHECKED),
    "shares": ", ".join(f"{100 * share:.0f}" for share in web.SHARES) + " %",
    "achieved": wording.percent(load.ACHIEVED),
    "generator": wording.percent(load.GENERATOR),
    "lag": wording.percent(load.LAG),
    "short_lag": f"{load.SHORT_LAG * 1e3:g} ms",
    "little": wording.percent(load.LITTLE),
    "failing": wording.percent(load.FAILING),
    "steal_served": wording.percent(stopping.STOLEN_LIMIT_HTTP),
    "half_width": wording.percent(stopping.HALF_WIDTH),
    "half_width_small": wording.percent(stopping.HALF_WIDTH_NEAR_ONE),
    "small_ratio": f"{stopping.NEAR_ONE:.0f}",
    "widest": wording.percent(MAX_HALF_WIDTH),
    "widest_shared": wording.percent(MAX_HALF_WIDTH_SHARED),
    "widest_tail": wording.percent(MAX_HALF_WIDTH_TAIL),
    "widest_served": wording.percent(stopping.max_published_half_width(MAX_HALF_WIDTH_SHARED, MIN_HTTP_PAIRS)),
    "widest_served_tail": wording.percent(stopping.max_published_half_width(MAX_HALF_WIDTH_TAIL, MIN_HTTP_PAIRS)),
    "shortest_value": f"{flags.SHORTEST_VALUE * 1e3:.0f} ms",
    "steal": wording.percent(pairs.STEAL_LIMIT),
    "foreign": wording.percent(pairs.FOREIGN_LIMIT),
    "steal_voided": wording.percent(stopping.STOLEN_LIMIT),
    "drift": f"{flags.CORRELATION}",
    "warming": wording.percent(flags.WARMING),
    "layout_spread": wording.percent(flags.LAYOUT_SPREAD),
    "canary": wording.percent(SLOWEST_CANARY - 1),
    "controls_contain": f"{aa_controls.CONTAIN_SHARE * aa_controls.ENOUGH:.0f}",
    "controls_of": str(aa_controls.ENOUGH),
    "controls_deviation": wording.percent(aa_controls.DEVIATION),
    "supported": wording.percent(SUPPORTED_FROM),
    "contradicted": wording.percent(CONTRADICTED_TO),
    "same": wording.percent(history.SAME - 1),
    "same_served": wording.percent(history.SAME_SERVED - 1),
    "apart": wording.count(history.HOURS_APART // timedelta(hours=1), "hour"),
    "planted": wording.percent(ratios.EQUIVALENCE - 1),
    "planted_found": wording.percent(0.9),
}
"""What `method` can be asked for: the constants that the code applies, in the words of pages."""


def number(name: str) -> str:
    """Return a number of the method.

    Raises:
        KeyError: there is none of that name; the message lists those that exist.
    """
    if name not in METHOD:
        raise KeyError(f"no number of the method is called {name!r}; there are: {', '.join(METHOD)}")
    return METHOD[name]
