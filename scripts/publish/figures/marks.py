"""Figure -> lines of marks and an axis: which dot stands where, in which style, under which label."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bench.analyse.records import Outcome
from scripts.publish.facts.rows import GO_TIERS, ProgramRow, RatioRow
from scripts.publish.figures.figures import SPREAD, Figure
from scripts.publish.style import wording

Style = Literal["python", "go", "neither"]
WINNER: dict[Outcome, Style] = {
    "python faster": "python",
    "go faster": "go",
    "no difference shown": "neither",
    "not significant": "neither",
}
MEASURE: dict[wording.Unit, str] = {
    "second": "time",
    "byte": "size",
    "request/second": "requests/s",
    "message/second": "messages/s",
}


@dataclass(frozen=True)
class Dot:
    """A value with its interval, in the axis' unit, and the value as text."""

    value: float
    low: float
    high: float
    text: str
    style: Style
    hollow: bool


@dataclass(frozen=True)
class Line:
    """One line of a figure: a label, and a dot or the remark that takes its place. A heading has neither."""

    label: str
    detail: str = ""
    dot: Dot | None = None
    remark: str = ""

    @property
    def heading(self) -> bool:
        return self.dot is None and not self.remark


@dataclass(frozen=True)
class Axis:
    """The horizontal axis. `label` is a Vega expression that makes a tick's text from `datum.value`."""

    low: float
    high: float
    logarithmic: bool
    ticks: tuple[float, ...]
    label: str
    title: str


def lines_of(figure: Figure, unit: wording.Unit) -> tuple[Line, ...]:
    """Return the lines of a figure from top to bottom."""
    lines: list[Line] = []
    pairs = figure.name == SPREAD
    one_tier = len({row.tier for row in figure.rows if isinstance(row, RatioRow)}) == 1
    for row in figure.rows:
        if isinstance(row, ProgramRow):
            lines.append(_program(row, unit))
            continue
        against = "against Go's library" if row.go == "library" else ""
        if row.go not in GO_TIERS and row.go != row.benchmark.headline.go:
            against = f"Go {row.go_name.replace('-', ' ')}"
        if figure.benchmark:
            label = row.python_title or _named("Python", row.python, row.tier, row.runtime)[0]
            lines.append(_ratio(row, label, ", ".join(part for part in (row.runtime, against) if part)))
            continue
        subject = row.benchmark.group if one_tier else f"{row.benchmark.section}: {row.tier} Python"
        text = f"{row.python_name} against {row.go_name}" if pairs else subject.replace("-", " ")
        heading = Line(text[0].upper() + text[1:])
        if heading not in lines:
            lines.append(heading)
        lines.append(_ratio(row, row.benchmark.title, against))
    return tuple(lines)


def ratio_axis(lines: Sequence[Line], word: str) -> Axis:
    """Return a log axis that shows 1, both sides of it, and every interval."""
    dots = [line.dot for line in lines if line.dot]
    low = min([0.5, *(dot.low / 1.15 for dot in dots)])
    high = max([2.0, *(dot.high * 1.15 for dot in dots)])
    steps = (1,) if high / low > 40 else (1, 2, 5)
    label = "(datum.value < 1 ? format(1 / datum.value, '.3~r') : format(datum.value, '.3~r')) + '×'"
    return Axis(low, high, logarithmic=True, ticks=decade_ticks(low, high, steps), label=label, title=f"times {word}, log scale")


def value_axis(lines: Sequence[Line], unit: wording.Unit) -> Axis:
    """Return an axis from zero, or a log axis where the values span more than a factor of ten."""
    dots = [line.dot for line in lines if line.dot]
    label = unit_label(unit)
    if not dots:
        return Axis(0.0, 1.0, logarithmic=False, ticks=(), label=label, title="")
    low, high = min(dot.low for dot in dots), max(dot.high for dot in dots)
    if high <= 10 * low:
        ticks = _even_ticks(high * 1.1)
        return Axis(0.0, high * 1.1, logarithmic=False, ticks=ticks, label=label, title=MEASURE[unit])
    steps = (1,) if high > 50 * low else (1, 3)
    left, right = low / 1.4, high * 1.4
    ticks = decade_ticks(left, right, steps)
    return Axis(left, right, logarithmic=True, ticks=ticks, label=label, title=f"{MEASURE[unit]}, log scale")


def _ratio(row: RatioRow, label: str, detail: str) -> Line:
    ratio = row.shown
    if ratio is None:
        return Line(label, detail, remark=row.phrase.partition(":")[0])
    hollow = row.tier == "native-library"
    text = wording.times(ratio)
    return Line(label, detail, Dot(ratio.ratio, ratio.interval.low, ratio.interval.high, text, WINNER[ratio.outcome], hollow))


def _named(language: str, variant: str, tier: str, runtime: str | None) -> tuple[str, str]:
    """Return label and detail of a program: a variant that is not a tier is what tells it apart, so it comes first."""
    text = wording.tier(f"{language}/{variant}")
    if variant == tier:
        return f"{language}, {text}", runtime or ""
    name = text if variant in wording.NAMES else text[0].upper() + text[1:]
    return name, ", ".join(part for part in (language, runtime) if part)


def _program(row: ProgramRow, unit: wording.Unit) -> Line:
    style: Style = "python" if row.program.startswith("python/") else "go"
    library = None if row.title else row.short_library
    runtime = ", ".join(part for part in (library, wording.runtime(row.program)) if part)
    name, detail = _named(style.capitalize(), row.program.split("/")[1], row.tier, runtime)
    name = row.title or name
    if row.estimate is None or row.interval is None:
        return Line(name, detail, remark=(row.reason or "").partition(":")[0])
    text = wording.value_alone(row.estimate, unit)
    hollow = row.tier == "native-library"
    return Line(name, detail, Dot(row.estimate.value, row.interval.low, row.interval.high, text, style, hollow))


def decade_ticks(low: float, high: float, steps: Sequence[int]) -> tuple[float, ...]:
    """Return the ticks of a log axis: the given steps of each decade."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [float(f"{step}e{decade}") for decade in decades for step in steps]
    return tuple(tick for tick in ticks if low <= tick <= high)


def _even_ticks(high: float) -> tuple[float, ...]:
    """Return three to five ticks from 0 on."""
    decade = 10.0 ** math.floor(math.log10(high / 2))
    step = next(decade * step for step in (1, 2, 5, 10) if high < 5 * decade * step)
    return tuple(float(f"{step * i:.12g}") for i in range(5) if step * i <= high)


def unit_label(unit: wording.Unit) -> str:
    """Return the expression that says a value in the unit that suits it: 0.0021 is "2.1 ms"; a rate of 10,000 is "10k"."""
    if unit in wording.RATES:
        return "format(datum.value, '~s')"
    expression = "format(datum.value, '.3~r')"
    for scale, name in wording.SCALES[unit]:
        text = f"format(datum.value / {scale!r}, '.3~r') + ' {name}'"
        expression = f"datum.value >= {scale!r} ? {text} : {expression}"
    return expression
