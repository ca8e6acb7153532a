"""What a hostile run could do to the finished site, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bench.records.store import SetAside, load_store
from scripts.publish.style import escape
from tests import synthetic
from tests.apart import apart
from tests.site.hostile import FAILURE, FOLDER, N_BODY, RUN, SCRIPT, SPECIFICATION
from tests.site.test_site import VISITED
from tests.site.visits import Visit, Watch, watched


@pytest.fixture
def watch(page: Page) -> Watch:
    """What the page of a test does beside showing text."""
    return watched(page)


def shown(given: str) -> str:
    return " ".join(escape.plain(given).split())


@pytest.mark.parametrize("path", VISITED)
def test_no_script_of_a_result_runs(visited: Callable[[str], Visit], address: str, path: str) -> None:
    assert visited(address + path).watch == Watch()


@pytest.mark.parametrize("path", VISITED)
def test_no_element_of_a_page_comes_from_a_result(visited: Callable[[str], Visit], address: str, path: str) -> None:
    assert visited(address + path).hostile == 0


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("performance/loops-and-arithmetic/", f"{RUN.machine.cpu}, 2 cores, {RUN.machine.system}"),
        ("performance/loops-and-arithmetic/", f"CPython {RUN.pythons[0].version}, Go  {SCRIPT}"),
        ("performance/loops-and-arithmetic/", f"cpython-3.14t of slow {SCRIPT} takes 1.60 times as long"),
        ("performance/loops-and-arithmetic/", f"for bytecode as reference {SCRIPT}"),
        ("performance/what-a-request-does/", FAILURE),
        ("performance/what-a-request-does/", f"orjson orjson {SCRIPT}"),
        ("performance/memory/", f"mark {SCRIPT}"),
        ("performance/memory/", f"metric {SCRIPT}"),
        ("concurrency/python/", f"The free-threaded build is implementation {SCRIPT} 3.14.10"),
        ("ecosystem/web-frameworks/", f"database {SCRIPT}"),
        ("ecosystem/python/", f"django django {SCRIPT}"),
        ("ecosystem/go/", f"gin gin {SCRIPT}"),
        ("method/", f"origin {SCRIPT}"),
        ("method/", f"VARIABLE=`x` {SCRIPT}"),
        ("method/", f"target {SCRIPT}"),
        ("method/", f"GOAMD64=level {SCRIPT}"),
        ("data/", f"{RUN.machine.cpu}, 2 cores"),
        ("data/", f"{FOLDER}: it is damaged."),
    ],
)
def test_a_hostile_text_is_shown_as_it_was_written(visited: Callable[[str], Visit], address: str, path: str, given: str) -> None:
    assert shown(given) in visited(address + path).text


def test_the_command_to_repeat_a_measurement_is_one_line_that_a_shell_takes_as_words(
    visited: Callable[[str], Visit], address: str
) -> None:
    text = visited(address + "performance/loops-and-arithmetic/").text
    assert f"--only {N_BODY.id} --python {escape.shell(SPECIFICATION)} --python 3.14" in text


def test_the_label_of_a_figure_has_a_hostile_text_as_it_was_written(page: Page, address: str) -> None:
    page.goto(address + "performance/loops-and-arithmetic/")
    label = page.locator("#figure-execution--n-body svg[role=img]").first.get_attribute("aria-label") or ""
    assert shown(RUN.machine.cpu) in label


def test_a_figure_that_is_opened_alone_runs_no_script(page: Page, watch: Watch, address: str) -> None:
    page.goto(f"{address}data/figures/{N_BODY.id.replace('/', '--')}.svg")
    assert page.evaluate("document.documentElement.nodeName") == "svg"
    assert page.evaluate("document.querySelector('parsererror, script')") is None
    assert watch.dialogs == []


def test_what_the_search_finds_runs_no_script(page: Page, watch: Watch, address: str) -> None:
    page.goto(address)
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for(state="attached")
    page.locator("input.md-search__input").press_sequentially("onerror")
    page.locator(".md-search-result__item a").first.wait_for()
    assert FOLDER in " ".join(page.locator(".md-search-result__item").all_inner_texts())
    assert watch == Watch()


def set_aside(results: Path) -> tuple[SetAside, ...]:
    return load_store(results).set_aside


def test_a_run_whose_id_leads_out_of_its_folder_is_refused_with_file_and_key(project: Path) -> None:
    results = project / "bench" / "results"
    (refused,) = apart(set_aside, results)
    assert refused.folder == results / FOLDER
    keys = [reason.removeprefix(f"{results / FOLDER}/run.json: ").partition(":")[0] for reason in refused.reasons]
    assert keys == ["id", "machine.hostname"]


def test_a_run_whose_id_leads_out_of_its_folder_is_published_nowhere(project: Path) -> None:
    published = {path.name for path in (project / "site" / "data" / "runs").iterdir()}
    assert published == {synthetic.run().id, RUN.id}
    assert {path.name for path in project.parent.iterdir()} == {"project"}
    assert list(project.parent.rglob("x")) == []
