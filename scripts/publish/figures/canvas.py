"""What all drawings share: sizes, texts at their places, the frame with title and notes, and the configuration of Vega-Lite."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from scripts.publish.figures.figures import Figure
from scripts.publish.figures.marks import Style
from scripts.publish.style import palette
from scripts.publish.style.escape import plain

WIDTH = 360
"""So that a figure is read on a phone at its own size."""
EDGE = 4
FONT = "sans-serif"
TITLE_COLUMNS, NOTE_COLUMNS = 42, 58
TITLE_LINE, NOTE_LINE = 17, 14
BELOW_AXIS = 52
COLOURS: dict[Style, str] = {"python": palette.PYTHON, "go": palette.GO, "neither": palette.NEITHER}
SHAPES: dict[Style, str] = {"python": "circle", "go": "diamond", "neither": "square"}
Align = Literal["left", "right"]
Weight = Literal["normal", "bold"]


@dataclass(frozen=True)
class Text:
    """A text beside the plot or in it, in pixels from the plot's upper left corner."""

    text: str
    x: float
    y: float
    colour: str = palette.TEXT
    align: Align = "left"
    weight: Weight = "normal"


@dataclass(frozen=True)
class Frame:
    """The plot within a drawing, in pixels: what is left of it, its width and its height."""

    left: int
    width: int
    height: int


def framed(figure: Figure, frame: Frame, layers: Sequence[alt.Chart | alt.LayerChart], texts: Sequence[Text]) -> dict[str, Any]:
    """Return the specification of a drawing of the figure: its layers, the texts over them, its title and its notes."""
    title = textwrap.wrap(plain(figure.title), TITLE_COLUMNS)
    notes = _notes(figure)
    beneath = [
        Text(note, -frame.left + EDGE, frame.height + BELOW_AXIS + i * NOTE_LINE, palette.MUTED) for i, note in enumerate(notes)
    ]
    chart = alt.LayerChart(
        layer=[*layers, *_written([*texts, *beneath])],
        config=_configuration(),
        width=frame.width,
        height=frame.height,
        autosize=alt.AutoSizeParams(type="none"),
        padding={
            "left": frame.left,
            "right": WIDTH - frame.left - frame.width,
            "top": len(title) * TITLE_LINE + 30,
            "bottom": BELOW_AXIS + len(notes) * NOTE_LINE,
        },
        title=alt.TitleParams(text=title, subtitle=f"{figure.direction}.", anchor="start", frame="bounds", offset=10),
    )
    return dict(chart.to_dict(validate=False))


def _notes(figure: Figure) -> list[str]:
    texts = (figure.key, figure.sample and f"{figure.sample}.", *(f"{source}." for source in figure.source))
    return [line for text in texts for line in textwrap.wrap(text, NOTE_COLUMNS)]


def _written(texts: Iterable[Text]) -> Iterator[alt.Chart]:
    """Return one layer for each kind of text, each text at its own place."""
    kinds: dict[tuple[str, Align, Weight], list[dict[str, Any]]] = {}
    for text in texts:
        record = {"text": plain(text.text), "x": round(text.x, 2), "y": round(text.y, 2)}
        kinds.setdefault((text.colour, text.align, text.weight), []).append(record)
    for (colour, align, weight), records in kinds.items():
        mark = alt.Chart(alt.Data(values=records)).mark_text(
            align=align,
            baseline="middle",
            color=colour,
            fontSize=11 if colour == palette.MUTED else 12,
            fontWeight=weight,
            x=alt.ExprRef("datum.x"),
            y=alt.ExprRef("datum.y"),
        )
        yield mark.encode(text=alt.Text(field="text", type="nominal"))


def _configuration() -> alt.Config:
    return alt.Config(
        aria=False,
        background=palette.PAPER,
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(
            color=palette.TEXT,
            fontSize=14,
            subtitleColor=palette.MUTED,
            subtitleFontSize=12,
            lineHeight=TITLE_LINE,
            subtitlePadding=4,
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
