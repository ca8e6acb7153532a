"""Marks -> Vega-Lite -> SVG. Every place is computed here, so that the same data gives the same bytes and the same width."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import altair as alt
import vl_convert

from scripts.publish import palette, wording
from scripts.publish.figures import Figure
from scripts.publish.marks import Axis, Line, Style, lines_of, ratio_axis, value_axis
from scripts.publish.rows import RatioRow

WIDTH = 360
"""So that a figure is read on a phone at its own size."""
LEFT, PLOT = 140, 158
FONT = "sans-serif"
TITLE_COLUMNS, NOTE_COLUMNS = 48, 60
TITLE_LINE, NOTE_LINE = 17, 14
BELOW_AXIS = 52
COLOURS: dict[Style, str] = {"python": palette.PYTHON, "go": palette.GO, "neither": palette.NEITHER}
SHAPES: dict[Style, str] = {"python": "circle", "go": "diamond", "neither": "square"}


def specification(figure: Figure, unit: wording.Unit) -> dict[str, Any]:
    """Return the Vega-Lite specification of a figure, with its data."""
    lines = lines_of(figure, unit)
    ratios = all(isinstance(row, RatioRow) for row in figure.rows)
    axis = ratio_axis(lines) if ratios else value_axis(lines, unit)
    title = textwrap.wrap(figure.title, TITLE_COLUMNS)
    notes = _notes(figure)
    side_line = 20 if ratios else 0
    bottoms = list(accumulate((_height(line) for line in lines), initial=side_line))
    height = bottoms[-1] + 4
    layers = [
        *([_line_at_one(axis), *_sides(axis)] if ratios else []),
        *_labels(lines, bottoms),
        *_dots(lines, bottoms, axis, height),
        *(_text(note, -LEFT + 4, height + BELOW_AXIS + i * NOTE_LINE, palette.MUTED) for i, note in enumerate(notes)),
    ]
    chart = alt.layer(*layers).properties(
        width=PLOT,
        height=height,
        autosize=alt.AutoSizeParams(type="none"),
        padding={
            "left": LEFT,
            "right": WIDTH - LEFT - PLOT,
            "top": len(title) * TITLE_LINE + 30,
            "bottom": BELOW_AXIS + len(notes) * NOTE_LINE,
        },
        title=alt.TitleParams(
            text=title, subtitle=f"{figure.direction}.", anchor="start", frame="bounds", dx=-LEFT + 4 + LEFT, offset=10
        ),
    )
    return _configured(chart).to_dict(validate=False)


def svg(drawing: dict[str, Any], label: str) -> str:
    """Draw a specification as a standalone SVG: an image with the given label, without roles and labels of its parts."""
    drawn = str(vl_convert.vegalite_to_svg(drawing))
    plain = re.sub(r' (?:role|aria-[a-z]+|pointer-events)="[^"]*"', "", drawn)
    return plain.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1) + "\n"


def png(drawn: str) -> bytes:
    """Draw a standalone SVG at twice its size."""
    return bytes(vl_convert.svg_to_png(drawn, scale=2))


def _notes(figure: Figure) -> list[str]:
    texts = (figure.key, figure.sample and f"{figure.sample}.", *(f"{source}." for source in figure.source))
    return [line for text in texts for line in textwrap.wrap(text, NOTE_COLUMNS)]


def _height(line: Line) -> int:
    if line.heading:
        return 26
    return 34 if line.detail else 22


def _labels(lines: Sequence[Line], tops: Sequence[int]) -> list[alt.Chart]:
    layers = []
    for line, top in zip(lines, tops, strict=False):
        middle = top + _height(line) / 2
        if line.heading:
            layers.append(_text(line.label, -LEFT + 4, middle + 3, palette.TEXT, weight="bold"))
            continue
        layers.append(_text(line.label, -LEFT + 4, middle - (7 if line.detail else 0), palette.TEXT))
        if line.detail:
            layers.append(_text(line.detail, -LEFT + 4, middle + 7, palette.MUTED))
        if line.dot:
            layers.append(_text(line.dot.text, WIDTH - LEFT - 4, middle, palette.TEXT, align="right"))
        else:
            layers.append(_text(line.remark, 4, middle, palette.MUTED, limit=WIDTH - LEFT - 8))
    return layers


def _dots(lines: Sequence[Line], tops: Sequence[int], axis: Axis, height: int) -> list[alt.Chart]:
    """Return one layer of whiskers and one of dots for each style; an empty one draws the axis of a figure without dots."""
    x = alt.X(
        "low:Q",
        scale=alt.Scale(type="log" if axis.logarithmic else "linear", domain=[axis.low, axis.high], nice=False),
        axis=alt.Axis(title=axis.title or None, values=axis.ticks, labelExpr=axis.label, tickCount=4),
    )
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))
    styled: dict[tuple[Style, bool], list[dict[str, Any]]] = {}
    for line, top in zip(lines, tops, strict=False):
        if line.dot:
            dot = line.dot
            record = {"label": line.label, "detail": line.detail, "value": dot.value, "low": dot.low, "high": dot.high}
            styled.setdefault((dot.style, dot.hollow), []).append(record | {"y": top + _height(line) / 2})
    layers = []
    for (style, hollow), records in styled.items() or [(("neither", False), [])]:
        base = alt.Chart(alt.Data(values=records))
        colour = COLOURS[style]
        layers.append(base.mark_rule(color=colour, strokeWidth=2.5, opacity=1).encode(x=x, x2="high:Q", y=y))
        mark = base.mark_point(
            shape=SHAPES[style], size=70, strokeWidth=2, stroke=colour, fill=palette.PAPER if hollow else colour, opacity=1
        )
        layers.append(mark.encode(x=alt.X("value:Q"), y=y))
    return layers


def _line_at_one(axis: Axis) -> alt.Chart:
    one = alt.Chart(alt.Data(values=[{"one": 1}]))
    return one.mark_rule(color=palette.MUTED, strokeWidth=1.5).encode(
        x=alt.X("one:Q", scale=alt.Scale(type="log", domain=[axis.low, axis.high], nice=False))
    )


def _sides(axis: Axis) -> list[alt.Chart]:
    """Say at the top of the line at 1 which side is whose."""
    place = PLOT * _share(1.0, axis)
    return [
        _text("← Python faster", place - 6, 8, palette.PYTHON, align="right", weight="bold"),
        _text("Go faster →", place + 6, 8, palette.GO, weight="bold"),
    ]


def _share(value: float, axis: Axis) -> float:
    from math import log

    return log(value / axis.low) / log(axis.high / axis.low)


def _text(
    text: str, x: float, y: float, colour: str, *, align: str = "left", weight: str = "normal", limit: int = 0
) -> alt.Chart:
    chart = alt.Chart(alt.Data(values=[{"text": text}]))
    mark = chart.mark_text(
        align=align, baseline="middle", color=colour, fontSize=12 if colour == palette.TEXT else 11, fontWeight=weight, limit=limit
    )
    return mark.encode(text="text:N", x=alt.value(round(x, 2)), y=alt.value(round(y, 2)))


def _configured(chart: alt.LayerChart) -> alt.LayerChart:
    return chart.configure(
        aria=False,
        background=palette.PAPER,
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(
            color=palette.TEXT, fontSize=14, subtitleColor=palette.MUTED, subtitleFontSize=12, lineHeight=TITLE_LINE, subtitlePadding=4
        ),
        axis=alt.AxisConfig(
            domainColor=palette.MUTED,
            gridColor=palette.GRID,
            tickColor=palette.MUTED,
            labelColor=palette.TEXT,
            labelFontSize=11,
            titleColor=palette.MUTED,
            titleFontSize=11,
            titleFontWeight="normal",
        ),
    )
