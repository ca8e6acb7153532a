"""The tables and sentences of web servers, from made-up results."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path

import pytest

from bench.catalog import Benchmark
from bench.records.run import BenchmarkResult, Invocation
from scripts.publish.facts.data import SiteData, load
from scripts.publish.prose import frameworks
from scripts.publish.site import blocks
from scripts.publish.style.addresses import Address
from scripts.publish.tables import access, additions, costs, rates, workers
from tests import synthetic
from tests.publish import made

HERE = Address("ecosystem/web-frameworks.md", "https://site.example", "https://code.example")
RUN = synthetic.run(
    pythons=(synthetic.python_runtime(packages={"django": "6.0.1", "fastapi": "0.120.0"}),),
    go=synthetic.go_runtime(modules={"github.com/gin-gonic/gin": "v1.11.0"}),
)
TITLES = [server.title for server in made.CATALOG.servers if server.varies is None]
"""Of the servers that are programs of every benchmark."""
Change = Callable[[str, str, Mapping[str, float]], Mapping[str, float]]
"""Program, mark and metrics -> the metrics that are changed."""


def stored(results: Path, ids: tuple[str, ...], change: Change = lambda *_: {}) -> SiteData:
    """Store one run of some benchmarks with changed readings; return its site."""
    made.store(results, RUN, [measured(id_, change) for id_ in ids])
    return load(made.ROOT, results)


def measured(id_: str, change: Change = lambda *_: {}) -> BenchmarkResult:
    """Return the result of a benchmark with changed readings."""
    benchmark = made.CATALOG.benchmark(id_)
    return made.served_result(benchmark, RUN, tuple(_changed(benchmark, one, change) for one in made.rounds(benchmark, RUN)))


def _changed(benchmark: Benchmark, one: Invocation, change: Change) -> Invocation:
    readings = tuple(
        reading.model_copy(update={"metrics": {**reading.metrics, **change(one.program, reading.mark, reading.metrics)}})
        for reading in one.readings
    )
    value = readings[-1].metrics[str(benchmark.metric)]
    return one.model_copy(update={"readings": readings, "values": (value,)})


def waiting(program: str, metrics: Mapping[str, float]) -> Mapping[str, float]:
    """Let Gin use half of its CPU only."""
    return {"server_cpu": metrics["server_cpu"] / 2} if program == "go/gin" and "server_cpu" in metrics else {}


def cells(markdown: str) -> dict[str, list[str]]:
    """Return the first table's cells by the first in their row; the head's by "Server"."""
    lines = [line for line in markdown.partition("\n\n")[0].splitlines() if not line.startswith("| ---")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {name: rest for name, *rest in rows}


def column(markdown: str, head: str) -> dict[str, str]:
    """Return the cells of one column by the first in their row."""
    rows = cells(markdown)
    place = next(i for i, cell in enumerate(rows["Server"]) if re.sub(r"\[(.*?)\]\(.*?\)", r"\1", cell) == head)
    return {name: row[place] for name, row in rows.items() if name != "Server"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """A site with all benchmarks of web servers."""
    ids = tuple(benchmark.id for benchmark in made.CATALOG.benchmarks if benchmark.section == "web")
    return stored(tmp_path_factory.mktemp("served"), ids)


@pytest.mark.parametrize("program", ["python/new/cpython-3.14", "go/new"])
def test_a_server_that_is_new_has_readings_made_up_too(program: str) -> None:
    entry = made.CATALOG.benchmark("web/json")
    assert all(reading.metrics for reading in made.served(entry, program, 0.0))


# --- Rates ---


def test_every_server_has_a_row_in_the_catalogs_order(served: SiteData) -> None:
    assert list(cells(rates.table(served, HERE, "rate"))) == ["Server", *(server.title for server in made.CATALOG.servers)]


def test_every_endpoint_of_one_cpu_has_a_column_that_links_to_its_part(served: SiteData) -> None:
    head = cells(rates.table(served, HERE, "rate"))["Server"]
    assert head[:2] == ["[Plain text](web-frameworks.md#plaintext)", "[JSON](web-frameworks.md#json)"]
    assert not any("workers" in cell or "latency" in cell for cell in head)


def test_what_another_page_has_has_no_column(served: SiteData) -> None:
    head = cells(rates.table(served, HERE, "rate"))["Server"]
    assert not any(" ms" in cell for cell in head)


def test_a_rate_is_said_without_its_interval(served: SiteData) -> None:
    rates_of = column(rates.table(served, HERE, "rate"), "JSON")
    assert all(re.fullmatch(r"[\d,]+/s", rates_of[title]) for title in TITLES)


def test_an_endpoint_that_a_framework_lacks_is_a_note(served: SiteData) -> None:
    table = rates.table(served, HERE, "rate")
    assert column(table, "Sixteen WebSocket echoes")["Flask"] == "none<sup>3</sup>"
    assert f"<sup>3</sup> {made.CATALOG.benchmark('web/websocket').python['flask'].lacks}." in table


def test_servers_that_lack_an_endpoint_for_the_same_reason_share_a_note(served: SiteData) -> None:
    rates_of = column(rates.table(served, HERE, "rate"), "Sixteen WebSocket echoes")
    assert rates_of["Django"] == rates_of["Django, ASGI"] == "none<sup>1</sup>"


def test_a_server_that_varies_the_data_access_alone_is_measured_where_the_database_is_queried(served: SiteData) -> None:
    table = rates.table(served, HERE, "rate")
    assert column(table, "JSON")["Gin, GORM"].startswith("none<sup>")
    assert column(table, "One query")["Gin, GORM"].endswith("/s")
    assert "Gin, GORM differs in its data access alone, and is measured where the database is queried." in table


def test_a_rate_that_may_not_be_published_links_to_the_part_that_says_why(results: Path) -> None:
    def busy(program: str, mark: str, _: Mapping[str, float]) -> Mapping[str, float]:
        return {"generator_cpu": 0.95} if (program, mark) == ("go/gin", "saturation") else {}

    site = stored(results, ("web/json",), busy)
    assert column(rates.table(site, HERE, "rate"), "JSON")["Gin"] == "[not publishable](web-frameworks.md#json)"


def test_the_processor_time_of_every_endpoint_is_said_in_a_unit_of_time(served: SiteData) -> None:
    metrics = column(rates.table(served, HERE, "server_cpu"), "JSON")
    assert all(re.fullmatch(r"[\d.,]+ (ms|s)", metrics[title]) for title in TITLES)


def test_a_rate_with_which_a_server_left_much_of_its_cpu_idle_is_marked(results: Path) -> None:
    site = stored(results, ("web/json",), lambda program, _, metrics: waiting(program, metrics))
    table = rates.table(site, HERE, "rate")
    marked = {name for name, cell in column(table, "JSON").items() if cell.endswith("\\*")}
    assert marked == {"Gin"}
    assert "\\* The server used less than 90 % of its CPU" in table


def test_no_mark_is_explained_where_there_is_none(served: SiteData) -> None:
    assert "of its CPU" not in rates.table(served, HERE, "rate")


def test_a_metric_that_not_every_endpoint_has_is_refused(served: SiteData) -> None:
    with pytest.raises(KeyError, match="no metric 'p50' of every endpoint; there are: rate, server_cpu, proportional"):
        rates.table(served, HERE, "p50")


# --- The spread ---


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the figure out: nothing is exported here."""
    monkeypatch.setattr(blocks, "chart", lambda *_: "")


