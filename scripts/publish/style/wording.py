"""How results are worded: one phrase for a ratio, units that a person would use, no digit that the interval does not support."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Literal

from bench.analyse.load import FULL_MACHINE
from bench.analyse.records import Flag, Interval, ProgramEstimate, Ratio

NOT_MEASURED = "not measured"
TOO_WIDE = "not publishable: interval too wide"
MOST_DIGITS = 3
Unit = Literal["second", "byte", "request/second", "message/second"]

SCALES: dict[Unit, tuple[tuple[float, str], ...]] = {
    "second": ((1e-12, "ps"), (1e-9, "ns"), (1e-6, "µs"), (1e-3, "ms"), (1.0, "s")),
    "byte": ((1.0, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB")),
    "request/second": ((1.0, "requests/s"),),
    "message/second": ((1.0, "messages/s"),),
}
"""The scales that a unit is shown in: factor and name, the smallest first."""
COMPARATIVES: dict[Unit, str] = {
    "second": "faster",
    "byte": "smaller",
    "request/second": "faster",
    "message/second": "faster",
}
"""What the better one of two is."""
RATES: tuple[Unit, ...] = ("request/second", "message/second")
"""The units whose values are shown without what is counted, where that is clear."""


def comparative(units: Iterable[Unit]) -> str:
    """Return what the better one of two is where the given units are compared: "ahead" where they call for different words."""
    words = {COMPARATIVES[unit] for unit in units}
    return words.pop() if len(words) == 1 else "ahead"


def result(ratio: Ratio | None, unit: Unit = "second") -> str:
    """Say what a comparison found: "Go 38× faster (37.4 to 38.9)", or why it has no result.

    One that is not significant says so, with its ratio: "Go 1.1× faster, not significant among 51 (1.05 to 1.22)".
    """
    if ratio is None:
        return NOT_MEASURED
    if not ratio.publishable:
        return not_publishable(ratio.flags)
    return f"{finding(ratio, unit)} ({finding_interval(ratio)})"


def finding(ratio: Ratio, unit: Unit) -> str:
    """Say `result` without its interval, whether or not it may be published: "Go 38× faster", "no difference shown"."""
    if ratio.outcome == "no difference shown":
        return ratio.outcome
    language = "Python" if _turned(ratio) else "Go"
    doubt = f", not significant among {ratio.among}" if ratio.outcome == "not significant" else ""
    return f"{language} {_number(*faster(ratio))}× {COMPARATIVES[unit]}{doubt}"


def finding_interval(ratio: Ratio) -> str:
    """Say the interval of `finding`: "37.4 to 38.9"."""
    _, low, high = faster(ratio)
    return _bounds(low, high)


def result_interval(ratio: Ratio | None) -> str:
    """Say the interval of `result` alone: "37.4 to 38.9"."""
    if ratio is None or not ratio.publishable:
        return result(ratio)
    return finding_interval(ratio)


def faster(ratio: Ratio) -> tuple[float, float, float]:
    """Return ratio, low and high as its phrase says them: turned over where Python is faster, so that they are above 1."""
    if _turned(ratio):
        return 1 / ratio.ratio, 1 / ratio.interval.high, 1 / ratio.interval.low
    return ratio.ratio, ratio.interval.low, ratio.interval.high


def _turned(ratio: Ratio) -> bool:
    """Whether a phrase says by how much Python is ahead."""
    return ratio.outcome != "no difference shown" and ratio.interval.high < 1


def measured_value(program: ProgramEstimate | None, unit: Unit) -> str:
    """Say one program's value: "21.3 ms (21.1 to 21.6)"."""
    if program is None:
        return NOT_MEASURED
    if not program.publishable:
        return not_publishable(program.flags)
    return quantity(program.value, program.interval, unit)


def value_alone(program: ProgramEstimate, unit: Unit) -> str:
    """Say a publishable value without its interval, where that is drawn beside it: "21.3 ms", "9,310/s"."""
    return alone(program.value, program.interval, unit)


def alone(value: float, interval: Interval, unit: Unit) -> str:
    """Say a value without its interval, with no digit that the interval does not support."""
    scale, name = _scale(value, unit)
    text = _number(value / scale, interval.low / scale, interval.high / scale)
    return f"{text}/s" if unit in RATES else f"{text} {name}"


def number(value: float, interval: Interval) -> str:
    """Say a number without a unit, with its interval: "11,000 (10,800 to 11,300)"."""
    return f"{_number(value, interval.low, interval.high)} ({_bounds(interval.low, interval.high)})"


