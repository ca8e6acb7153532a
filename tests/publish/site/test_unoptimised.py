"""What a page shows of an interpreter that was built without optimisation, with its macros alone: no site is built for it."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from scripts.publish.facts.data import load
from scripts.publish.site.macros import macros
from scripts.publish.style.addresses import Address
from tests import synthetic
from tests.publish import made

PAGE = "performance/execution-speed.md"
SHOWN = tuple(benchmark for benchmark in made.CATALOG.benchmarks if benchmark.section == "execution")


@pytest.fixture
def rendered(results: Path) -> str:
    """The Markdown of the page, with the numbers of each chart in the chart's place: they are beneath it on the page."""
    run = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.5)),))
    made.save(results, run, SHOWN)
    site = load(made.ROOT, results)
    names = {
        macro.__name__: macro for macro in macros(site, lambda: Address(PAGE, "https://site.example", "https://code.example"))
    }
    source = (made.ROOT / "docs" / PAGE).read_text(encoding="utf-8")
    return str(jinja2.Template(source).render(names | {"chart": names["table"], "article_url": "https://article.example"}))


def test_the_page_shows_the_reason_in_the_place_of_such_a_number(rendered: str) -> None:
    assert rendered.count("not publishable: cpython-3.14 of Debian takes 1.50 times as long for bytecode") >= len(SHOWN)
    assert "× faster" not in rendered