@pytest.mark.usefixtures("drawn")
def test_the_spread_has_the_extremes_of_each_server_and_their_quotient(results: Path) -> None:
    def slower(program: str, mark: str, metrics: Mapping[str, float]) -> Mapping[str, float]:
        slow = program == "go/gin" and mark == "fixed"
        return {"server_cpu": 4 * metrics["server_cpu"]} if slow else {}

    made.store(results, RUN, [measured("web/plaintext"), measured("web/twenty-updates-cost", slower)])
    lines = rates.spread(load(made.ROOT, results), HERE).splitlines()
    line = next(line for line in lines if "FastAPI against Gin*" in line)
    assert re.search(r"at \[Twenty updates, CPU time\].* to .* at \[Plain text\]", line)
    assert float(re.search(r"The largest ratio is ([\d.]+) \(", line)[1]) == pytest.approx(4, rel=0.05)  # type: ignore[index]
    assert line.endswith("; 4 of the 6 endpoints have no ratio to publish.")


@pytest.mark.usefixtures("drawn")
def test_without_results_the_spread_says_so(empty: SiteData) -> None:
    assert "- **Django without its ORM against Gin**: not measured." in rates.spread(empty, HERE)


def test_the_spread_has_like_with_like(empty: SiteData) -> None:
    spread = rates.spread(empty, HERE)
    assert "Flask, psycopg against Gin**" in spread
    assert "Flask, psycopg against Gin, GORM**" not in spread


