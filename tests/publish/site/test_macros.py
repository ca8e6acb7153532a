from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.analyse.records import Confirmation, ConfirmationState, Interval
from bench.measure.host.machine import machine
from bench.records.files import ResultError
from bench.records.store import SetAside
from scripts.publish.facts.data import SiteData, load
from scripts.publish.facts.rows import ratio_rows
from scripts.publish.prose import citation, method
from scripts.publish.site.drawings import PLACE
from scripts.publish.site.macros import Macro, define_env, macros, stopping
from scripts.publish.style import escape
from scripts.publish.style.addresses import Address
from tests import project, synthetic
from tests.publish import made

HERE = Address("performance/execution-speed.md", "https://site.example/python-or-go", "https://code.example/python-or-go")
N_BODY = "execution/n-body"
RUN = synthetic.run().id
Macros = dict[str, Macro]


def registered(site: SiteData, here: Address = HERE) -> Macros:
    return {macro.__name__: macro for macro in macros(site, lambda: here)}


@pytest.fixture(scope="module")
def page(published: SiteData) -> Macros:
    """The macros on the page of execution speed, over an exported copy with results."""
    return registered(published)


@pytest.fixture
def bare(empty: SiteData) -> Macros:
    """The macros where nothing is measured."""
    return registered(empty)


def table(markdown: str) -> list[list[str]]:
    """Return the cells of a table, without its head."""
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def comparisons(python: str) -> int:
    """How many comparisons the page of loops and arithmetic has with a tier of Python."""
    shown = (benchmark for benchmark in made.CATALOG.benchmarks if benchmark.group == "loops-and-arithmetic")
    return sum(python in benchmark.python for benchmark in shown)


def test_heading_has_the_anchor_that_figures_link_to(page: Macros) -> None:
    assert page["heading"](N_BODY) == "## N-body { #n-body }"


def test_question_is_the_catalogs(page: Macros) -> None:
    assert page["question"](N_BODY) == made.CATALOG.benchmark(N_BODY).question


def test_ratio_is_the_headlines_unless_tiers_are_named(page: Macros) -> None:
    assert re.match(r"Go 38(\.\d)?× faster", page["ratio"](N_BODY))
    assert page["ratio"]("execution/json").startswith("Python ")
    assert page["ratio"]("execution/json", go="library").startswith("Go ")


def test_ratio_of_a_named_interpreter_is_its_own(page: Macros) -> None:
    assert re.match(r"Go 34(\.\d)?× faster", page["ratio"](N_BODY, runtime="cpython-3.14-jit"))


def test_interval_is_that_of_the_ratio(page: Macros) -> None:
    assert f"({page['interval'](N_BODY)})" in page["ratio"](N_BODY)


def test_value_takes_a_language_or_a_tier(page: Macros) -> None:
    assert page["value"]("execution/json", "go") == page["value"]("execution/json", "go/standard-library")
    assert re.fullmatch(r"400 µs \([\d.]+ to [\d.]+\)", page["value"]("execution/json", "go/library"))


@pytest.mark.parametrize("name", ["ratio", "interval", "value"])
def test_a_number_that_was_not_measured_says_so(bare: Macros, name: str) -> None:
    assert bare[name](N_BODY) == "not measured"


def test_a_number_that_may_not_be_published_says_why(results: Path) -> None:
    slow = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.6)),))
    made.save(results, slow, (made.CATALOG.benchmark(N_BODY),))
    site = registered(load(made.ROOT, results))
    for name in ("ratio", "interval", "value"):
        assert re.match(r"not publishable: .*optimis", site[name](N_BODY))
    assert re.match(r"- \*\*Not publishable:\*\* .*optimis", site["flags"](N_BODY))


def test_chart_has_the_drawings_of_values_and_ratios(page: Macros) -> None:
    images = page["chart"](N_BODY).split('class="figure-images"', 1)[1].split("</div>", 1)[0]
    assert PLACE.findall(images) == ["execution--n-body", "execution--n-body--ratios"]


def test_chart_links_to_every_file_the_raw_data_and_the_sources(page: Macros) -> None:
    block = page["chart"](N_BODY)
    for suffix in ("svg", "png", "csv", "vl.json"):
        assert f"(../data/figures/execution--n-body.{suffix})" in block
    assert f'href="../../data/runs/{RUN}/execution--n-body.json.gz"' in block
    assert "(https://code.example/python-or-go/blob/HEAD/bench/workloads/execution/n_body.py)" in block
    assert "(https://code.example/python-or-go/tree/HEAD/go_examples/execution/nbody)" in block


