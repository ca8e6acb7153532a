from __future__ import annotations

from pathlib import Path

import pytest

from bench.catalog import Catalog, CatalogError, load_catalog, read_catalog
from bench.catalog.loader import ROOT
from bench.catalog.model import ScalingRule
from bench.catalog.reports import ReportedMetric
from bench.workloads import inputs

ENTRY = """
[[benchmark]]
id = "execution/count"
title = "Count"
question = "How long does it take to count?"
page = "performance/execution-speed"
instrument = "time"
unit = "second"
better = "lower"
input = { n = 1000 }
claims = ["loops-faster"]
headline = { python = "pure" }
[benchmark.check]
input = { n = 3 }
answer = 3
source = "by definition"
[benchmark.python.pure]
module = "execution.count"
[benchmark.go.standard-library]
package = "execution/count"
"""
CLAIM = """
[[claim]]
id = "loops-faster"
says = "Loops are faster in Go."
article = "Execution speed"
measurable = "yes"
"""
SLOPE = """
[[benchmark]]
id = "execution/count"
title = "Count"
question = "How much memory does each count take?"
page = "performance/memory"
instrument = "memory"
metric = "slope"
counts = [1000, 2000]
unit = "byte"
better = "lower"
headline = { python = "threads", go = "goroutines" }
[benchmark.check]
input = { count = 3 }
answer = 3
source = "by definition"
[benchmark.python.threads]
tier = "standard-library"
module = "execution.count"
[benchmark.go.goroutines]
tier = "standard-library"
package = "execution/count"
"""
SCALING = """
rule = { variant = "pure", one = "execution/count", many = "execution/count-more", below = 1.1 }
"""


def project(root: Path, *, execution: str = ENTRY, claims: str = CLAIM, **files: str) -> Path:
    """Write a project with one benchmark and one claim; `files` are further catalog files by name."""
    catalog, programs, package = root / "bench/catalog", root / "bench/workloads/execution", root / "go_examples/execution/count"
    for folder in (catalog, programs, package):
        folder.mkdir(parents=True)
    for name, text in {"execution": execution, "claims": claims, **files}.items():
        (catalog / f"{name}.toml").write_text(text, encoding="utf-8")
    (programs / "count.py").write_text("", encoding="utf-8")
    (package / "count.go").write_text("", encoding="utf-8")
    return root


def changed(old: str, new: str, entry: str = ENTRY) -> str:
    """Return the benchmark's entry with one place changed."""
    assert entry.count(old) == 1
    return entry.replace(old, new)


