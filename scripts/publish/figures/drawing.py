"""Marks -> Vega-Lite -> SVG. Every place is computed here, so that the same data gives the same bytes and the same width."""

from __future__ import annotations

import functools
import io
import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import oxipng
import vl_convert
from PIL import Image, ImageColor

from scripts.publish.figures import planes
from scripts.publish.figures.canvas import COLOURS, EDGE, SHAPES, WIDTH, Frame, Text, framed
from scripts.publish.figures.figures import Figure
from scripts.publish.figures.marks import Axis, Line, Style, lines_of, ratio_axis, value_axis
from scripts.publish.figures.slimming import slim
from scripts.publish.style import palette, wording
from scripts.publish.style.escape import plain

LEFT, PLOT = 140, 158
DEFLATION = oxipng.Deflaters.libdeflater(9)
"""How hard a PNG is packed. oxipng's own level 1 takes three times as long and saves 3 % more; its level 2 takes eight times."""

STEPS = 2
"""Shades of an ink, itself included. The renderer uses a dozen, and at twice the size two look the same."""


def specification(figure: Figure, unit: wording.Unit) -> dict[str, Any]:
    """Return the Vega-Lite specification of a figure, with its data."""
    if figure.plane:
        return planes.specification(figure, figure.plane)
    lines = lines_of(figure, unit)
    axis = ratio_axis(lines, figure.comparative) if figure.comparative else value_axis(lines, unit)
    side_line = 20 if figure.comparative else 0
    tops = list(accumulate((_height(line) for line in lines), initial=side_line))
    frame = Frame(LEFT, PLOT, tops[-1] + 4)
    texts = [*(_sides(axis, figure.comparative) if figure.comparative else ()), *_labels(lines, tops)]
    layers: list[alt.Chart | alt.LayerChart] = [
        *([_line_at_one(axis)] if figure.comparative else []),
        *_beneath_headings(lines, tops),
        *_dots(lines, tops, axis, frame.height),
    ]
    return framed(figure, frame, layers, texts)


def svg(drawing: dict[str, Any], label: str) -> str:
    """Draw a specification as a standalone SVG: an image with the given label, without roles and labels of its parts."""
    root = ET.fromstring(vl_convert.vegalite_to_svg(drawing))  # noqa: S314  the renderer wrote it
    slim(root)
    root.attrib = {"role": "img", "aria-label": plain(label), **root.attrib}
    return ET.tostring(root, encoding="unicode") + "\n"