def test_chart_folds_the_table_of_the_same_numbers(page: Macros) -> None:
    block = page["chart"](N_BODY)
    assert page["table"](N_BODY) in block.split("<details", 1)[1]


def test_a_figure_that_was_not_exported_names_the_command_that_does(tmp_path: Path) -> None:
    root = project.copy(tmp_path, "bench", "go_examples")
    with pytest.raises(ResultError, match=r"overview-pure\.svg: is missing.*build\.py pages"):
        registered(load(root, root / "bench" / "results"))["chart"]()


def test_table_of_the_overview_links_to_each_benchmark(page: Macros) -> None:
    cells = {row[0] for row in table(page["table"]("overview"))}
    shown = [benchmark for benchmark in made.CATALOG.benchmarks if benchmark.overview]
    assert cells == {f"[{b.title}]({posixpath.relpath(b.page, 'performance')}.md#{b.name})" for b in shown}


def test_code_includes_every_program_and_no_test(page: Macros) -> None:
    tabs = page["code"]("execution/json")
    assert re.findall(r'^=== "(.+)"$', tabs, re.MULTILINE) == [
        "Python, standard library",
        "Python, native library",
        "Python, msgspec",
        "Go, standard library",
        "Go, library",
        "Go, json v2",
    ]
    included = re.findall(r'--8<-- "(.+)"', tabs)
    assert [path for path in included if not (made.ROOT / path).is_file() or path.endswith("_test.go")] == []


def test_code_links_to_what_a_program_imports_and_not_to_the_harness(page: Macros) -> None:
    by_title = dict(re.findall(r'^=== "([^"]+)"$(.*?)(?=^=== |\Z)', page["code"]("data/group-by"), re.MULTILINE | re.DOTALL))
    go = by_title["Go, standard library"]
    assert "(https://code.example/python-or-go/blob/HEAD/go_examples/internal/tables/tables.go)" in go
    assert "(https://code.example/python-or-go/blob/HEAD/bench/workloads/data/files.py)" in by_title["Python, pandas"]
    assert "/harness/" not in go
    assert "bench/workloads/case.py" not in by_title["Python, pandas"]


def test_code_of_a_program_without_imports_has_no_line_on_them(page: Macros) -> None:
    assert "It imports" not in page["code"](N_BODY).split("\n=== ")[0]


def test_size_of_servers_has_a_row_for_each_framework(page: Macros) -> None:
    rows = {row[0]: row for row in table(page["size_servers"]())}
    assert rows["Django"][1:4] == ["Python", "ORM", "websocket"]
    assert rows["Gin"][1:4] == ["Go", "driver", ""]
    tokens = [int(row[5].replace(",", "")) for row in rows.values()]
    assert tokens == sorted(tokens)


def test_what_no_size_has_is_linked(page: Macros) -> None:
    assert "(../use-cases/data-analysis.md#memory)" in page["size_left_out"]()


def test_says_is_the_claim_in_our_words(page: Macros) -> None:
    assert page["says"]("execution-loop") == made.CATALOG.claim("execution-loop").says


def test_verdict_names_what_speaks_against_a_claim_that_holds_in_part(page: Macros) -> None:
    text = page["verdict"]("memory-python-struggles")
    assert text.startswith("**Partly.** Go is shown to be smaller in ")
    assert re.search(r"Not borne out by \[[^]]+\]\([a-z-]+\.md#[^)]+\), [^;]+(; \[[^]]+\]\([a-z-]+\.md#[^)]+\), [^;]+)*\.$", text)


def test_verdict_names_the_clearest_against_the_strength_of_a_claim_and_counts_the_others(page: Macros) -> None:
    text = page["verdict"]("execution-latency")
    assert text.startswith("**Overstated.** Go is shown to be faster in ")
    assert re.search(r"Not borne out by (\[[^]]+\]\([a-z./-]+\.md#[^)]+\), [^;]+; ){5}and \d+ other comparisons\.$", text)


def test_without_results_a_claim_has_no_verdict(bare: Macros) -> None:
    assert bare["verdict"]("execution-compiled-faster").startswith("**Not measured yet.**")


def test_claims_table_has_every_claim_in_the_articles_order(page: Macros) -> None:
    rows = table(page["claims_table"]())
    assert [row[0] for row in rows] == [f'<span id="{c.id}"></span>{c.says}' for c in made.CATALOG.claims]


def test_provenance_has_machine_runtimes_date_run_and_commit(page: Macros) -> None:
    text = page["provenance"](N_BODY)
    for part in ("Example CPU", "CPython 3.14.10", "Go 1.27.3", "23 November 2026", RUN, "`0123456`", "not yet confirmed"):
        assert part in text


