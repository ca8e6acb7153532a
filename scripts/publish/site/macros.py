"""The names that pages may use. Each returns Markdown; none writes a file; an unknown id ends the build with one line.

A page that shows a benchmark, in this order:

    {{ heading("execution/n-body") }}            the catalog's title, with the anchor that figures link to
    {{ ratio("execution/n-body") }}, prose ...   the finding
    {{ chart("execution/n-body") }}              figure, flags, table of its numbers, downloads, provenance
    {{ code("execution/n-body") }}               the programs, in tabs
    {{ reproduce("execution/n-body") }}          the command
    {{ cite("execution/n-body") }}               the citation

Arguments named `python` and `go` are tiers ("pure", "native-library", "library", ...); without them the headline's are
meant. `runtime` is a name from the run ("cpython-3.14-jit"); without it the run's first interpreter is meant.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import jinja2.meta

from bench.analyse.predictions import LIMIT
from bench.catalog import CatalogError
from bench.measure.host.golang import ToolchainError
from bench.records.files import ResultError
from scripts.publish.facts.analysis import CACHE
from scripts.publish.facts.data import SiteData, load
from scripts.publish.figures.figures import LATENCIES, SCATTER, SPREAD
from scripts.publish.prose import causes, citation, claims, crosscheck, evidence, findings, frameworks, listing, reports
from scripts.publish.prose import method as methods
from scripts.publish.site import blocks, drawings, pages
from scripts.publish.site.handed import HANDED
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, markdown
from scripts.publish.tables import (
    access,
    additions,
    costs,
    mistakes,
    predictions,
    prototyping,
    rates,
    simulation,
    sizes,
    speedups,
    stalls,
    tables,
    variants,
    workers,
)
from scripts.publish.tables import readings as reading_tables
from scripts.publish.tables import runtimes as other

Macro = Callable[..., Markdown]


class Environment(Protocol):
    """What this module uses of mkdocs-macros."""

    project_dir: str
    page: Any
    conf: Any
    env: jinja2.Environment
    markdown: str
    variables: Mapping[str, object]

    def macro(self, function: Macro) -> Macro: ...


def define_env(env: Environment) -> None:
    """Load all data once and register the macros; end the build with one line where that cannot be done."""
    root = Path(env.project_dir)
    for key in ("site_url", "repo_url"):
        if not env.conf[key]:  # mkdocs takes a variable that is set to nothing for the value, not for the default
            name = key.upper()
            raise SystemExit(f"mkdocs.yml: {key}: is empty; set {name} to an address, or unset {name} to take the default")
    try:
        site = HANDED.get() or load(root, root / "bench" / "results", root / CACHE)
    except (CatalogError, ResultError) as error:
        raise SystemExit(str(error)) from error
    for macro in macros(site, lambda: address(env)):
        env.macro(stopping(macro, env))


def on_post_build(env: Environment) -> None:
    """Put the drawings into the pages that mkdocs has written."""
    drawings.put_into_site(Path(env.project_dir), Path(env.conf["site_dir"]))


def on_pre_page_macros(env: Environment) -> None:
    """End the build with one line where a page uses a name that does not exist: mkdocs-macros would print a traceback."""
    try:
        used = jinja2.meta.find_undeclared_variables(env.env.parse(env.markdown))
    except jinja2.TemplateSyntaxError:
        return  # mkdocs-macros says where it is
    if unknown := sorted(used - env.variables.keys() - env.env.globals.keys() - env.page.meta.keys()):
        raise SystemExit(
            f"docs/{env.page.file.src_uri}: no macro is called {', '.join(unknown)}; scripts/publish/site/macros.py has them all"
        )


def address(env: Environment) -> Address:
    """Return where the page under way is."""
    return Address(env.page.file.src_uri, env.conf["site_url"].rstrip("/"), env.conf["repo_url"].rstrip("/"))


def stopping(macro: Macro, env: Environment) -> Macro:
    """Return the macro, ending the build with one line that names page and macro where it cannot answer.

    mkdocs-macros would print a page of traceback for an exception; it leaves SystemExit alone.
    """

    @functools.wraps(macro)
    def wrapped(*arguments: object, **named: object) -> Markdown:
        try:
            return macro(*arguments, **named)
        except (CatalogError, KeyError, TypeError, ResultError, ToolchainError) as error:
            reason = error.args[0] if error.args else error
            raise SystemExit(f"docs/{env.page.file.src_uri}: {macro.__name__}: {reason}") from error

    return wrapped


def macros(site: SiteData, here: Callable[[], Address]) -> tuple[Macro, ...]:  # noqa: C901, PLR0915  a list of one-line functions
    """Return the macros over `site`; `here` tells the page that is being made."""

    def heading(id: str) -> Markdown:
        """Second-level heading of a benchmark, with its anchor: the part of the id after the slash."""
        benchmark = site.catalog.benchmark(id)
        return Markdown(f"## {benchmark.title} {{ #{benchmark.name} }}")

    def question(id: str) -> Markdown:
        """The question that the benchmark answers, from the catalog."""
        return Markdown(site.catalog.benchmark(id).question)

    def ratio(id: str, python: str | None = None, go: str | None = None, runtime: str | None = None) -> Markdown:
        """The result in one phrase: "Go 38× faster (37.4 to 38.9)", "not publishable: reason", "not measured"."""
        shown = site.ratio(id, python, go, runtime)
        if shown is None:
            return blocks.not_measured(site, here(), id)
        return markdown(wording.result(shown, site.catalog.benchmark(id).unit))

    def interval(id: str, python: str | None = None, go: str | None = None, runtime: str | None = None) -> Markdown:
        """The interval of `ratio` alone, as "37.4 to 38.9"; the reason where there is none to publish."""
        return markdown(wording.result_interval(site.ratio(id, python, go, runtime)))

    def value(id: str, program: str = "python", runtime: str | None = None) -> Markdown:
        """One program's time, "21.3 ms (21.1 to 21.6)".

        `program` is "python" or "go" (the headline's tiers), or has a tier: "python/pure", "go/library".
        """
        return markdown(wording.measured_value(site.program(id, program, runtime), site.catalog.benchmark(id).unit))

    def chart(name: str = "overview") -> Markdown:
        """A figure with everything that belongs to it.

        `name`: "overview" (all), a section ("execution"), a page ("data-in-memory"), or a benchmark's id.
        """
        return blocks.chart(site, here(), name)

    def table(name: str = "overview") -> Markdown:
        """The numbers of `chart(name)` as a table, open on the page (the figure has it folded)."""
        return tables.numbers(site, here(), name)

    def readings(id: str) -> Markdown:
        """What was read of each program at each of its marks: medians, as a table; of `memory` and `observe` benchmarks."""
        return reading_tables.table(site, id)

    def crossing(id: str, python: str, go: str) -> Markdown:
        """At how many items two programs of a `memory` benchmark take the same, in a sentence."""
        return reading_tables.crossing_point(site, id, python, go)

    def speedup(*ids: str) -> Markdown:
        """The same programs in benchmarks that differ in their `workers`: time with one, speed-up with more, as a table."""
        return speedups.table(site, here(), ids)

    def variants_table(*ids: str) -> Markdown:
        """What each variant takes in several benchmarks, as a table with a row for each benchmark."""
        return variants.table(site, here(), ids)

    def tools() -> Markdown:
        """Which tool for which work: the kinds of work that benchmarks stand for, and each language's best programs."""
        return speedups.tools(site, here())

    def free_threaded(id: str) -> Markdown:
        """Which build without the interpreter's lock a benchmark was measured with, in a sentence."""
        return speedups.free_threaded(site, id)

    def other_runtimes() -> Markdown:
        """Every ratio of execution on one core that is published for a second runtime, by page: tables with a column for each."""
        return other.table(site, here())

    def mistakes_finding() -> Markdown:
        """How many of the seeded mistakes the languages catch alone, and their tools, the tests and nobody, as a list."""
        return mistakes.finding(site)

    def mistakes_early() -> Markdown:
        """How many of them are caught before a test runs, in half a sentence: "30 of 47 in Python, 25 in Go"."""
        return mistakes.early(site)

    def mistakes_table(what: str = "kinds") -> Markdown:
        """The seeded mistakes: "kinds" by tool, "all" of them folded, the "tools" with their settings, the "taxonomy"."""
        shown = {"kinds": mistakes.by_kind, "all": mistakes.every, "tools": mistakes.settings, "taxonomy": mistakes.taxonomy}
        return shown[what](site)

    def mistakes_provenance() -> Markdown:
        """When, where and with what the tools were run over the mistakes, and whether these have changed since."""
        return mistakes.provenance(site, here())

    def prototyping_table() -> Markdown:
        """How long each step of a prototype takes in both languages, as a table, with when and where it was timed."""
        return prototyping.table(site, here())

    def web_endpoints(metric: str = "rate") -> Markdown:
        """A metric of each web server at each endpoint, as a table: "rate", "server_cpu", or "proportional", the memory."""
        return rates.table(site, here(), metric)

    def web_spread() -> Markdown:
        """What the database does to the ratio: a figure, and the extremes of each of Python's servers in a sentence."""
        return Markdown(f"{blocks.chart(site, here(), SPREAD)}\n\n{rates.spread(site, here())}")

    def web_orm() -> Markdown:
        """How many times a driver's processor time an object-relational mapper takes, for each framework with both: a table."""
        return access.table(site, here())

    def production_costs() -> Markdown:
        """What a request costs each web server at the floor and in production, and how many times as much, as a table."""
        return additions.table(site, here())

    def database_neighbours() -> Markdown:
        """Where the database of the published run was, beside the web servers: "shared one CPU with the load generator"."""
        return rates.neighbours(site)

    def generator_ceiling() -> Markdown:
        """At which rate the load generator would use its whole CPU, and how far that is from the fastest server."""
        return rates.headroom(site)

    def latency_curve(id: str) -> Markdown:
        """The 99th percentile against the offered rate, a line for each server, with everything that belongs to the figure."""
        return blocks.chart(site, here(), f"{site.catalog.benchmark(id).id}{LATENCIES}")

    def latency_limits(id: str) -> Markdown:
        """Up to which share of its throughput each server keeps the 99th percentile below the limit, as a table."""
        return costs.limits(site, id)

    def web_costs(id: str = "web/json") -> Markdown:
        """Processor time, memory, start and latency at saturation of each server of a benchmark, as a table."""
        return costs.table(site, id)

    def web_idle(id: str) -> Markdown:
        """Memory, processor time and broadcasts of each server of a benchmark with idle WebSockets, as a table."""
        return costs.idle(site, id)

    def web_distance(id: str) -> Markdown:
        """Latencies of each server of a benchmark at a fixed rate, with the database at a distance, as a table."""
        return costs.at_a_distance(site, id)

    def web_throttling(id: str) -> Markdown:
        """How each server of a benchmark with a quota met its limits of CPU and memory, as a table."""
        return costs.throttling(site, id)

    def stall(id: str) -> Markdown:
        """What became of requests while one service of a chain stalled: failures and recovery of each chain, as a table."""
        return stalls.table(site, id)

    def fleet_predictions(id: str) -> Markdown:
        """What the fleet model predicts of a whole of wholes.toml, beside what was measured of it: a table, with its errors."""
        return predictions.table(site, here(), id)

    def fleet_assumptions() -> Markdown:
        """What the fleet model takes for granted, as a list."""
        return predictions.assumptions()

    def fleet_limit() -> Markdown:
        """The error beyond which the fleet model is switched off: "15 %"."""
        return Markdown(wording.percent(LIMIT))

    def fleet_example(id: str) -> Markdown:
        """The fleets that the servers of a mix take for a few loads, where the model is not switched off: a table."""
        return predictions.example(site, id)

    def simulated(what: str) -> Markdown:
        """What was simulated: the "check", fleets "undisturbed", with a "stall", during a "deploy", and the "record" of it."""
        return simulation.table(site, here(), what)

    def web_scatter() -> Markdown:
        """Throughput against memory under load: a figure with everything that belongs to it."""
        return blocks.chart(site, here(), SCATTER)

    def web_workers() -> Markdown:
        """What more workers gain and cost each server, and the best rate of each within some memories: two tables."""
        return workers.table(site, here())

    def framework(name: str) -> Markdown:
        """Facts of a web framework: version, age, licence, dependencies, settings, source."""
        return frameworks.facts(site, here(), name)

    def server_ratios(id: str) -> Markdown:
        """The `ratio` of each of Python's web servers that has the endpoint of an `http` benchmark, as a list."""
        return frameworks.ratios(site, id)

    def handlers(endpoint: str = "one-query", language: str | None = None) -> Markdown:
        """The servers' code of one endpoint in linked tabs; of both languages, or of "python" or "go"."""
        return frameworks.handlers(site, here(), endpoint, language)

    def size_summary() -> Markdown:
        """How much larger one language's programs are: the median over all headlines of each number, as a list."""
        return sizes.summary(site)

    def size_comparison(name: str) -> Markdown:
        """One line of `size_summary`, as a sentence: "Tokens"."""
        return sizes.comparison(site, name)

    def size_table() -> Markdown:
        """The size of each headline's two programs, as a table."""
        return sizes.table(site, here())

    def size_left_out() -> Markdown:
        """The benchmarks whose pairs are in no size, since a program has its work in one of another question: links in a row."""
        return sizes.left_out(site, here())

    def size_servers() -> Markdown:
        """The size of each web server with all its endpoints, as a table: the smallest first."""
        return sizes.servers(site)

    def dependencies() -> Markdown:
        """How many distributions or modules each web server needs, directly and in all, as a table."""
        return sizes.dependencies(site)

    def flags(id: str) -> Markdown:
        """Warnings and blockers of a benchmark's result, as a list; empty without any. `chart` already shows them."""
        return blocks.flags(site, id)

    def code(id: str) -> Markdown:
        """The measured programs in linked tabs, from the tested files, each with a link to its source."""
        return listing.tabs(site, here(), id)

    def concept(name: str) -> Markdown:
        """The programs of one concept of Go in linked tabs, from the tested files: "zero-values"."""
        return listing.concept(site, here(), name)

    def says(claim: str) -> Markdown:
        """What the article says, in our words."""
        return Markdown(site.catalog.claim(claim).says)

    def verdict(claim: str) -> Markdown:
        """What the results say of one claim, in a sentence, with links to the results for and against."""
        return claims.sentence(site, here(), claim)

    def claims_table() -> Markdown:
        """Every claim of the article with its verdict."""
        return claims.table(site, here())

    def claims_grouped() -> Markdown:
        """How many claims have which verdict, and each with its reason, by verdict: what held, what depends, what did not."""
        return claims.grouped(site, here())

    def rests_on(sentence: str, results: Mapping[str, str]) -> Markdown:
        """What the sentence before it rests on; ends the build with the sentence's name where that is no longer so.

        `results`: benchmark, or "benchmark python-variant go-variant", -> "python", "go" or "neither"; claim -> verdict.
        """
        return evidence.rests_on(site, here(), sentence, results)

    def cross_check() -> Markdown:
        """What others published beside what was measured here: a table, and what explains each disagreement."""
        return crosscheck.section(site, here())

    def cross_check_causes() -> Markdown:
        """What each cause of a shift between ours and others' is worth here: a table, and what is left without two of them."""
        return causes.section(site, here())

    def field_reports() -> Markdown:
        """What teams published that changed a service's language, or did not, beside what was measured here: a table, entries."""
        return reports.section(site, here())

    def provenance(id: str) -> Markdown:
        """Where a result comes from: machine, runtimes, date, run, commit, and whether a second run confirmed it."""
        return citation.provenance(site, here(), id)

    def conditions(id: str) -> Markdown:
        """Input, checked answer, libraries and provenance of a benchmark, as a list."""
        return citation.conditions(site, here(), id)

    def reproduce(id: str) -> Markdown:
        """The one command that measures the benchmark again as it was measured."""
        return citation.reproduce(site, id)

    def cite(id: str | None = None) -> Markdown:
        """How to cite a result (text, BibTeX, a link to the run's data that does not change); without an id, the site."""
        return citation.cite(site, here(), id)

    def key_findings(part: str | None = None) -> Markdown:
        """The short findings of a section or page, or of all: how many comparisons each language wins, by tier, and the range."""
        return findings.summary(site, here(), part)

    def controls() -> Markdown:
        """The score of the programs that the published run measured against themselves, in a sentence."""
        return findings.controls(site)

    def servers_apart() -> Markdown:
        """How far apart compared servers started, in the newest published run that has any, in a sentence."""
        return findings.servers_apart(site)

    def local_table() -> Markdown:
        """This machine's newest results beside the published ones."""
        return tables.local(site, here())

    def runtimes_table() -> Markdown:
        """The published runs' interpreters and Go toolchain: version, origin, build canary, GIL, JIT."""
        return tables.runtimes(site)

    def runs_table() -> Markdown:
        """Every run that the site holds: date, machine, profile, benchmarks, controls, files."""
        return tables.runs(site, here())

    def set_aside() -> Markdown:
        """The runs that cannot be used and are left out everywhere, each with its reasons, as a list."""
        return tables.set_aside(site)

    def downloads() -> Markdown:
        """Index, JSON Schemas and the figures' files, as lists of links."""
        return tables.downloads(site, here())

    def repository(path: str = "") -> Markdown:
        """The address of the repository, or of a page below it: "issues", "blob/HEAD/<file>" or "tree/HEAD/<folder>"."""
        if wrong := pages.wrong_target(site.root, path):
            raise KeyError(wrong)
        return Markdown(f"{here().repository}/{path}".rstrip("/"))

    def method(name: str) -> Markdown:
        """A number of the method, from the code that applies it: see `method.METHOD` for the names."""
        return Markdown(methods.number(name))

    return (
        heading, question, ratio, interval, value, chart, table, readings, crossing, speedup, variants_table, tools,
        free_threaded, flags, code, other_runtimes,
        mistakes_finding, mistakes_early, mistakes_table, mistakes_provenance, prototyping_table,
        web_endpoints, web_spread, web_orm, production_costs, database_neighbours, generator_ceiling,
        latency_curve, latency_limits, web_costs, web_idle, web_distance, web_throttling, stall, web_scatter, web_workers,
        fleet_predictions, fleet_assumptions, fleet_limit, fleet_example, simulated,
        framework, server_ratios, handlers, size_summary, size_comparison, size_table, size_left_out, size_servers,
        dependencies, concept,
        says, verdict, claims_table, claims_grouped, rests_on, cross_check, cross_check_causes, field_reports,
        provenance, conditions, reproduce, cite, key_findings, controls, servers_apart, local_table,
        runtimes_table, runs_table, set_aside, downloads, repository, method,
    )  # fmt: skip
