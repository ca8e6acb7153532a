"""Figures of points -> Vega-Lite: two log axes, marks with whiskers, and names in a column beside them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from bench.analyse.records import Interval
from scripts.publish.facts.points import Plane, Point
from scripts.publish.figures.canvas import COLOURS, EDGE, SHAPES, WIDTH, Frame, Text, framed
from scripts.publish.figures.figures import Figure
from scripts.publish.figures.marks import Axis, Style, decade_ticks, unit_label
from scripts.publish.style import palette
from scripts.publish.style.wording import NOT_MEASURED, Unit

LEFT, HEIGHT = 48, 260
LABELS = 132
"""Pixels beside the plot, for the servers' names."""
TOP = 22
"""Pixels of the plot that are the vertical axis' title's."""
LABEL_LINE = 13
REACH = 9
"""Pixels between the plot and the names, that the thin lines cross."""
ROOM = 1.4
"""Factor by which an axis exceeds what it shows."""


@dataclass(frozen=True)
class Spot:
    """A point in pixels, from the plot's upper left corner."""

    name: str
    style: Style
    x: float
    y: float


def specification(figure: Figure, plane: Plane) -> dict[str, Any]:
    """Return the Vega-Lite specification of a figure of points, with its data."""
    points = [point for point in figure.points if point.reason is None]
    frame = Frame(LEFT, WIDTH - LEFT - LABELS, HEIGHT)
    across = _axis([point.x for point in points], plane.x_unit, plane.x_title)
    up = _lowered(_axis([point.y for point in points], plane.y_unit, plane.y_title, plane.limit))
    spots = [_spot(point, across, up, frame) for point in points]
    texts = [Text(plane.y_title, -LEFT + EDGE, 6, palette.MUTED)]
    leaders: list[tuple[Spot, float]] = []
    if points:
        leaders = _beside(_ends(spots))
        texts += [Text(spot.name, frame.width + REACH + 4, y, COLOURS[spot.style]) for spot, y in leaders]
    else:
        texts.append(Text(NOT_MEASURED, frame.width / 2 - 30, HEIGHT / 2, palette.MUTED))
    layers = [
        _behind_title(frame),
        *_limit(plane, up),
        *(_lines(points, plane, across, up) if plane.joined else ()),
        *(_leader(spot, y, frame) for spot, y in leaders),
        *_marks(points, plane, across, up),
    ]
    return framed(figure, frame, layers, texts)


def _axis(values: Sequence[tuple[float, Interval]], unit: Unit, title: str, limit: float | None = None) -> Axis:
    """Return a log axis that shows every interval and the limit, with some room on either side."""
    also = [] if limit is None else [limit]
    low = min([*(interval.low for _, interval in values), *also], default=1.0) / ROOM
    high = max([*(interval.high for _, interval in values), *also], default=10.0) * ROOM
    steps = (1,) if high > 100 * low else (1, 3) if high > 10 * low else (1, 2, 5)
    return Axis(low, high, logarithmic=True, ticks=decade_ticks(low, high, steps), label=unit_label(unit), title=title)


def _lowered(axis: Axis) -> Axis:
    """Return a vertical axis with room for its title above what it shows."""
    return replace(axis, high=axis.high * (axis.high / axis.low) ** (TOP / (HEIGHT - TOP)))


def _spot(point: Point, across: Axis, up: Axis, frame: Frame) -> Spot:
    x, y = frame.width * _share(point.x[0], across), HEIGHT * (1 - _share(point.y[0], up))
    return Spot(point.server.title, point.server.language, x, y)


def _share(value: float, axis: Axis) -> float:
    return math.log(value / axis.low) / math.log(axis.high / axis.low)


def _hollow(point: Point) -> bool:
    return point.server.tier == "native-library"


def _ends(spots: Sequence[Spot]) -> list[Spot]:
    """Return each server's last point, which its name is joined to."""
    return list({spot.name: spot for spot in spots}.values())


def _beside(ends: Sequence[Spot]) -> list[tuple[Spot, float]]:
    """Return each end with the height of its name in a column: its own, as near as the other names leave it."""
    ordered = sorted(ends, key=lambda spot: (spot.y, -spot.x))  # so that few of the thin lines cross
    heights = [spot.y for spot in ordered]
    for i in range(1, len(heights)):
        heights[i] = max(heights[i], heights[i - 1] + LABEL_LINE)
    heights[-1] = min(heights[-1], HEIGHT - 2.0)
    for i in range(len(heights) - 2, -1, -1):
        heights[i] = min(heights[i], heights[i + 1] - LABEL_LINE)
    return list(zip(ordered, heights, strict=True))


