"""A run whose every text was written by somebody who wants to break the site, on the finished site in a real browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bench.catalog import Benchmark
from bench.records.run import BenchmarkResult, Reading, Run
from bench.records.store import load_store
from scripts.publish.style import escape
from tests import synthetic
from tests.publish import made
from tests.site.conftest import served
from tests.site.test_site import PAGES
from tests.site.visits import Visit, Watch, watched

SCRIPT = "<script>alert(1)</script>"
FAILURE = (
    'File "<module>"|`b` {{ 7*7 }}{% raw %} 100 %\n--8<-- "README.md"\n```\n\n'
    f'</svg></td></details> " onmouseover="alert(1) [x](javascript:alert(1)) *a* _b_ <img src=x onerror=alert(1)> {SCRIPT}'
)
SPECIFICATION = f"$(touch x);'{SCRIPT}"
FOLDER = "<img src=x onerror=alert(1)>"
"""The folder of a run whose id leads out of its folder."""
RUN = synthetic.run(
    id="2026-11-24-hostile-0123456",
    started=synthetic.STARTED + timedelta(days=1),
    parts=(synthetic.part(started=synthetic.STARTED + timedelta(days=1), database=f"database {SCRIPT}", command=f"x {SCRIPT}"),),
    machine=synthetic.machine(
        cpu=f'processor {SCRIPT} {{{{ 7*7 }}}}\n--8<-- "README.md"',
        system=f"system {SCRIPT}",
        kernel=f"kernel {SCRIPT}",
    ),
    pythons=(
        synthetic.python_runtime(
            version=f"version {SCRIPT}",
            origin=f"origin {SCRIPT}",
            specification=SPECIFICATION,
            environment={"VARIABLE": f"`x` {SCRIPT}"},
            packages={"orjson": f"orjson {SCRIPT}", "django": f"django {SCRIPT}"},
        ),
        synthetic.python_runtime(
            name="cpython-3.14t",
            implementation=f"implementation {SCRIPT}",
            origin=f"slow {SCRIPT}",
            gil=False,
            canary=synthetic.canary(1.6).model_copy(update={"reference": f"reference {SCRIPT}"}),
        ),
    ),
    go=synthetic.go_runtime(
        version=f"go {SCRIPT}",
        target=f"target {SCRIPT}",
        goamd64=f"level {SCRIPT}",
        modules={"github.com/gin-gonic/gin": f"gin {SCRIPT}"},
    ),
)
N_BODY, JSON, BASE, WEB, POOL = (
    made.CATALOG.benchmark(id_)
    for id_ in ("execution/n-body", "execution/json", "memory/base-empty", "web/json", "concurrency/pool-2")
)


def timed(benchmark: Benchmark) -> BenchmarkResult:
    """Return a result in which everything went well."""
    times = made.seconds(benchmark, RUN)
    invocations = synthetic.rounds(times, count=40, controls=(f"go/{benchmark.headline.go}",))
    return made.result(benchmark, RUN, invocations)


def failing(benchmark: Benchmark, variant: str, reason: str) -> BenchmarkResult:
    """Return a result in which a program of Python failed each time, and is unavailable to the second interpreter."""
    whole = timed(benchmark)
    program, other = (f"python/{variant}/{runtime.name}" for runtime in RUN.pythons)
    invocations = tuple(
        one.model_copy(update={"values": (), "checksum": None, "failure": reason}) if one.program == program else one
        for one in whole.invocations
        if one.program != other
    )
    return whole.model_copy(update={"invocations": invocations, "unavailable": {other: reason}})


def read(benchmark: Benchmark) -> BenchmarkResult:
    """Return a result whose programs were read at a mark, and of a quantity, with hostile names."""
    readings = (Reading(count=None, mark=f"mark {SCRIPT}", metrics={"peak": 1e7, "resident": 1e7, f"metric {SCRIPT}": 1e7}),)
    another = (Reading(count=None, mark="end", metrics={"peak": 1e7, "resident": 1e7}),)
    invocations = tuple(one.model_copy(update={"readings": readings + another}) for one in timed(benchmark).invocations)
    return made.result(benchmark, RUN, invocations)


def save(results: Path) -> Run:
    """Store the hostile run, and beside it one whose id leads out of its folder."""
    measured = [timed(N_BODY), timed(POOL), failing(JSON, "native-library", FAILURE), read(BASE)]
    measured.append(made.served_result(WEB, RUN, made.rounds(WEB, RUN)))
    run = made.store(results, RUN, measured)
    shutil.copytree(results / run.id, results / FOLDER)
    path = results / FOLDER / "run.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    hostile = {"id": "../../x", "machine": content["machine"] | {"hostname": SCRIPT}}
    path.write_text(json.dumps(content | hostile), encoding="utf-8")
    return run


@pytest.fixture(scope="module")
def project(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the hostile run beside a sound one, and its site."""
    copy = shutil.copytree(exported, tmp_path_factory.mktemp("hostile") / "around" / "project")
    save(copy / "bench" / "results")
    done = subprocess.run([sys.executable, "scripts/build.py", "pages"], cwd=copy, capture_output=True, text=True, check=False)
    assert f"Built {copy}/site/index.html" in done.stderr
    assert f"{copy}/bench/results/{FOLDER}: the run is damaged and was set aside" in done.stderr
    return copy