def test_provenance_names_the_run_that_confirms(results: Path) -> None:
    first = made.save(results, benchmarks=(made.CATALOG.benchmark(N_BODY),))
    made.save(results, made.later(first, 5), (made.CATALOG.benchmark(N_BODY),))
    text = registered(load(made.ROOT, results))["provenance"](N_BODY)
    assert f'confirmed by <a href="../../data/runs/{first.id}/run.json">{first.id}</a>' in text


@pytest.mark.parametrize(
    ("state", "words"),
    [("not confirmed", "not confirmed by <a"), ("too wide", "cannot be confirmed at this width by <a")],
)
def test_provenance_says_when_a_second_run_does_not_confirm(published: SiteData, state: ConfirmationState, words: str) -> None:
    second = Confirmation(run=RUN, state=state, change=1.08, interval=Interval(low=1.02, high=1.14, confidence=0.95))
    text = registered(replace(published, confirmations={N_BODY: second}))["provenance"](N_BODY)
    assert words in text
    assert "the ratio is 1.1 (1.02 to 1.14) times that run's" in text


def test_provenance_says_when_the_programs_have_changed_since(published: SiteData, page: Macros) -> None:
    warning = "**The programs or their libraries have changed since.**"
    assert warning not in page["provenance"](N_BODY)
    assert warning in registered(replace(published, changed=frozenset({N_BODY})))["provenance"](N_BODY)


def test_conditions_have_input_check_and_provenance(page: Macros) -> None:
    text = page["conditions"]("execution/empty-loop")
    assert "`iterations = 1,000,000`" in text
    assert made.CATALOG.benchmark("execution/empty-loop").check.source in text
    assert page["provenance"]("execution/empty-loop") in text


def test_reproduce_is_one_command_with_the_runs_interpreters(page: Macros) -> None:
    text = page["reproduce"](N_BODY)
    assert "make bench ONLY='execution/n-body' PROFILE=full PYTHONS='3.14 3.14,PYTHON_JIT=1'" in text


def test_cite_has_the_result_its_page_and_data_that_do_not_change(page: Macros) -> None:
    text = page["cite"](N_BODY)
    assert page["ratio"](N_BODY) in text
    assert "<https://site.example/python-or-go/performance/loops-and-arithmetic/#n-body>" in text
    assert f"<https://site.example/python-or-go/data/runs/{RUN}/execution--n-body.json.gz>" in text
    assert "@misc{python-or-go-execution-n-body-2026-11-23," in text


def test_bibtex_of_a_citation_has_balanced_braces(page: Macros) -> None:
    bibtex = page["cite"](N_BODY).split("```bibtex", 1)[1].split("```", 1)[0]
    assert bibtex.count("{") == bibtex.count("}")


def test_cite_without_an_id_cites_the_site(page: Macros) -> None:
    assert page["cite"]().count("<https://site.example/python-or-go/>") == 1
    assert citation.TITLE in page["cite"]()


def test_key_findings_say_each_tier_and_where_python_is_faster(page: Macros) -> None:
    text = page["key_findings"]("loops-and-arithmetic")
    assert f"**Pure Python**: Go is faster in {comparisons('pure')} of {comparisons('pure')} comparisons" in text
    assert f"**Native library Python**: Go is faster in 2 of {comparisons('native-library')} comparisons" in text
    assert "**Python is faster** in " in text


def test_key_findings_of_different_units_say_who_is_ahead(page: Macros) -> None:
    assert "**Python is ahead** in " in page["key_findings"]("cold-start-and-build")


def test_key_findings_of_nothing_say_so(bare: Macros) -> None:
    assert bare["key_findings"]().startswith("Nothing has been published yet")


def test_key_findings_count_what_has_no_number(results: Path) -> None:
    made.save(results, benchmarks=(made.CATALOG.benchmark(N_BODY),))
    text = registered(load(made.ROOT, results))["key_findings"]()
    rows = ratio_rows(load(made.ROOT, results))
    unmeasured = sum(row.ratio is None for row in rows)
    assert 0 < unmeasured < len(rows)
    assert text.endswith(f"{unmeasured} comparisons are not measured; the tables say why.")


def test_controls_are_counted_over_the_published_runs(page: Macros) -> None:
    intervals = sum(benchmark.instrument != "http" for benchmark in made.CATALOG.benchmarks)
    assert re.fullmatch(rf"\d+ of {intervals} control intervals contain 1, and .* is 0\.\d+ % \({RUN}\)\.", page["controls"]())