def _behind_title(frame: Frame) -> alt.Chart:
    """Break the grid where the vertical axis' title runs across it."""
    paper = alt.Chart(alt.Data(values=[{}])).mark_rect(color=palette.PAPER, opacity=1)
    broken: alt.Chart = paper.encode(x=alt.XValue(1), x2=alt.X2Value(frame.width), y=alt.YValue(0), y2=alt.Y2Value(TOP - 8))
    return broken


def _limit(plane: Plane, up: Axis) -> list[alt.Chart]:
    if plane.limit is None:
        return []
    mark = alt.Chart(alt.Data(values=[{"limit": plane.limit}])).mark_rule(color=palette.MUTED, strokeWidth=1.5, strokeDash=[5, 4])
    return [mark.encode(y=_y("limit", up))]


def _leader(spot: Spot, y: float, frame: Frame) -> alt.Chart:
    """Return the thin line from a server's last mark to its name."""
    mark = alt.Chart(alt.Data(values=[{}])).mark_rule(color=COLOURS[spot.style], strokeWidth=0.75)
    leader: alt.Chart = mark.encode(
        x=alt.XValue(round(spot.x, 2)),
        x2=alt.X2Value(frame.width + REACH),
        y=alt.YValue(round(spot.y, 2)),
        y2=alt.Y2Value(round(y, 2)),
    )
    return leader


def _lines(points: Sequence[Point], plane: Plane, across: Axis, up: Axis) -> Iterator[alt.Chart]:
    servers = {point.server.name: point.server for point in points}
    for name, server in servers.items():
        own = [point for point in points if point.server.name == name]
        values = [{"server": server.title, plane.x: point.x[0], plane.y: point.y[0]} for point in own]
        mark = alt.Chart(alt.Data(values=values)).mark_line(color=COLOURS[server.language], strokeWidth=1.5)
        yield mark.encode(x=_x(plane.x, across), y=_y(plane.y, up))


def _marks(points: Sequence[Point], plane: Plane, across: Axis, up: Axis) -> Iterator[alt.LayerChart]:
    """Yield whiskers and marks of each style, over the same data; an empty style draws the axes of a figure without points."""
    x, y = _x(plane.x, across), _y(plane.y, up)
    styled: dict[tuple[Style, bool], list[dict[str, Any]]] = {}
    for point in points:
        styled.setdefault((point.server.language, _hollow(point)), []).append(_record(point, plane))
    if not styled:
        styled["neither", False] = []
    for (style, hollow), records in styled.items():
        colour = COLOURS[style]
        fill = palette.PAPER if hollow else colour
        rule = alt.Chart().mark_rule(color=colour, strokeWidth=2)
        layers = [rule.encode(x=x, y=_y("low", up), y2=alt.Y2(field="high"))]
        if not plane.joined:
            layers.append(rule.encode(x=_x("left", across), x2=alt.X2(field="right"), y=y))
        mark = alt.Chart().mark_point(shape=SHAPES[style], size=45, strokeWidth=2, stroke=colour, fill=fill, opacity=1)
        yield alt.LayerChart(data=alt.Data(values=records), layer=[*layers, mark.encode(x=x, y=y)])


def _record(point: Point, plane: Plane) -> dict[str, Any]:
    (x, width), (y, height) = point.x, point.y
    ends = {"left": width.low, "right": width.high, "low": height.low, "high": height.high}
    return {"server": point.server.title, "mark": point.mark, plane.x: x, plane.y: y} | ends


def _x(field: str, axis: Axis) -> alt.X:
    drawn = alt.Axis(title=axis.title, values=axis.ticks, labelExpr=axis.label)
    scale = alt.Scale(type="log", domain=[axis.low, axis.high], nice=False)
    return alt.X(field=field, type="quantitative", scale=scale, axis=drawn)


def _y(field: str, axis: Axis) -> alt.Y:
    drawn = alt.Axis(title=None, domain=False, values=axis.ticks, labelExpr=axis.label)
    scale = alt.Scale(type="log", domain=[axis.low, axis.high], nice=False)
    return alt.Y(field=field, type="quantitative", scale=scale, axis=drawn)