def times(ratio: Ratio) -> str:
    """Say a publishable ratio without its interval, where that is drawn beside it: "38×", "none shown", "not significant"."""
    if ratio.outcome == "no difference shown":
        return "none shown"
    if ratio.outcome == "not significant":
        return ratio.outcome
    return f"{_number(*faster(ratio))}×"


def quantity(value: float, interval: Interval, unit: Unit) -> str:
    """Say a value with its interval, both in the unit that suits the value."""
    scale, name = _scale(value, unit)
    low, high = interval.low / scale, interval.high / scale
    return f"{_number(value / scale, low, high)} {name} ({_bounds(low, high)})"


def not_publishable(flags: Iterable[Flag]) -> str:
    """Say why there is no number: "not publishable: reason; reason"."""
    reasons = {flag.message.rstrip("."): flag.kind for flag in flags if flag.blocker}
    state = "withheld by design" if FULL_MACHINE in reasons.values() else "not publishable"
    return f"{state}: {'; '.join(reasons)}"


NAMES = {
    "arrow": "Arrow",
    "bound-onnxruntime": "ONNX Runtime, bound",
    "duckdb": "DuckDB",
    "gomlx": "GoMLX",
    "numpy": "NumPy",
    "onnxruntime": "ONNX Runtime",
    "pandas": "pandas",
    "polars": "Polars",
    "pytorch": "PyTorch",
    "scikit-learn": "scikit-learn",
    "tensorflow": "TensorFlow",
}
"""Variants that are called as a library -> how that writes its name."""


def tier(program: str) -> str:
    """Say the tier of a program: "python/native-library/cpython-3.14" is "native library"; a library's variant is its name."""
    variant = program.split("/")[1]
    return NAMES.get(variant, variant.replace("-", " "))


def runtime(program: str) -> str | None:
    """Return the runtime in a program's name; None for Go's."""
    parts = program.split("/")
    return parts[2] if len(parts) > 2 else None


def day(moment: date) -> str:
    """Say a date: "23 November 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def percent(share: float) -> str:
    """Say a share: "5 %", "0.5 %"."""
    return f"{100 * share:.3g} %"


def count(number: int, noun: str) -> str:
    """Say how many: "1 pair", "15 pairs"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _scale(value: float, unit: Unit) -> tuple[float, str]:
    return next(((scale, name) for scale, name in reversed(SCALES[unit]) if value >= scale), SCALES[unit][0])


def _number(value: float, low: float, high: float) -> str:
    """Round a value no finer than the leading digit of its interval's width.

    Where that would put it outside its printed bounds, it is rounded as they are.
    """
    coarse = _rounded(value, max(_leading_place(high - low), _finest_place(value)), ROUND_HALF_EVEN)
    place = _bounds_place(low, high)
    if _lowest(low, place) <= coarse <= _rounded(high, place, ROUND_CEILING):
        return f"{coarse:,f}"
    return f"{_rounded(value, _visible(value, place), ROUND_HALF_EVEN):,f}"


def _bounds(low: float, high: float) -> str:
    """Round two bounds outwards, to the leading digit of the half-width: the printed interval contains the real one."""
    place = _bounds_place(low, high)
    return f"{_lowest(low, place):,f} to {_rounded(high, place, ROUND_CEILING):,f}"


def _lowest(low: float, place: int) -> Decimal:
    return _rounded(low, _visible(low, place), ROUND_FLOOR)


def _visible(value: float, place: int) -> int:
    """Return a place at which a value above zero does not become zero."""
    return min(place, _leading_place(value)) if value > 0 else place


def _bounds_place(low: float, high: float) -> int:
    return max(_leading_place((high - low) / 2), _finest_place(high))


def _leading_place(value: float) -> int:
    """Return the power of ten of a number's first digit: 0 for 3.2, -2 for 0.04; far below any for 0."""
    return math.floor(math.log10(value) + 1e-9) if value > 0 else -99


def _finest_place(value: float) -> int:
    """Return the power of ten of the last digit that may be printed of `value`."""
    return _leading_place(value) - (MOST_DIGITS - 1)


def _rounded(value: float, place: int, rounding: str) -> Decimal:
    """Round to a multiple of 10**place. Twelve digits of the float count: what follows them is noise of its arithmetic."""
    exact = Decimal(f"{value:.12g}")
    step = exact.quantize(Decimal(1).scaleb(place), rounding=rounding)
    return step.quantize(Decimal(1)) if place > 0 else step