@pytest.fixture(scope="module")
def hostile(project: Path) -> Iterator[str]:
    """The address of the hostile site."""
    yield from served(project / "site")


@pytest.fixture
def watch(page: Page) -> Watch:
    """What the page of a test does beside showing text."""
    return watched(page)


def shown(given: str) -> str:
    return " ".join(escape.plain(given).split())


@pytest.mark.parametrize("path", PAGES)
def test_no_script_of_a_result_runs(visited: Callable[[str], Visit], hostile: str, path: str) -> None:
    assert visited(hostile + path).watch == Watch()


@pytest.mark.parametrize("path", PAGES)
def test_no_element_of_a_page_comes_from_a_result(visited: Callable[[str], Visit], hostile: str, path: str) -> None:
    assert visited(hostile + path).hostile == 0


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
def test_a_hostile_text_is_shown_as_it_was_written(visited: Callable[[str], Visit], hostile: str, path: str, given: str) -> None:
    assert shown(given) in visited(hostile + path).text


def test_the_command_to_repeat_a_measurement_is_one_line_that_a_shell_takes_as_words(
    visited: Callable[[str], Visit], hostile: str
) -> None:
    text = visited(hostile + "performance/loops-and-arithmetic/").text
    assert f"--only {N_BODY.id} --python {escape.shell(SPECIFICATION)} --python 3.14" in text


def test_the_label_of_a_figure_has_a_hostile_text_as_it_was_written(page: Page, hostile: str) -> None:
    page.goto(hostile + "performance/loops-and-arithmetic/")
    label = page.locator("#figure-execution--n-body svg[role=img]").first.get_attribute("aria-label") or ""
    assert shown(RUN.machine.cpu) in label


def test_a_figure_that_is_opened_alone_runs_no_script(page: Page, watch: Watch, hostile: str) -> None:
    page.goto(f"{hostile}data/figures/{N_BODY.id.replace('/', '--')}.svg")
    assert page.evaluate("document.documentElement.nodeName") == "svg"
    assert page.evaluate("document.querySelector('parsererror, script')") is None
    assert watch.dialogs == []


def test_what_the_search_finds_runs_no_script(page: Page, watch: Watch, hostile: str) -> None:
    page.goto(hostile)
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for(state="attached")
    page.locator("input.md-search__input").press_sequentially("onerror")
    page.locator(".md-search-result__item a").first.wait_for()
    assert FOLDER in " ".join(page.locator(".md-search-result__item").all_inner_texts())
    assert watch == Watch()


def test_a_run_whose_id_leads_out_of_its_folder_is_refused_with_file_and_key(project: Path) -> None:
    results = project / "bench" / "results"
    (refused,) = load_store(results).set_aside
    assert refused.folder == results / FOLDER
    keys = [reason.removeprefix(f"{results / FOLDER}/run.json: ").partition(":")[0] for reason in refused.reasons]
    assert keys == ["id", "machine.hostname"]


def test_a_run_whose_id_leads_out_of_its_folder_is_published_nowhere(project: Path) -> None:
    published = {path.name for path in (project / "site" / "data" / "runs").iterdir()}
    assert published == {synthetic.run().id, RUN.id}
    assert {path.name for path in project.parent.iterdir()} == {"project"}
    assert list(project.parent.rglob("x")) == []
