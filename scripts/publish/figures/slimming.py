"""What Vega's renderer writes, without what no eye sees: half of each file, and of each page that a figure is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
UNSEEN = {"class", "role", "pointer-events", "version"}
"""Attributes that draw nothing, beside every "aria-..."."""
DEFAULTS = {
    "font-weight": "normal",
    "opacity": "1",
    "stroke-width": "1",
    "text-anchor": "start",
    "transform": "translate(0,0)",
    "x2": "0",
    "y2": "0",
}
"""Attributes that say what holds without them, since no group of the renderer's says otherwise."""
SHARED = ("fill", "stroke", "stroke-width", "text-anchor", "font-size", "font-weight")
"""Attributes that a group hands down to its parts."""
PLACE = re.compile(r"translate\(([^,)]+),([^,)]+)\)")
LONG = re.compile(r"-?\d*\.\d{3,}(?![\de])")
"""A number that says more than a hundredth of a pixel."""
ET.register_namespace("", SVG)


def slim(root: ET.Element) -> None:
    """Take from a drawing what is not seen: roles, classes, defaults, empty parts, and places finer than 0.01 pixels.

    Texts, and the order in which things are painted, stay as they are.
    """
    for element in root.iter():
        _lighten(element)
    # One font for all texts, named once.
    for text in root.iter(f"{{{SVG}}}text"):
        root.set("font-family", text.attrib.pop("font-family"))
    root[:] = [seen for child in root for seen in _seen(child)]


def _lighten(element: ET.Element) -> None:
    """Drop the attributes that change nothing, and digits beyond a hundredth of a pixel."""
    kept = {
        name: LONG.sub(_short, value)
        for name, value in element.attrib.items()
        if name not in UNSEEN and not name.startswith("aria-") and DEFAULTS.get(name) != value
    }
    if element.tag == f"{{{SVG}}}text" and (place := PLACE.fullmatch(kept.get("transform", ""))):
        del kept["transform"]
        kept |= {"x": place[1], "y": place[2]}
    element.attrib.clear()
    element.attrib.update(kept)


def _short(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _seen(element: ET.Element) -> Iterator[ET.Element]:
    """Yield what is painted of an element: itself, its parts where it is a group that says nothing of them, or nothing."""
    if element.tag != f"{{{SVG}}}g":
        if element.tag != f"{{{SVG}}}path" or {"fill", "stroke"} & element.attrib.keys():
            yield element
        return
    parts = [part for child in element for part in _seen(child)]
    if len(parts) > 1:
        _share(element, parts)
    if not element.attrib:
        yield from parts
    elif parts:
        element[:] = parts
        yield element


def _share(group: ET.Element, parts: list[ET.Element]) -> None:
    """Say once, in the group, what all of its parts say."""
    for name in SHARED:
        values = {part.get(name) for part in parts}
        value = values.pop()
        if value and not values:
            group.set(name, value)
            for part in parts:
                del part.attrib[name]