def test_controls_of_nothing_say_so(bare: Macros) -> None:
    assert bare["controls"]() == "no run with controls has been published yet."


def test_local_table_puts_this_machine_beside_the_published(results: Path) -> None:
    benchmark = made.CATALOG.benchmark(N_BODY)
    made.save(results, benchmarks=(benchmark,))
    here = synthetic.run(id=f"{RUN}-2", machine=machine(), plan=synthetic.plan(profile="quick"))
    made.save(results, here, (benchmark,), count=20, seed=9)
    site = registered(load(made.ROOT, results))
    row = next(row for row in table(site["local_table"]()) if "N-body" in row[0])
    assert row[2].startswith("Go 37.9×")
    assert row[3] == site["ratio"](N_BODY)


@pytest.fixture
def measured_here(results: Path) -> SiteData:
    """A site with a quick run of n-body on this machine, and nothing published."""
    here = synthetic.run(machine=machine(), plan=synthetic.plan(profile="quick"))
    made.save(results, here, (made.CATALOG.benchmark(N_BODY),), count=20)
    return load(made.ROOT, results)


def test_a_ratio_that_only_this_machine_has_links_to_it_there(measured_here: SiteData) -> None:
    target = "../this-machine.md#execution--n-body"
    assert registered(measured_here)["ratio"](N_BODY) == f"not measured ([this machine's result]({target}))"


def test_the_link_to_this_machine_leads_to_the_first_row_of_the_benchmark(measured_here: SiteData) -> None:
    cells = [row[0] for row in table(registered(measured_here)["local_table"]())]
    anchored = [cell for cell in cells if cell.endswith("{ #execution--n-body }")]
    assert anchored == [cell for cell in cells if "[N-body]" in cell][:1]


def test_a_figure_that_only_this_machine_could_fill_links_to_its_result(exported: Path, measured_here: SiteData) -> None:
    figure = registered(replace(measured_here, root=exported))["chart"](N_BODY)
    assert "Published: not measured ([this machine's result](../this-machine.md#execution--n-body))<br>" in figure


def test_a_published_benchmark_has_no_link_to_this_machine(page: Macros) -> None:
    assert "this-machine" not in page["ratio"](N_BODY) + page["chart"](N_BODY)


def test_local_table_of_nothing_says_so(bare: Macros) -> None:
    assert bare["local_table"]() == "This site was built on a machine that has not measured anything."


def test_runtimes_table_has_every_runtime_of_the_published_runs(page: Macros) -> None:
    assert [row[0] for row in table(page["runtimes_table"]())] == ["cpython-3.14", "cpython-3.14-jit", "go-1.27"]


def test_runs_table_links_to_each_run(page: Macros) -> None:
    assert [row[0] for row in table(page["runs_table"]())] == [f'<a href="../../data/runs/{RUN}/run.json">{RUN}</a>']


def test_downloads_link_to_index_schemas_and_figures(page: Macros) -> None:
    text = page["downloads"]()
    for target in ("index.json", "schema/run.json", "schema/result.json", "schema/catalog.json", "figures/overview.csv"):
        assert f"(../data/{target})" in text


def test_the_schemas_of_version_1_can_be_downloaded(page: Macros) -> None:
    assert "(../data/schema/1/run.json)" in page["downloads"]()
    assert "(../data/schema/1/result.json)" in page["downloads"]()


# --- What cannot be used, and what others wrote ---


def test_where_every_run_can_be_used_none_is_said_to_be_set_aside(page: Macros) -> None:
    assert page["set_aside"]() == "None: every stored run can be used."


def test_a_damaged_run_is_named_with_file_and_key(results: Path) -> None:
    run = made.save(results, benchmarks=(made.CATALOG.benchmark(N_BODY),))
    path = results / run.id / "run.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"cores": 2', '"cores": "*two*"'), encoding="utf-8")
    first, second, *_ = registered(load(made.ROOT, results))["set_aside"]().splitlines()
    assert first == f"- <code>{run.id}</code>: it is damaged."
    assert second.startswith("    - run.json: machine.cores: ")


def test_a_run_of_a_newer_schema_is_named_and_not_called_damaged(results: Path) -> None:
    run = made.save(results, benchmarks=(made.CATALOG.benchmark(N_BODY),))
    path = results / run.id / "run.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"schema_version": 2', '"schema_version": 3'), encoding="utf-8")
    first, *_ = registered(load(made.ROOT, results))["set_aside"]().splitlines()
    assert first == f"- <code>{run.id}</code>: it is of a newer schema than this site."