def mistakes(root: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        load_catalog(root)
    return list(caught.value.mistakes)


def test_an_action_belongs_to_the_command_instrument(tmp_path: Path) -> None:
    message = "execution/count: action: belongs to an entry whose instrument is command, and to no other"
    assert mistakes(project(tmp_path, execution=changed('unit = "second"', 'action = "run"\nunit = "second"'))) == [
        f"bench/catalog/execution.toml: {message}"
    ]


def test_a_command_needs_an_action(tmp_path: Path) -> None:
    (mistake,) = mistakes(project(tmp_path, execution=changed('instrument = "time"', 'instrument = "command"')))
    assert mistake.startswith("bench/catalog/execution.toml: execution/count: action: ")


def test_the_projects_own_catalog_loads() -> None:
    assert isinstance(load_catalog(), Catalog)


def test_a_valid_project_loads(tmp_path: Path) -> None:
    catalog = load_catalog(project(tmp_path))
    assert ([b.id for b in catalog.benchmarks], [c.id for c in catalog.claims]) == (["execution/count"], ["loops-faster"])


# What is changed in the valid entry -> key and text of the one mistake that this makes.
MISTAKES = {
    "an unknown key": ('unit = "second"', 'unit = "second"\ncolour = "red"', "colour: unknown key"),
    "an unknown key of a table": ('source = "by', 'sources = 1\nsource = "by', "check.sources: unknown key"),
    "an absent expected answer": ("answer = 3\n", "", "check.answer: Field required"),
    "an absent id": ('id = "execution/count"\n', "", "id: Field required"),
    "a value of no allowed type": (
        "{ n = 3 }",
        "{ n = [3] }",
        "check.input.n: Input should be a valid integer; or: Input should be a valid number; or: Input should be a valid string",
    ),
    "an unknown variant in the headline": (
        'headline = { python = "pure" }',
        'headline = { python = "fast" }',
        "headline.python: there is no implementation 'fast'",
    ),
    "a missing module": (
        '"execution.count"',
        '"execution.gone"',
        "python.pure.module: there is no bench/workloads/execution/gone.py",
    ),
    "a missing Go package": (
        'package = "execution/count"',
        'package = "execution/gone"',
        "go.standard-library.package: there is no Go file in go_examples/execution/gone",
    ),
    "an unknown claim": ('["loops-faster"]', '["loops-slower"]', "claims: unknown claim 'loops-slower'"),
    "another section's id": ('id = "execution/count"', 'id = "web/count"', "id: belongs in web.toml"),
    "a headline without Python program": (
        'python = "pure" }',
        'python = "native-library" }',
        "headline.python: there is no implementation 'native-library'",
    ),
    "a headline without Go program": (
        'python = "pure" }',
        'python = "pure", go = "library" }',
        "headline.go: there is no implementation 'library'",
    ),
    "variables of a command": (
        'instrument = "time"',
        'instrument = "command"\naction = "run"\ngo.tuned = { package = "execution/count", environment = { GOGC = "400" } }',
        "go.tuned.environment: belongs to an entry whose instrument is time, memory or observe",
    ),
    "an extension of a command that is not compiled": (
        'instrument = "time"',
        'instrument = "command"\naction = "run"\npython.compiled = { module = "execution.count", extension = true }',
        "python.compiled.extension: belongs to an entry whose instrument is time, or whose action is compile",
    ),
    "a check with other arguments": ("{ n = 3 }", "{ m = 3 }", "check: its arguments are not those of input and files"),
}


@pytest.mark.parametrize(("old", "new", "mistake"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_message_with_file_entry_and_key(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    (message,) = mistakes(project(tmp_path, execution=changed(old, new)))
    name = "web/count" if "web/count" in new else "entry 1" if old.startswith("id = ") else "execution/count"
    assert message == f"bench/catalog/execution.toml: {name}: {mistake}"


METRIC = "metric: belongs to an entry whose instrument is memory, observe, http or queue, and to no other"
COUNTS = "counts: at least two belong to an entry whose metric is slope, and none to another"
# The same of an entry whose programs have names of their own and are read over counts.
SLOPE_MISTAKES = {
    "a metric of a timed entry": ('instrument = "memory"', 'instrument = "time"', METRIC),
    "a slope over one count": ("[1000, 2000]", "[1000]", COUNTS),
    "a slope over equal counts": ("[1000, 2000]", "[1000, 1000]", COUNTS),
    "counts without a slope": ('metric = "slope"', 'metric = "peak"', COUNTS),
    "a count of nothing": ("[1000, 2000]", "[0, 1000]", "counts: Input should be greater than 0"),
    "a check without a count": ("input = { count = 3 }\n", "", "check: its arguments are not those of input and files"),
    "a variant without a tier": (
        '[benchmark.python.threads]\ntier = "standard-library"\n',
        "[benchmark.python.threads]\n",
        "python.threads.tier: Field required",
    ),
    "a variant with a tier of the other language": (
        'tier = "standard-library"\npackage',
        'tier = "pure"\npackage',
        "go.goroutines.tier: Input should be 'standard-library', 'library' or 'tuned'",
    ),
    "a limit of no items": (
        'module = "execution.count"',
        'module = "execution.count"\nmost = 0',
        "python.threads.most: Input should be greater than 0",
    ),
    "an invalid version": (
        'module = "execution.count"',
        'module = "execution.count"\nsince = "4"',
        "python.threads.since: String should match pattern '^3\\.[0-9]+$'",
    ),
    "a headline of a missing variant": (
        'go = "goroutines" }',
        'go = "threads" }',
        "headline.go: there is no implementation 'threads'",
    ),
    "an unknown reading": (
        'metric = "slope"',
        'metric = "slope"\nreading = "virtual"',
        "reading: Input should be 'peak', 'resident', 'proportional' or 'group'",
    ),
    "CPUs that are neither one nor all": (
        'unit = "byte"',
        'unit = "byte"\ncpus = "two"',
        "cpus: Input should be 'one' or 'all'",
    ),
}


@pytest.mark.parametrize(("old", "new", "mistake"), SLOPE_MISTAKES.values(), ids=SLOPE_MISTAKES.keys())
def test_a_mistake_in_an_entry_that_is_read_is_one_message(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    (message,) = mistakes(project(tmp_path, execution=changed(old, new, SLOPE)))
    assert message == f"bench/catalog/execution.toml: execution/count: {mistake}"


def test_an_entry_that_is_read_needs_a_metric(tmp_path: Path) -> None:
    execution = changed('instrument = "time"', 'instrument = "observe"')
    assert mistakes(project(tmp_path, execution=execution)) == [f"bench/catalog/execution.toml: execution/count: {METRIC}"]


def test_variants_that_are_not_tiers_have_the_tier_that_is_written(tmp_path: Path) -> None:
    benchmark = load_catalog(project(tmp_path, execution=SLOPE)).benchmark("execution/count")
    assert (benchmark.python["threads"].tier, benchmark.by_tier) == ("standard-library", False)


def test_what_overviews_do_not_have_bears_on_no_claim(tmp_path: Path) -> None:
    execution = changed('better = "lower"', 'better = "lower"\noverview = false')
    assert mistakes(project(tmp_path, execution=execution)) == [
        "bench/catalog/execution.toml: execution/count: claims: belong to an entry that overviews have, and to no other"
    ]


def test_a_name_that_says_more_on_one_side_is_compared_with_its_like() -> None:
    benchmark = load_catalog(ROOT).benchmark("concurrency/mixed-one")
    assert (benchmark.counterparts("asyncio-yielding"), benchmark.counterparts("threads")) == (["yielding"], ["goroutines"])


def test_variants_that_are_tiers_need_not_say_so(tmp_path: Path) -> None:
    benchmark = load_catalog(project(tmp_path)).benchmark("execution/count")
    assert (benchmark.python["pure"].tier, benchmark.by_tier) == ("pure", True)


@pytest.mark.parametrize(
    ("benchmark_id", "python", "go"),
    [
        ("execution/json", "standard-library", "standard-library"),
        ("execution/json", "native-library", "library"),
        ("execution/json", "msgspec", "library"),
        ("execution/n-body", "compiled", "standard-library"),
        ("execution/csv", "native-library", "standard-library"),
        ("execution/bcrypt", "native-library", "library"),
        ("execution/start-framework", "pure", "library"),
    ],
)
def test_a_library_is_shown_beside_a_library_where_both_languages_have_one(benchmark_id: str, python: str, go: str) -> None:
    assert load_catalog().benchmark(benchmark_id).like(python) == go


def scaling(old: str = "", new: str = "") -> dict[str, str]:
    """Return the texts of a project whose claim is judged by a speed-up, with one place of its rule changed."""
    assert old in SCALING
    more = changed('id = "execution/count"', 'id = "execution/count-more"')
    return {"execution": ENTRY + more, "claims": CLAIM + SCALING.replace(old, new)}


def test_a_claim_may_be_judged_by_a_speed_up(tmp_path: Path) -> None:
    rule = load_catalog(project(tmp_path, **scaling())).claim("loops-faster").rule
    assert isinstance(rule, ScalingRule)
    assert (rule.one, rule.many) == ("execution/count", "execution/count-more")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('one = "execution/count"', 'one = "execution/gone"', ["rule.one: there is no benchmark 'execution/gone'"]),
        ('many = "execution/count-more"', 'many = "web/more"', ["rule.many: there is no benchmark 'web/more'"]),
        (
            '"pure"',
            '"threads"',
            [
                "rule.variant: execution/count has no Python program 'threads'",
                "rule.variant: execution/count-more has no Python program 'threads'",
            ],
        ),
    ],
    ids=["no benchmark with one worker", "no benchmark with several", "no such program"],
)
def test_a_mistake_in_a_rule_of_scaling_is_named(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    messages = mistakes(project(tmp_path, **scaling(old, new)))
    assert [message.removeprefix("bench/catalog/claims.toml: loops-faster: ") for message in messages] == expected


def test_an_entry_that_is_not_valid_is_not_said_to_be_missing(tmp_path: Path) -> None:
    texts = scaling()
    texts["execution"] = texts["execution"].replace('unit = "second"', 'unit = "hour"', 1)
    (mistake,) = mistakes(project(tmp_path, **texts))
    assert mistake.startswith("bench/catalog/execution.toml: execution/count: unit: ")


def test_the_valid_entries_are_read_beside_the_mistakes_of_the_others(tmp_path: Path) -> None:
    broken = changed('id = "execution/count"', 'id = "execution/broken"').replace("answer = 3\n", "")
    catalog, found = read_catalog(project(tmp_path, execution=ENTRY + broken))
    assert [benchmark.id for benchmark in catalog.benchmarks] == ["execution/count"]
    assert found == ("bench/catalog/execution.toml: execution/broken: check.answer: Field required",)


@pytest.mark.parametrize(("measured", "check", "key"), [("gone", "log-check", "files"), ("log-200kB", "gone", "check.files")])
def test_an_unknown_input_file_is_named(tmp_path: Path, measured: str, check: str, key: str) -> None:
    execution = changed("{ n = 1000 }", f'{{ n = 1000 }}\nfiles = {{ text = "{measured}.txt" }}')
    execution = execution.replace("{ n = 3 }", f'{{ n = 3 }}\nfiles = {{ text = "{check}.txt" }}')
    assert mistakes(project(tmp_path, execution=execution)) == [
        f"bench/catalog/execution.toml: execution/count: {key}.text: bench/workloads/inputs.py makes no 'gone.txt'"
    ]


def test_an_input_file_whose_bytes_are_not_known_is_named_with_the_line_that_is_lacking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = f"{inputs.DIGESTS['log-check.txt']}  log-check.txt"
    monkeypatch.delitem(inputs.DIGESTS, "log-check.txt")
    execution = changed("{ n = 1000 }", '{ n = 1000 }\nfiles = { text = "log-200kB.txt" }')
    execution = execution.replace("{ n = 3 }", '{ n = 3 }\nfiles = { text = "log-check.txt" }')
    assert mistakes(project(tmp_path, execution=execution)) == [
        "bench/catalog/execution.toml: execution/count: check.files.text: bench/workloads/inputs.sha256 has no line for it: "
        + line
    ]


@pytest.mark.parametrize(("measured", "check", "key"), [("gone", "log-check", "input"), ("log-200kB", "gone", "check.input")])
def test_an_argument_that_is_to_name_an_input_file_and_does_not_is_named(
    tmp_path: Path, measured: str, check: str, key: str
) -> None:
    execution = changed("{ n = 1000 }", f'{{ n = 1000, text = "{measured}.txt" }}\npaths = ["text"]')
    execution = execution.replace("{ n = 3 }", f'{{ n = 3, text = "{check}.txt" }}')
    assert mistakes(project(tmp_path, execution=execution)) == [
        f"bench/catalog/execution.toml: execution/count: {key}.text: bench/workloads/inputs.py makes no 'gone.txt'"
    ]


@pytest.mark.parametrize(
    ("files", "second", "message"),
    [
        ({"execution": ENTRY + ENTRY}, "execution", "execution/count: id: already used in bench/catalog/execution.toml"),
        ({"web": ENTRY}, "web", "execution/count: id: already used in bench/catalog/execution.toml"),
        ({"claims": CLAIM + CLAIM}, "claims", "loops-faster: id: already used in bench/catalog/claims.toml"),
    ],
    ids=["in one file", "in two files", "of a claim"],
)
def test_an_id_that_is_used_twice_is_one_message(tmp_path: Path, files: dict[str, str], second: str, message: str) -> None:
    assert mistakes(project(tmp_path, **files)) == [f"bench/catalog/{second}.toml: {message}"]


def test_entries_without_an_id_in_two_files_are_not_taken_for_one(tmp_path: Path) -> None:
    execution, claims = changed('id = "execution/count"\n', ""), CLAIM.replace('id = "loops-faster"\n', "")
    assert mistakes(project(tmp_path, execution=execution, claims=claims)) == [
        "bench/catalog/execution.toml: entry 1: id: Field required",
        "bench/catalog/claims.toml: entry 1: id: Field required",
    ]


def test_a_file_that_is_not_toml_is_one_message_with_the_line(tmp_path: Path) -> None:
    (message,) = mistakes(project(tmp_path, web='[[benchmark]]\nid = "web/json\n'))
    assert message.startswith("bench/catalog/web.toml: not valid TOML: ")
    assert "line 2" in message


def test_an_unknown_key_beside_the_entries_is_named(tmp_path: Path) -> None:
    assert mistakes(project(tmp_path, web='title = "Web"\n')) == [
        "bench/catalog/web.toml: title: unknown key; a file holds [[benchmark]] entries only"
    ]


def test_a_single_table_in_place_of_entries_is_named(tmp_path: Path) -> None:
    assert mistakes(project(tmp_path, web="[benchmark]\n")) == [
        "bench/catalog/web.toml: benchmark: must be an array of tables, written [[benchmark]]"
    ]


def test_the_mistakes_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    broken = changed("answer = 3\n", "").replace('unit = "second"', 'unit = "hour"')
    messages = mistakes(project(tmp_path, execution=broken, claims=CLAIM + 'colour = "red"\n', web="= 1"))
    assert [message.split(":")[0].removeprefix("bench/catalog/") for message in messages] == [
        "execution.toml", "execution.toml", "web.toml", "claims.toml",
    ]  # fmt: skip


def test_the_error_says_every_mistake_on_a_line_of_its_own() -> None:
    assert str(CatalogError(["one", "two"])) == "one\ntwo"


SERVERS = """
[[server]]
name = "flask"
title = "Flask"
framework = "flask"
language = "python"
tier = "pure"
module = "execution.count"
arguments = ["-m", "gunicorn"]
settings = ["no debug"]
lacks = { websocket = "WSGI has none" }
access = "orm"
first = 2010
released = 2026-02-19
licence = "BSD-3-Clause"

[[server]]
name = "gin"
title = "Gin"
framework = "gin"
language = "go"
tier = "library"
package = "execution/count"
settings = ["release mode"]
access = "driver"
first = 2014
released = 2026-05-01
licence = "MIT"
"""
HTTP = """
[[benchmark]]
id = "web/websocket"
title = "Echo"
question = "How many messages?"
page = "ecosystem/web-frameworks"
instrument = "http"
metric = "rate"
unit = "request/second"
better = "higher"
input = { endpoint = "websocket" }
headline = { python = "flask", go = "gin" }
[benchmark.check]
input = { endpoint = "websocket" }
answer = 32
source = "by definition"
"""


def test_an_http_entry_has_all_servers_as_its_programs(tmp_path: Path) -> None:
    benchmark = load_catalog(project(tmp_path, web=SERVERS + HTTP)).benchmark("web/websocket")
    assert (list(benchmark.python), list(benchmark.go)) == (["flask"], ["gin"])
    assert benchmark.python["flask"].arguments == ("-m", "gunicorn")


OWN = """
[benchmark.python.flask-own]
tier = "pure"
module = "execution.count"
[benchmark.go.gin-own]
tier = "library"
package = "execution/count"
"""


def test_an_http_entry_that_names_programs_has_no_others(tmp_path: Path) -> None:
    own = HTTP.replace('"flask", go = "gin"', '"flask-own", go = "gin-own"') + OWN
    benchmark = load_catalog(project(tmp_path, web=SERVERS + own)).benchmark("web/websocket")
    assert (list(benchmark.python), list(benchmark.go)) == (["flask-own"], ["gin-own"])


LIKE = """
[[server]]
name = "gin-gorm"
title = "Gin, GORM"
framework = "gin"
language = "go"
tier = "library"
package = "execution/count"
settings = []
access = "orm"
varies = "gin"
first = 2014
released = 2026-05-01
licence = "MIT"
"""


def test_a_server_that_varies_the_data_access_of_another_is_a_program_where_the_database_is_queried(tmp_path: Path) -> None:
    queried = HTTP.replace("websocket", "one-query")
    benchmarks = load_catalog(project(tmp_path, web=SERVERS + LIKE + HTTP + queried))
    assert list(benchmarks.benchmark("web/websocket").go) == ["gin"]
    assert list(benchmarks.benchmark("web/one-query").go) == ["gin", "gin-gorm"]


def test_it_is_no_program_of_a_latency_curve(tmp_path: Path) -> None:
    curve = HTTP.replace("websocket", "one-query").replace('metric = "rate"', 'metric = "p99"')
    assert list(load_catalog(project(tmp_path, web=SERVERS + LIKE + curve)).benchmark("web/one-query").go) == ["gin"]


@pytest.mark.parametrize(
    ("around", "servers"),
    [("", ["gin", "gin-2"]), (", distance = 1", ["gin"]), (", quota = 0.5", ["gin"])],
    ids=["nothing", "distance", "quota"],
)
def test_an_alternative_server_is_measured_where_nothing_is_around_it(around: str, servers: list[str], tmp_path: Path) -> None:
    asked = HTTP.replace('endpoint = "websocket"', f'endpoint = "one-query"{around}')
    second = LIKE.replace("gin-gorm", "gin-2").replace("varies", "alternative")
    assert list(load_catalog(project(tmp_path, web=SERVERS + second + asked)).benchmark("web/websocket").go) == servers


@pytest.mark.parametrize("key", ["varies", "alternative"])
def test_a_server_that_another_names_exists(key: str, tmp_path: Path) -> None:
    other = LIKE.replace('varies = "gin"', f'{key} = "gone"')
    assert mistakes(project(tmp_path, web=SERVERS + other + HTTP)) == [
        f"bench/catalog/web.toml: gin-gorm: {key}: there is no server 'gone' in go"
    ]


def test_a_server_is_compared_with_one_that_queries_the_database_as_it_does(tmp_path: Path) -> None:
    queried = load_catalog(project(tmp_path, web=SERVERS + LIKE + HTTP.replace("websocket", "one-query")))
    assert queried.benchmark("web/one-query").counterparts("flask") == ["gin-gorm"]


def test_where_no_database_is_queried_a_server_is_compared_with_the_headlines(tmp_path: Path) -> None:
    assert load_catalog(project(tmp_path, web=SERVERS + LIKE + HTTP)).benchmark("web/websocket").counterparts("flask") == ["gin"]


def test_a_server_that_lacks_the_endpoint_says_why(tmp_path: Path) -> None:
    benchmark = load_catalog(project(tmp_path, web=SERVERS + HTTP)).benchmark("web/websocket")
    assert (benchmark.python["flask"].lacks, benchmark.go["gin"].lacks) == ("WSGI has none", None)


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('name = "gin"', 'name = "flask"', "flask: id: already used in bench/catalog/web.toml"),
        ("first = 2014\n", "", "gin: first: Field required"),
        (
            "released = 2026-05-01",
            'released = "lately"',
            "gin: released: Input should be a valid date or datetime, input is too short",
        ),
        ('package = "execution/count"\n', "", "gin: entry: Value error, a server in Go needs package, and no module"),
    ],
    ids=["a name that is used twice", "an absent key", "an invalid day", "no program"],
)
def test_a_mistake_in_a_server_is_one_message(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    assert SERVERS.count(old) == 1
    messages = mistakes(project(tmp_path, web=SERVERS.replace(old, new)))
    assert messages == [f"bench/catalog/web.toml: {mistake}"]


def test_a_rule_that_names_an_unknown_server_is_a_mistake(tmp_path: Path) -> None:
    claims = CLAIM + 'rule = { program = "go/gin", rivals = ["echo"] }\n'
    assert mistakes(project(tmp_path, claims=claims, web=SERVERS)) == [
        "bench/catalog/claims.toml: loops-faster: rule.rivals: there is no server 'echo' in go"
    ]


RATIO = 'ratio = { python = "pure", go = "standard-library", low = 38, high = 40 }\n'
METRICS = "python = { pure = 8.0 }\ngo = { standard-library = 2.0 }\n"
PUBLISHED = f"""
[[published]]
id = "count-elsewhere"
work = "Counting"
source = "Others"
address = "https://others.example"
year = 2024
conditions = "a million counts"
{RATIO}benchmark = "execution/count"
explanation = "Theirs counts further."
"""


def test_a_published_ratio_is_taken_as_it_is(tmp_path: Path) -> None:
    (entry,) = load_catalog(project(tmp_path, published=PUBLISHED)).published
    assert [(ratio.low, ratio.high) for ratio in entry.ratios] == [(38, 40)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("second", 4.0), ("byte", 4.0), ("request/second", 0.25)],
)
def test_ratios_of_published_metrics_are_above_one_where_go_is_better(tmp_path: Path, unit: str, expected: float) -> None:
    published = changed(RATIO, f'{METRICS}unit = "{unit}"\n', PUBLISHED)
    (ratio,) = load_catalog(project(tmp_path, published=published)).published[0].ratios
    assert (ratio.python, ratio.go, ratio.low, ratio.high) == ("pure", "standard-library", expected, expected)


def test_published_metrics_have_a_ratio_for_each_pair(tmp_path: Path) -> None:
    published = changed(RATIO, "python = { a = 8.0, b = 6.0 }\ngo = { c = 2.0, d = 1.0 }\n", PUBLISHED)
    published = changed('benchmark = "execution/count"\n', "", published)
    (entry,) = load_catalog(project(tmp_path, published=published)).published
    assert [(r.python, r.go, r.low) for r in entry.ratios] == [("a", "c", 4), ("a", "d", 8), ("b", "c", 3), ("b", "d", 6)]


# The same of a published comparison.
PUBLISHED_MISTAKES = {
    "a missing counterpart": (
        '"execution/count"',
        '"execution/gone"',
        "benchmark: there is no benchmark 'execution/gone'",
    ),
    "a missing Python program": (
        'python = "pure"',
        'python = "fast"',
        "python: execution/count has no Python program 'fast'",
    ),
    "a missing Go program": (
        'go = "standard-library"',
        'go = "library"',
        "go: execution/count has no Go program 'library'",
    ),
    "neither ratio nor metrics": (
        RATIO,
        "",
        "entry: Value error, needs either a ratio, or metrics of both python and go",
    ),
    "both a ratio and metrics": (
        RATIO,
        RATIO + METRICS,
        "entry: Value error, needs either a ratio, or metrics of both python and go",
    ),
    "metrics of one language": (
        RATIO,
        "python = { pure = 8.0 }\n",
        "entry: Value error, needs either a ratio, or metrics of both python and go",
    ),
    "ends in the wrong order": ("low = 38", "low = 41", "ratio: Value error, low must not be above high"),
    "a band of nothing": ("year = 2024", "band = 1", "band: Input should be greater than 1"),
    "no explanation": ('explanation = "Theirs counts further."\n', "", "explanation: Field required"),
}


@pytest.mark.parametrize(("old", "new", "mistake"), PUBLISHED_MISTAKES.values(), ids=PUBLISHED_MISTAKES.keys())
def test_a_mistake_in_a_published_comparison_is_one_message(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    messages = mistakes(project(tmp_path, published=changed(old, new, PUBLISHED)))
    assert messages == [f"bench/catalog/published.toml: count-elsewhere: {mistake}"]


REPORT = """
[[report]]
id = "team"
team = "A team"
published = "2024-05"
address = "https://team.example/blog"
direction = "to Go"
service = "A counter"
conditions = "A thousand counts"
reason = "It was slow."
explanation = "Theirs counts further."
[[report.metric]]
what = "Counting"
before = [4, 9]
after = 2
unit = "s"
ours = { benchmark = "execution/count", python = "pure", go = "standard-library" }
"""


def metric_of(root: Path, old: str, new: str) -> ReportedMetric:
    (report,) = load_catalog(project(root, reports=changed(old, new, REPORT))).reports
    return report.metric[0]


@pytest.mark.parametrize(
    ("new", "factor"),
    [
        ("after = 2", (2, 4.5)),
        ("after = [1, 2]", (2, 9)),
        ('after = 18\nbetter = "higher"', (2, 4.5)),
        ("after = 2\ntimes = 3", (3, 3)),
        ("", None),
    ],
    ids=["a range to a number", "a range to a range", "more is better", "the source's own", "nothing after"],
)
def test_a_reported_factor_is_above_one_where_it_became_better(
    tmp_path: Path, new: str, factor: tuple[float, float] | None
) -> None:
    assert metric_of(tmp_path, "after = 2", new).factor == factor


def test_a_report_may_give_reasons_alone(tmp_path: Path) -> None:
    (report,) = load_catalog(project(tmp_path, reports=REPORT.partition("[[report.metric]]")[0])).reports
    assert report.metric == ()


# The same of a report.
REPORT_MISTAKES = {
    "no address": ('address = "https://team.example/blog"\n', "", "address: Field required"),
    "a day that is none": (
        '"2024-05"',
        '"May 2024"',
        r"published: String should match pattern '^20\d\d(-\d\d(-\d\d)?)?$'",
    ),
    "an unknown direction": (
        '"to Go"',
        '"to go"',
        "direction: Input should be 'to Go', 'proposed', 'stayed', 'to Python' or 'to another'",
    ),
    "an unknown key": ('team = "A team"', 'team = "A team"\nsize = 3', "size: unknown key"),
    "a unit of nothing": (
        "before = [4, 9]\nafter = 2\n",
        "times = 3\n",
        "metric.0: Value error, unit belongs to before and after, and to nothing else",
    ),
    "something after alone": ("before = [4, 9]\n", "", "metric.0: Value error, needs before, or times alone"),
    "a range in the wrong order": ("[4, 9]", "[9, 4]", "metric.0: Value error, a range has its lower end first"),
    "a missing counterpart": (
        '"execution/count"',
        '"execution/gone"',
        "metric.0.ours.benchmark: there is no benchmark 'execution/gone'",
    ),
    "a missing program": (
        'python = "pure"',
        'python = "fast"',
        "metric.0.ours.python: execution/count has no Python program 'fast'",
    ),
}


@pytest.mark.parametrize(("old", "new", "mistake"), REPORT_MISTAKES.values(), ids=REPORT_MISTAKES.keys())
def test_a_mistake_in_a_report_is_one_message(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    messages = mistakes(project(tmp_path, reports=changed(old, new, REPORT)))
    assert messages == [f"bench/catalog/reports.toml: team: {mistake}"]


def test_what_a_file_names_that_is_not_toml_is_not_missed(tmp_path: Path) -> None:
    rule = SCALING.replace('one = "execution/count"', 'one = "web/json"')
    assert len(mistakes(project(tmp_path, execution=ENTRY, claims=CLAIM + rule, web="x = ="))) == 1
