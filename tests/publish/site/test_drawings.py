from __future__ import annotations

from pathlib import Path

from scripts.publish.site.drawings import put_into_site
from scripts.publish.style.addresses import figure_file

SVG = '<svg role="img"><text fill="#0f766e">Go</text></svg>\n'
PAGE = '<p>before</p><div><svg data-figure="execution--fib"></svg></div><p>&#60;after&#62;</p>'


def built(root: Path, page: str) -> str:
    """Return a page of a site that has this one, after the drawings were put into it."""
    for file, text in ((root / "docs" / figure_file("execution--fib", "svg"), SVG), (root / "site" / "a" / "index.html", page)):
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    put_into_site(root, root / "site")
    return (root / "site" / "a" / "index.html").read_text(encoding="utf-8")


def test_a_drawing_takes_its_place_in_the_colours_of_the_page(tmp_path: Path) -> None:
    drawing = '<svg role="img"><text fill="var(--figure-go, #0f766e)">Go</text></svg>'
    assert built(tmp_path, PAGE) == f"<p>before</p><div>{drawing}</div><p>&#60;after&#62;</p>"


def test_a_page_without_drawings_stays_as_it_is(tmp_path: Path) -> None:
    assert built(tmp_path, "<p><svg></svg></p>") == "<p><svg></svg></p>"
