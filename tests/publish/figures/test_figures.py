from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from scripts.publish.facts.data import SiteData, load
from scripts.publish.facts.rows import RatioRow
from scripts.publish.figures import drawing
from scripts.publish.figures.figures import PANELS, figure
from scripts.publish.figures.marks import lines_of
from scripts.publish.style import escape, palette, wording
from tests import synthetic
from tests.publish import made
from tests.publish.figures.layers import layers

NAMES = ("overview", "overview-pure", "execution", "execution/json", "execution/json/ratios")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(site: SiteData, name: str) -> str:
    shown = figure(site, name)
    return drawing.svg(drawing.specification(shown, "second"), shown.label)


def marks(specification: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the marks of a kind among the layers of a specification."""
    return [layer["mark"] for layer in layers(specification, kind)]


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_an_image_whose_label_is_the_figures(measured: SiteData, name: str) -> None:
    root = ET.fromstring(drawn(measured, name))  # noqa: S314  made two lines above
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure(measured, name).label


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_drawing_has_a_role_or_label_of_its_own(measured: SiteData, name: str) -> None:
    root = ET.fromstring(drawn(measured, name))  # noqa: S314  made two lines above
    named = [element for element in root.iter() if element is not root and (element.get("role") or element.get("aria-label"))]
    assert named == []


def test_the_label_of_the_overview_states_every_result(measured: SiteData) -> None:
    label = figure(measured, "overview").label
    for benchmark in (benchmark for benchmark in measured.catalog.benchmarks if benchmark.overview):
        assert benchmark.title in label
        assert wording.result(measured.ratio(benchmark.id), benchmark.unit) in label


def test_the_panels_of_the_overview_have_every_line_once(measured: SiteData) -> None:
    def lines(name: str) -> list[tuple[str, str, str]]:
        return [(row.benchmark.id, row.python, row.go) for row in figure(measured, name).rows if isinstance(row, RatioRow)]

    assert sorted(line for panel in PANELS for line in lines(panel)) == sorted(lines("overview"))


def test_a_panel_of_the_overview_is_grouped_by_page(measured: SiteData) -> None:
    figures = figure(measured, "overview-pure")
    headings = [line.label for line in lines_of(figures, "second") if line.heading]
    groups = dict.fromkeys(row.benchmark.group for row in figures.rows if isinstance(row, RatioRow))
    assert headings == [f"{group[0].upper()}{group[1:]}".replace("-", " ") for group in groups]


def test_titles_fit_beside_the_plot(measured: SiteData) -> None:
    assert [benchmark.title for benchmark in measured.catalog.benchmarks if len(benchmark.title) > 24] == []


def test_sizes_are_called_smaller_and_a_mixed_figure_says_who_is_ahead(measured: SiteData) -> None:
    sizes, mixed = figure(measured, "execution/deployed-size/ratios"), figure(measured, "cold-start-and-build")
    assert (sizes.comparative, mixed.comparative) == ("smaller", "ahead")


def test_the_label_of_a_benchmark_states_every_programs_time(measured: SiteData) -> None:
    label = figure(measured, "execution/json").label
    estimates = measured.published["execution/json"].estimate.programs.values()
    assert [e.program for e in estimates if wording.measured_value(e, "second") not in label] == []


def test_the_label_states_direction_sample_machine_and_run(measured: SiteData) -> None:
    label = figure(measured, "execution/json").label
    for text in (
        "Lower is better",
        f"n = {made.PAIRS} invocations",
        "Example CPU",
        "CPython 3.14.10",
        "Go 1.27.3",
        synthetic.run().id,
    ):
        assert text in label


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_says_what_its_label_says_of_sample_and_direction(measured: SiteData, name: str) -> None:
    shown = figure(measured, name)
    text = " ".join(ET.fromstring(drawn(measured, name)).itertext())  # noqa: S314  made here
    assert shown.sample in text
    assert shown.direction in text


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_holds_no_script_no_link_and_no_identifier(measured: SiteData, name: str) -> None:
    assert not re.search(r"<script|<a |href=|<style| id=", drawn(measured, name))


@pytest.mark.parametrize("name", NAMES)
def test_drawing_twice_gives_the_same_bytes(measured: SiteData, name: str) -> None:
    assert drawn(measured, name) == drawn(measured, name)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_drawing_is_smaller_than_eleven_pixels(measured: SiteData, name: str) -> None:
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn(measured, name))]
    assert min(sizes) >= 11


@pytest.mark.parametrize("name", NAMES)
def test_on_the_page_every_colour_is_a_variable_with_a_fallback(measured: SiteData, name: str) -> None:
    svg = palette.follow_the_page(drawn(measured, name))
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none"}
    assert [colour for colour in colours if not re.fullmatch(r"var\(--figure-[a-z]+, #[0-9a-f]{6}\)", colour)] == []


def test_ratios_are_never_drawn_as_bars(measured: SiteData) -> None:
    assert marks(drawing.specification(figure(measured, "overview"), "second"), "bar") == []


def test_python_is_a_circle_and_go_a_diamond(measured: SiteData) -> None:
    points = marks(drawing.specification(figure(measured, "execution/json"), "second"), "point")
    assert {(mark["shape"], mark["stroke"]) for mark in points} == {("circle", palette.PYTHON), ("diamond", palette.GO)}


def test_only_the_native_library_is_hollow(measured: SiteData) -> None:
    specification = drawing.specification(figure(measured, "execution/json"), "second")
    hollow = [
        record["label"]
        for layer in layers(specification, "point")
        if layer["mark"]["fill"] == palette.PAPER
        for record in layer["data"]["values"]
    ]
    assert set(hollow) == {"Python, native library", "Msgspec"}


def test_values_within_a_factor_of_ten_start_at_zero(measured: SiteData) -> None:
    specification = drawing.specification(figure(measured, "execution/json"), "second")
    scale = layers(specification, "rule")[0]["encoding"]["x"]["scale"]
    assert scale["type"] == "linear"
    assert scale["domain"][0] == 0


def test_values_over_more_than_a_factor_of_ten_have_a_log_axis(measured: SiteData) -> None:
    specification = drawing.specification(figure(measured, "execution/n-body"), "second")
    scale = layers(specification, "rule")[0]["encoding"]["x"]["scale"]
    assert scale["type"] == "log"


def test_without_results_every_line_says_so(empty: SiteData) -> None:
    text = " ".join(ET.fromstring(drawn(empty, "overview")).itertext())  # noqa: S314  made here
    assert text.count("not measured") == len(figure(empty, "overview").rows)


def test_what_may_not_be_published_is_not_drawn(results: Path) -> None:
    slow = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.6)),))
    made.save(results, slow, (made.CATALOG.benchmark("execution/n-body"),))
    site = load(made.ROOT, results)
    specification = drawing.specification(figure(site, "execution/n-body/ratios"), "second")
    assert [layer["data"]["values"] for layer in layers(specification, "point")] == [[]]
    assert "not publishable" in drawn(site, "execution/n-body/ratios")


# --- A processor with a hostile name ---


@pytest.fixture(params=['<script>x</script> role="</text> #0f766e fill="#0f766e" &lt;', "a\nb\x00\x07\ufffe\u2028 {{ 7*7 }}"])
def processor(request: pytest.FixtureRequest) -> str:
    """What the processor says it is."""
    return str(request.param)


@pytest.fixture
def hostile(results: Path, processor: str) -> str:
    """The drawing of a benchmark that was measured on that processor."""
    run = synthetic.run(machine=synthetic.machine(cpu=processor))
    made.save(results, run, (made.CATALOG.benchmark("execution/n-body"),))
    return drawn(load(made.ROOT, results), "execution/n-body")


def test_a_hostile_name_is_in_the_label_as_it_is(hostile: str, processor: str) -> None:
    label = ET.fromstring(hostile).get("aria-label") or ""  # noqa: S314  made here
    assert escape.plain(processor) in label


def test_a_hostile_name_is_in_the_notes_as_it_is(hostile: str, processor: str) -> None:
    texts = [element.text or "" for element in ET.fromstring(hostile).iter(f"{SVG}text")]  # noqa: S314  made here
    assert escape.plain(processor).replace(" ", "") in "".join(texts).replace(" ", "")


def elements(svg: str) -> set[str]:
    return {element.tag for element in ET.fromstring(svg).iter()}  # noqa: S314  made here


def test_a_hostile_name_adds_no_element(hostile: str, measured: SiteData) -> None:
    assert elements(hostile) == elements(drawn(measured, "execution/n-body"))


def test_a_drawing_with_a_hostile_name_has_a_picture(hostile: str) -> None:
    assert drawing.png(hostile).startswith(b"\x89PNG")


def test_a_hostile_name_is_one_line_of_the_page(hostile: str) -> None:
    assert len(palette.follow_the_page(hostile).splitlines()) == 1


def test_on_the_page_a_hostile_name_is_still_as_it_is(hostile: str, processor: str) -> None:
    label = ET.fromstring(palette.follow_the_page(hostile)).get("aria-label") or ""  # noqa: S314  made here
    assert escape.plain(processor) in label


def test_an_unknown_figure_is_refused_with_those_that_exist(measured: SiteData) -> None:
    with pytest.raises(KeyError, match="no figure 'nope'; there are: overview, overview-pure, "):
        figure(measured, "nope")