def png(drawn: str) -> bytes:
    """Draw a standalone SVG at twice its size, in few shades, and packed without loss."""
    with Image.open(io.BytesIO(vl_convert.svg_to_png(drawn, scale=2))) as rendered:
        few = rendered.convert("RGB").quantize(palette=_shades(_inks(drawn)), dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG")
    return pack(written.getvalue())


def pack(drawn: bytes) -> bytes:
    """Pack a PNG without loss."""
    return oxipng.optimize_from_memory(drawn, filter=oxipng.FilterStrategy.none, deflate=DEFLATION)


def _inks(drawn: str) -> tuple[str, ...]:
    """Return the colours of the palette that are in a drawing, but for the paper's."""
    return tuple(colour for colour in palette.LIGHT.values() if colour != palette.PAPER and colour in drawn)


@functools.cache
def _shades(inks: tuple[str, ...]) -> Image.Image:
    """Return the colours of a drawing: paper, and each ink in as many steps from it as the edges of letters need."""
    paper = ImageColor.getrgb(palette.PAPER)[:3]
    colours = [paper] + [
        tuple(round(light + (dark - light) * step / STEPS) for light, dark in zip(paper, ImageColor.getrgb(ink)[:3], strict=True))
        for ink in inks
        for step in range(1, STEPS + 1)
    ]
    of_palette = Image.new("P", (1, 1))
    of_palette.putpalette([channel for colour in (colours * 256)[:256] for channel in colour])
    return of_palette


def _height(line: Line) -> int:
    if line.heading:
        return 26
    return 34 if line.detail else 22


def _labels(lines: Sequence[Line], tops: Sequence[int]) -> Iterator[Text]:
    for line, top in zip(lines, tops, strict=False):
        middle = top + _height(line) / 2
        if line.heading:
            yield Text(line.label, -LEFT + EDGE, middle + 3, weight="bold")
            continue
        yield Text(line.label, -LEFT + EDGE, middle - (7 if line.detail else 0))
        if line.detail:
            yield Text(line.detail, -LEFT + EDGE, middle + 7, palette.MUTED)
        if line.dot:
            yield Text(line.dot.text, WIDTH - LEFT - EDGE, middle, align="right")
        else:
            yield Text(line.remark, WIDTH - LEFT - EDGE, middle, palette.MUTED, align="right")


def _sides(axis: Axis, word: str) -> Iterator[Text]:
    """Say at the top of the line at 1 which side is whose."""
    place = PLOT * math.log(1 / axis.low) / math.log(axis.high / axis.low)
    yield Text(f"← Python {word}", place - 6, 8, palette.PYTHON, "right", "bold")
    yield Text(f"Go {word} →", place + 6, 8, palette.GO, "left", "bold")


def _dots(lines: Sequence[Line], tops: Sequence[int], axis: Axis, height: int) -> list[alt.LayerChart]:
    """Return whiskers and dots of each style, over the same data; an empty style draws the axis of a figure without dots."""
    across = _scale(axis)
    ends = alt.X(field="low", type="quantitative", scale=across)
    axis_once = alt.Axis(title=axis.title or None, values=axis.ticks, labelExpr=axis.label)
    y = alt.Y(field="y", type="quantitative", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))
    styled: dict[tuple[Style, bool], list[dict[str, Any]]] = {}
    for line, top in zip(lines, tops, strict=False):
        if line.dot:
            dot = line.dot
            record = {"label": line.label, "detail": line.detail, "value": dot.value, "low": dot.low, "high": dot.high}
            styled.setdefault((dot.style, dot.hollow), []).append(record | {"y": top + _height(line) / 2})
    layers: list[alt.LayerChart] = []
    if not styled:
        styled["neither", False] = []
    for (style, hollow), records in styled.items():
        colour = COLOURS[style]
        fill = palette.PAPER if hollow else colour
        x = ends if layers else ends.axis(axis_once)
        whisker = alt.Chart().mark_rule(color=colour, strokeWidth=2.5).encode(x=x, x2=alt.X2(field="high"), y=y)
        mark = alt.Chart().mark_point(shape=SHAPES[style], size=70, strokeWidth=2, stroke=colour, fill=fill, opacity=1)
        dots = mark.encode(x=alt.X(field="value", type="quantitative", scale=across), y=y)
        layers.append(alt.LayerChart(data=alt.Data(values=records), layer=[whisker, dots]))
    return layers


def _scale(axis: Axis) -> alt.Scale:
    return alt.Scale(type="log" if axis.logarithmic else "linear", domain=[axis.low, axis.high], nice=False)


def _line_at_one(axis: Axis) -> alt.Chart:
    mark = alt.Chart(alt.Data(values=[{"one": 1}])).mark_rule(color=palette.MUTED, strokeWidth=1.5)
    line: alt.Chart = mark.encode(x=alt.X(field="one", type="quantitative", scale=_scale(axis)))
    return line


def _beneath_headings(lines: Sequence[Line], tops: Sequence[int]) -> Iterator[alt.Chart]:
    """Break the vertical lines where a heading runs across them."""
    for line, top in zip(lines, tops, strict=False):
        if line.heading:
            paper = alt.Chart(alt.Data(values=[{}])).mark_rect(color=palette.PAPER, opacity=1)
            low, high = alt.YValue(top + 4), alt.Y2Value(top + _height(line))
            yield paper.encode(x=alt.XValue(-LEFT + EDGE), x2=alt.X2Value(PLOT), y=low, y2=high)
