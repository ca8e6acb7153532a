"""The figures' colours. `docs/assets/site.css` defines the same names for both palettes; an SVG carries these as fallbacks."""

from __future__ import annotations

import re

LIGHT = {
    "figure-python": "#b45309",
    "figure-go": "#0f766e",
    "figure-neither": "#5c6672",
    "figure-text": "#1f2730",
    "figure-muted": "#55606d",
    "figure-grid": "#dde2e8",
    "figure-paper": "#ffffff",
}
DARK = {
    "figure-python": "#fbb040",
    "figure-go": "#2dd4bf",
    "figure-neither": "#a8b0bc",
    "figure-text": "#e6e9ee",
    "figure-muted": "#aab3bf",
    "figure-grid": "#3a4150",
    "figure-paper": "#1e2129",
}
PYTHON, GO, NEITHER = LIGHT["figure-python"], LIGHT["figure-go"], LIGHT["figure-neither"]
TEXT, MUTED, GRID, PAPER = LIGHT["figure-text"], LIGHT["figure-muted"], LIGHT["figure-grid"], LIGHT["figure-paper"]

_NAMES = {colour: name for name, colour in LIGHT.items()}
_TAG = re.compile("<[^>]*>")
_COLOUR = re.compile(rf'(?<= )(fill|stroke)="({"|".join(_NAMES)})"', re.IGNORECASE)


def follow_the_page(svg: str) -> str:
    """Replace the colours of a standalone SVG by the page's variables, with the colour as each one's fallback."""
    return _TAG.sub(lambda tag: _COLOUR.sub(_variable, tag[0]), svg)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two "#rrggbb" colours (WCAG 2.2, "contrast ratio" and "relative luminance")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _variable(attribute: re.Match[str]) -> str:
    colour = attribute[2].lower()
    return f'{attribute[1]}="var(--{_NAMES[colour]}, {colour})"'


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