# --- What a mapper costs ---


def mapper_costs(site: SiteData) -> dict[str, list[str]]:
    """Return the cells of the table of mappers by driver."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in access.table(site, HERE).splitlines()]
    return {driver: rest for driver, *rest in rows}


def test_a_mapper_is_set_against_the_driver_of_its_framework(served: SiteData) -> None:
    assert {driver: mapper for driver, (mapper, *_) in mapper_costs(served).items() if driver in TITLES} == {
        "FastAPI": "FastAPI, SQLAlchemy",
        "Gin": "Gin, GORM",
    }


def test_what_a_mapper_costs_is_the_quotient_of_the_processor_times(served: SiteData) -> None:
    times = [float(cell.split(" ")[0]) for cell in mapper_costs(served)["Gin"][1:]]
    assert times == pytest.approx([made.SERVED["gin"] / made.SERVED["gin-gorm"]] * 4, rel=0.02)


def test_without_results_no_mapper_has_a_cost(empty: SiteData) -> None:
    assert mapper_costs(empty)["Gin"][1:] == ["not measured"] * 4


# --- What production adds ---


def test_what_production_adds_is_the_quotient_of_the_processor_times(results: Path) -> None:
    def cheaper(_: str, mark: str, metrics: Mapping[str, float]) -> Mapping[str, float]:
        return {"server_cpu": metrics["server_cpu"] / 3} if mark == "saturation" else {}

    made.store(results, RUN, [measured(additions.FLOOR, cheaper), measured(additions.PRODUCTION)])
    times = column(additions.table(load(made.ROOT, results), HERE), "Times as much")
    assert list(times) == ["FastAPI", "Flask on granian", "Django on granian", "Gin", "Echo", "net/http"]
    assert [float(cell.split(" ")[0]) for cell in times.values()] == pytest.approx([3] * 6, rel=0.02)


def test_what_is_measured_at_the_floor_alone_has_no_quotient(results: Path) -> None:
    site = stored(results, (additions.FLOOR,))
    floor, production, times = cells(additions.table(site, HERE))["Gin"]
    assert (" ms (" in floor, production, times) == (True, "not measured", "")


# --- The database's CPUs ---


def test_the_database_is_where_the_machine_of_the_run_has_room_for_it(served: SiteData) -> None:
    assert rates.neighbours(served) == "shared 1 CPU with the load generator, and the server had another to itself"


# --- The generator's ceiling ---


def test_the_ceiling_is_the_rate_at_which_the_generators_cpu_would_be_used_up(served: SiteData) -> None:
    sentence = rates.headroom(served)
    assert re.match(r"The load generator would use its whole CPU at 125,000 requests/s \(", sentence)
    assert "The fastest server, net/http, answered " in sentence


def test_the_ceiling_is_set_against_the_fastest_servers_rate(served: SiteData) -> None:
    times = re.search(r"the ceiling is ([\d.]+) \(", rates.headroom(served))
    assert times
    assert float(times[1]) == pytest.approx(125_000 / made.SERVED["net-http"], rel=0.02)


def test_a_ceiling_that_was_not_measured_says_so(empty: SiteData) -> None:
    assert rates.headroom(empty) == "The load generator's ceiling is not measured."


# --- Costs ---


def test_costs_are_said_with_their_intervals_in_the_units_that_suit_them(served: SiteData) -> None:
    cpu, rest, *_ = cells(costs.table(served, "web/json"))["FastAPI"]
    assert re.fullmatch(r"1(18|19) ms \([\d.]+ to [\d.]+\)", cpu)
    assert re.fullmatch(r"[\d.]+ MB \([\d.]+ to [\d.]+\)", rest)


def scattered(figure: str) -> Change:
    """Let a figure at saturation be ten times as large in two of five invocations."""
    factors = cycle((1.0, 1.0, 1.0, 10.0, 10.0))
    return lambda _, mark, metrics: {figure: metrics[figure] * next(factors)} if mark == "saturation" else {}


def test_a_figure_is_said_with_its_interval_however_wide(results: Path) -> None:
    site = stored(results, ("web/json",), scattered("proportional"))
    match = re.fullmatch(r"[\d.]+ MB \(([\d.]+) to ([\d.]+)\)", column(costs.table(site, "web/json"), "Memory under load")["Gin"])
    assert match
    assert float(match[2]) == pytest.approx(10 * float(match[1]), rel=0.3)


def test_a_figure_of_a_wide_interval_is_not_said_without_it(results: Path) -> None:
    site = stored(results, ("web/json",), scattered("proportional"))
    assert column(rates.table(site, HERE, "proportional"), "JSON")["Gin"] == "[not publishable](web-frameworks.md#json)"


def test_what_is_read_at_the_start_does_not_depend_on_the_load(results: Path) -> None:
    site = stored(results, ("web/json",), lambda _, mark, __: {"opened": 500.0} if mark == "saturation" else {})
    table = costs.table(site, "web/json")
    assert set(column(table, "p99, closed loop").values()) == {"not publishable"}
    assert all("MB" in cell for cell in column(table, "Memory at rest").values())


def test_the_reason_of_what_is_withheld_is_beneath_the_table(results: Path) -> None:
    site = stored(results, ("web/json",), lambda _, mark, __: {"opened": 500.0} if mark == "saturation" else {})
    often = f"{made.ROUNDS} of {made.ROUNDS}"
    assert f"- Gin: not publishable: The load on go/gin was not what it should be in {often}" in costs.table(site, "web/json")


def test_an_endpoint_that_there_is_not_is_refused(served: SiteData) -> None:
    with pytest.raises(KeyError, match="there is no benchmark 'web/nope'"):
        costs.table(served, "web/nope")


# --- Idle WebSockets ---


CROWD = "memory/websockets-1k"


def test_idle_connections_are_said_in_bytes_for_each_and_seconds_of_a_minute(results: Path) -> None:
    table = costs.idle(stored(results, (CROWD,)), CROWD)
    assert re.fullmatch(r"11\.\d+ kB \(.*\)", column(table, "Memory for each connection")["Gin"])
    assert re.fullmatch(r"2[78]\.?\d* ms \(.*\)", column(table, "CPU time in an idle minute")["Gin"])
    assert re.fullmatch(r"1[34]\.?\d* ms \(.*\)", column(table, "The last one")["Gin"])


def test_every_server_with_websockets_has_a_row(results: Path) -> None:
    entry = made.CATALOG.benchmark(CROWD)
    titles = [program.title for program in entry.python.values()] + [program.title for program in entry.go.values()]
    assert list(cells(costs.idle(stored(results, (CROWD,)), CROWD))) == ["Server", *titles]


def test_why_a_size_was_not_measured_is_said_once_beneath_the_table(results: Path) -> None:
    entry = made.CATALOG.benchmark(CROWD)
    programs = (*(f"python/{name}/{RUN.pythons[0].name}" for name in entry.python), *(f"go/{name}" for name in entry.go))
    refused = made.served_result(entry, RUN, ()).model_copy(update={"unavailable": dict.fromkeys(programs, "too few open files")})
    made.store(results, RUN, [refused])
    table = costs.idle(load(made.ROOT, results), CROWD)
    assert set(column(table, "The last one").values()) == {"not measured"}
    assert table.count("not measured: too few open files.") == 1


# --- Limits of a container ---


QUOTA = "web/quota-half-latency"


def test_a_server_is_said_to_be_throttled_for_a_part_of_each_second(served: SiteData) -> None:
    table = costs.throttling(served, QUOTA)
    assert column(table, "Throttled in each second at saturation")["Gin"].startswith("450 ms (")
    assert column(table, "Throttled in each second at the common rate")["Gin"].startswith("450 ms (")


def test_a_server_that_was_never_throttled_says_so(results: Path) -> None:
    site = stored(results, (QUOTA,), lambda _, mark, __: {} if mark == "start" else {"throttled_seconds": 0.0})
    assert column(costs.throttling(site, QUOTA), "Throttled in each second at the common rate")["Gin"] == "none"


def test_how_often_memory_was_full_is_added_up_over_the_load(served: SiteData) -> None:
    assert column(costs.throttling(served, QUOTA), "Memory was full")["Gin"] == "14 times"


def test_without_a_common_rate_throttling_is_that_at_saturation(served: SiteData) -> None:
    assert cells(costs.throttling(served, "web/quota-half"))["Server"] == [
        "Throttled in each second at saturation",
        "Memory under load",
        "Memory was full",
    ]


def test_without_a_control_group_the_reason_is_said_once(results: Path) -> None:
    entry = made.CATALOG.benchmark(QUOTA)
    programs = (*(f"python/{name}/{RUN.pythons[0].name}" for name in entry.python), *(f"go/{name}" for name in entry.go))
    refused = made.served_result(entry, RUN, ()).model_copy(update={"unavailable": dict.fromkeys(programs, "no control group")})
    made.store(results, RUN, [refused])
    assert costs.throttling(load(made.ROOT, results), QUOTA).count("not measured: no control group.") == 1


def test_a_benchmark_without_a_quota_has_no_throttling(served: SiteData) -> None:
    with pytest.raises(KeyError, match=r"web/json: it has no quota; .*web/quota-half"):
        costs.throttling(served, "web/json")


# --- Latency within a limit ---


def test_the_limit_is_kept_up_to_the_last_share_below_it(served: SiteData) -> None:
    share, rate, tail, then = cells(costs.limits(served, "web/json-latency"))["FastAPI"]
    assert share == "75 % of its throughput"
    assert float(rate.removesuffix("/s").replace(",", "")) == pytest.approx(0.75 * made.SERVED["fastapi"] / 1.1, rel=0.02)
    assert tail.startswith("4.80 ms")
    assert re.match(r"12\.0 ms .* at 90 %", then)


def test_a_share_above_one_that_exceeds_the_limit_does_not_count(results: Path) -> None:
    site = stored(
        results, ("web/json-latency",), lambda _, mark, __: {"p99": 0.05, "p999": 0.06, "max": 0.07} if mark == "25%" else {}
    )
    rows = cells(costs.limits(site, "web/json-latency")).items()
    assert {row[0].partition(":")[0] for name, row in rows if name != "Server"} == {"none"}


def test_a_share_that_may_not_be_published_does_not_count(results: Path) -> None:
    late = {"lag_p99": 0.01}
    site = stored(results, ("web/json-latency",), lambda _, mark, __: late if mark == "75%" else {})
    share, *_, then = cells(costs.limits(site, "web/json-latency"))["Gin"]
    assert share == "50 % of its throughput"
    assert "not publishable: The load on go/gin was not what it should be" in then


def test_a_benchmark_without_a_curve_has_no_limits(served: SiteData) -> None:
    with pytest.raises(KeyError, match=r"web/json: it has no latency curve; .*web/json-latency"):
        costs.limits(served, "web/json")


# --- Workers ---


def test_more_workers_have_a_speed_up_over_one(served: SiteData) -> None:
    gain = column(workers.table(served, HERE), "Speed-up, 2 workers")["Flask"]
    assert float(gain.split()[0]) == pytest.approx(2, rel=0.02)


def within(site: SiteData) -> dict[str, list[str]]:
    return cells(workers.table(site, HERE).split("On equal memory:\n\n")[1])


def test_within_a_memory_the_best_rate_counts(results: Path) -> None:
    def weigh(_: str, mark: str, metrics: Mapping[str, float]) -> Mapping[str, float]:
        return (
            {"proportional": 40e6 * math.ceil(metrics["rate"] / 10_000)} if mark == "saturation" else {}
        )  # more with more workers

    site = stored(results, workers.SWEEP[:2], weigh)
    assert within(site)["FastAPI"][0].endswith("/s (1 worker)")
    assert within(site)["FastAPI"][1].endswith("/s (2 workers)")


def test_a_server_that_needs_more_memory_fits_nowhere(results: Path) -> None:
    site = stored(results, workers.SWEEP, lambda *_: {"proportional": 300e6})
    assert within(site)["Django"] == ["none fits", "none fits", "none fits", within(site)["Django"][3]]


# --- Frameworks ---


def test_a_framework_has_a_column_for_each_of_its_servers(served: SiteData) -> None:
    head = frameworks.facts(served, HERE, "fastapi").splitlines()[0]
    assert [cell.strip() for cell in head.strip("|").split("|")] == ["", "FastAPI", "FastAPI on granian", "FastAPI, SQLAlchemy"]


@pytest.mark.parametrize(("name", "version"), [("django", "django 6.0.1"), ("gin", "gin v1.11.0"), ("net-http", "Go 1.27.3")])
def test_the_version_is_that_of_the_run(served: SiteData, name: str, version: str) -> None:
    assert version in cells(frameworks.facts(served, HERE, name))["Measured version"][0]


def test_the_age_is_counted_to_the_run(served: SiteData) -> None:
    first = next(server.first for server in made.CATALOG.servers if server.framework == "django")
    age = cells(frameworks.facts(served, HERE, "django"))["First release"][0]
    assert age == f"{first}, {synthetic.STARTED.year - first} years before the measurement"


def test_dependencies_are_counted_and_weighed(served: SiteData) -> None:
    facts = cells(frameworks.facts(served, HERE, "gin"))
    assert (facts["Dependencies"][0], facts["Installed"][0]) == ("20 modules", "30.0 MB, the binary")


def test_an_unknown_framework_is_refused_with_those_that_exist(served: SiteData) -> None:
    with pytest.raises(KeyError, match=r"no framework 'nope'.*django, flask, fastapi"):
        frameworks.facts(served, HERE, "nope")


def test_every_server_shows_its_code_of_an_endpoint(empty: SiteData) -> None:
    included = re.findall(r'--8<-- "(.+):one-query"', frameworks.handlers(empty, HERE, "one-query", None))
    assert len(included) == len({server.module or server.package for server in made.CATALOG.servers})
    assert [path for path in included if "[start:one-query]" not in (made.ROOT / path).read_text(encoding="utf-8")] == []


def test_servers_that_share_a_file_share_a_tab(empty: SiteData) -> None:
    tabs = re.findall(r'^=== "(.+)"$', frameworks.handlers(empty, HERE, "one-query", "python"), re.MULTILINE)
    shared = {"Django on granian", "Flask on granian", "FastAPI on granian"}
    assert tabs == [s.title for s in made.CATALOG.servers if s.language == "python" and s.title not in shared]


def test_the_tabs_of_one_language_are_its_own(empty: SiteData) -> None:
    tabs = re.findall(r'^=== "(.+)"$', frameworks.handlers(empty, HERE, "one-query", "go"), re.MULTILINE)
    assert tabs == [server.title for server in made.CATALOG.servers if server.language == "go"]


def test_code_that_there_is_not_is_refused_with_the_server(empty: SiteData) -> None:
    with pytest.raises(KeyError, match=r"django: no file in bench/workloads/web/django has '--8<-- \[start:nope\]'"):
        frameworks.handlers(empty, HERE, "nope", None)


def test_an_unknown_language_is_refused(empty: SiteData) -> None:
    with pytest.raises(KeyError, match="no language 'rust'; there are: python, go"):
        frameworks.handlers(empty, HERE, "one-query", "rust")


@pytest.mark.parametrize(
    "table",
    [
        lambda site: rates.table(site, HERE, "rate"),
        lambda site: costs.table(site, "web/json"),
        lambda site: costs.idle(site, CROWD),
        lambda site: costs.throttling(site, QUOTA),
        lambda site: costs.limits(site, "web/json-latency"),
        lambda site: workers.table(site, HERE),
        lambda site: frameworks.facts(site, HERE, "fastapi"),
    ],
    ids=["rates", "costs", "idle", "throttling", "limits", "workers", "framework"],
)
def test_without_results_a_table_says_that_nothing_was_measured(empty: SiteData, table: Callable[[SiteData], str]) -> None:
    assert "not measured" in table(empty)