def test_of_many_reasons_the_first_are_given_and_the_others_counted(published: SiteData) -> None:
    run = SetAside(Path("results", "a`b`"), tuple(f"results/a`b`/run.json: key {number}" for number in range(8)), damaged=True)
    lines = registered(replace(published, set_aside=(run,)))["set_aside"]().splitlines()
    assert lines[0] == "- <code>a&#96;b&#96;</code>: it is damaged."
    assert lines[1:] == [*(f"    - run.json: key {number}" for number in range(5)), "    - and 3 other reasons"]


def test_a_reason_as_long_as_a_file_is_cut(published: SiteData) -> None:
    run = SetAside(Path("results", "a"), ("x" * 10_000,), damaged=True)
    assert len(registered(replace(published, set_aside=(run,)))["set_aside"]()) < 1_000


@pytest.mark.parametrize(
    "specification",
    ["/opt/my python/bin/python3", "$(shell touch x)", "3.14'; touch x; '", "`touch x`", "3.14\n```\n<script>", "a;b"],
)
def test_what_make_would_take_for_its_own_is_quoted_for_the_shell(results: Path, specification: str) -> None:
    run = synthetic.run(pythons=(synthetic.python_runtime(specification=specification),))
    made.save(results, run, (made.CATALOG.benchmark(N_BODY),))
    fence, command, end = registered(load(made.ROOT, results))["reproduce"](N_BODY).splitlines()
    assert (fence, end) == ('```console title="Measure it yourself"', "```")
    assert shlex.split(command)[-1] == escape.plain(specification)
    assert "make bench" not in command


def test_provenance_names_the_commit_of_each_part(results: Path) -> None:
    parts = (synthetic.part(), synthetic.part(commit="f" * 40), synthetic.part(commit="none"))
    made.save(results, synthetic.run(parts=parts), (made.CATALOG.benchmark(N_BODY),))
    text = registered(load(made.ROOT, results))["provenance"](N_BODY)
    assert re.search(r"commit \[`0123456`\]\([^)]+\) and \[`fffffff`\]\([^)]+\) and unknown, of files in no repository;", text)


@pytest.mark.parametrize("key", ["site_url", "repo_url"])
def test_an_address_that_is_empty_ends_the_build_with_the_variable_that_sets_it(key: str) -> None:
    addresses = {"site_url": "https://site.example/", "repo_url": "https://code.example/"} | {key: None}
    environment: Any = SimpleNamespace(project_dir=str(made.ROOT), conf=addresses)
    with pytest.raises(SystemExit, match=rf"^mkdocs.yml: {key}: is empty; set {key.upper()} to an address, or unset"):
        define_env(environment)


def test_repository_gives_addresses_below_it(page: Macros) -> None:
    assert page["repository"]() == "https://code.example/python-or-go"
    assert page["repository"]("issues") == "https://code.example/python-or-go/issues"


@pytest.mark.parametrize("name", method.METHOD)
def test_a_number_of_the_method_is_a_number(page: Macros, name: str) -> None:
    assert re.fullmatch(r"(\d+, )*\d+(\.\d+)?( (%|ms|s|hours))?", page["method"](name))


@pytest.mark.parametrize("name", ["question", "ratio", "chart", "table", "code", "flags", "provenance", "conditions", "cite"])
def test_an_unknown_benchmark_is_refused_with_those_that_exist(page: Macros, name: str) -> None:
    with pytest.raises(KeyError, match=r"nope/nope.* `scripts/build\.py list` has all"):
        page[name]("nope/nope")


@pytest.mark.parametrize(("name", "known"), [("verdict", "execution-loop"), ("says", "execution-loop"), ("method", "min_pairs")])
def test_an_unknown_name_is_refused_with_those_that_exist(page: Macros, name: str, known: str) -> None:
    with pytest.raises(KeyError, match=f"nope.*there are: .*{known}"):
        page[name]("nope")


def test_a_refusal_ends_the_build_with_page_and_macro_in_one_line(page: Macros) -> None:
    environment: Any = SimpleNamespace(page=SimpleNamespace(file=SimpleNamespace(src_uri="basics.md")))
    with pytest.raises(SystemExit) as stopped:
        stopping(page["ratio"], environment)("nope/nope")
    assert re.fullmatch(r"docs/basics\.md: ratio: there is no benchmark 'nope/nope'; [^\n]+", str(stopped.value))


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("index.md", "performance/loops-and-arithmetic.md#n-body"),
        ("performance/execution-speed.md", "loops-and-arithmetic.md#n-body"),
    ],
)
def test_links_are_relative_to_the_page(source: str, link: str) -> None:
    assert Address(source, "", "").to_benchmark(made.CATALOG.benchmark(N_BODY)) == link
