from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from scripts.publish.facts.data import SiteData
from scripts.publish.figures import drawing
from scripts.publish.figures.figures import figure
from scripts.publish.figures.slimming import SVG, slim

NAMES = ("overview-pure", "execution/json", "execution/json/ratios", "web-scatter")
COLOURS = st.sampled_from(["#b45309", "#0f766e", "none"])
PLACES = st.integers(0, 6000).map(lambda hundredths: hundredths / 100)
LOOKS = st.fixed_dictionaries(
    {"fill": COLOURS, "stroke": COLOURS},
    optional={
        "class": st.just("mark"),
        "aria-label": st.just("of a part"),
        "opacity": st.sampled_from(["1", "0.5"]),
        "stroke-width": st.sampled_from(["1", "2.5"]),
        "transform": st.one_of(st.just("translate(0,0)"), st.builds("translate({},{})".format, PLACES, PLACES)),
    },
)


def element(tag: str, attributes: dict[str, str], parts: tuple[ET.Element, ...] = (), text: str | None = None) -> ET.Element:
    """Return an element of SVG."""
    made = ET.Element(f"{{{SVG}}}{tag}", attributes)
    made.extend(parts)
    made.text = text
    return made


def written(looks: dict[str, str], text: str, anchor: str, weight: str) -> ET.Element:
    font = {"font-family": "sans-serif", "font-size": "11px", "text-anchor": anchor, "font-weight": weight}
    return element("text", looks | font, text=text)


LINES = st.builds(lambda looks, x, y: element("line", looks | {"x2": str(x), "y2": str(y)}), LOOKS, PLACES, PLACES)
PATHS = st.builds(lambda looks, x, y: element("path", looks | {"d": f"M{x},{y}h20v5h-20Z"}), LOOKS, PLACES, PLACES)
EMPTY = st.sampled_from(['d="M0,0h50v50h-50Z"', 'd="" display="none"']).map(
    lambda attributes: ET.fromstring(f'<path xmlns="{SVG}" class="background" {attributes}/>')  # noqa: S314  made here
)
TEXTS = st.builds(
    written, LOOKS, st.text("Go 3×<&\"'", max_size=6), st.sampled_from(["start", "end"]), st.sampled_from(["normal", "bold"])
)
GROUPS = st.recursive(
    st.one_of(LINES, PATHS, EMPTY, TEXTS),
    lambda parts: st.builds(
        lambda place, inner: element("g", place, tuple(inner)),
        st.sampled_from([{}, {"class": "root"}, {"transform": "translate(0,0)"}, {"transform": "translate(7.5,0.5)"}]),
        st.lists(parts, max_size=4),
    ),
    max_leaves=12,
)
ROUNDING = 2
"""How much more than half a step a channel may differ: the steps are rounded, and so are the renderer's."""
PICTURES = st.lists(GROUPS, min_size=1, max_size=3).map(
    lambda parts: element("svg", {"width": "60", "height": "60"}, (element("g", {"fill": "none"}, tuple(parts)),))
)


def rendered(root: ET.Element) -> bytes:
    """Return a drawing as a PNG."""
    return bytes(vl_convert.svg_to_png(ET.tostring(root, encoding="unicode"), scale=2))


def apart(one: bytes, other: bytes) -> int:
    """Return by how much two PNGs differ most: in one channel of one pixel, of 255."""
    first, second = (Image.open(io.BytesIO(png)).convert("RGBA") for png in (one, other))
    differing = ImageChops.difference(first, second).histogram()  # of the four channels, behind one another
    return max(place % 256 for place, pixels in enumerate(differing) if pixels)


@settings(deadline=None)
@given(PICTURES)
def test_slimming_changes_no_pixel_of_what_lies_on_hundredths_by_more_than_a_shade(root: ET.Element) -> None:
    before = rendered(root)
    slim(root)
    assert apart(rendered(root), before) <= 256 / drawing.STEPS / 2


@settings(deadline=None)
@given(PICTURES)
def test_packing_changes_no_pixel(root: ET.Element) -> None:
    assert apart(drawing.pack(rendered(root)), rendered(root)) == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_in_few_shades_differs_by_less_than_half_a_step(measured: SiteData, name: str) -> None:
    drawn = drawing.svg(drawing.specification(figure(measured, name), "second"), "")
    assert apart(drawing.png(drawn), bytes(vl_convert.svg_to_png(drawn, scale=2))) <= 256 / drawing.STEPS / 2 + ROUNDING


@pytest.mark.parametrize("name", NAMES)
def test_slimming_a_figure_changes_none_of_its_texts(measured: SiteData, name: str) -> None:
    root = ET.fromstring(vl_convert.vegalite_to_svg(drawing.specification(figure(measured, name), "second")))  # noqa: S314  made here
    before = list(root.itertext())
    slim(root)
    assert list(root.itertext()) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_takes_half_of_what_the_renderer_writes(measured: SiteData, name: str) -> None:
    specification = drawing.specification(figure(measured, name), "second")
    assert len(drawing.svg(specification, "")) <= len(vl_convert.vegalite_to_svg(specification)) / 2


@pytest.mark.parametrize("name", NAMES)
def test_a_figures_pixels_take_a_fifteenth_of_a_byte_each(measured: SiteData, name: str) -> None:
    drawn = drawing.png(drawing.svg(drawing.specification(figure(measured, name), "second"), ""))
    with Image.open(io.BytesIO(drawn)) as image:
        assert len(drawn) <= image.width * image.height / 15


@pytest.mark.parametrize(
    ("renderers", "slimmed"), [("-0.001", "0"), ("-140.128", "-140.13"), ("10.0000", "10"), ("0.5000", "0.5"), ("12.25", "12.25")]
)
def test_a_place_has_two_decimals_at_most(renderers: str, slimmed: str) -> None:
    root = element("svg", {}, (element("rect", {"x": renderers}),))
    slim(root)
    assert root[0].get("x") == slimmed
