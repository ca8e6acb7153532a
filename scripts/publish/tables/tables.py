"""Tables in Markdown, and the rows of the CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bench.analyse.records import Flag
from bench.catalog import Benchmark
from bench.records.run import PythonRuntime, Run
from bench.records.store import SetAside
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import ratio_of
from scripts.publish.facts.points import Point
from scripts.publish.facts.rows import ProgramRow, RatioRow, rivals, short_name, variants
from scripts.publish.figures.figures import Figure, figure, names
from scripts.publish.style import escape, wording
from scripts.publish.style.addresses import INDEX, OLD_SCHEMAS, SCHEMAS, Address, figure_file, local_anchor
from scripts.publish.style.escape import Markdown, code, file_link, link, unsearched
from scripts.publish.style.wording import Unit

Cell = str | int | float | None
RATIO_COLUMNS = (
    *("benchmark", "python", "go", "runtime", "ratio", "low", "high", "confidence", "outcome", "pairs", "voided"),
    *("result", "flags", "run"),
)
CURVE_HEAD = ("Server", "At", "Offered", "Achieved", "p50", "p99", "p99.9", "Invocations")
MEMORY_HEAD = ("Server", "Throughput", "Memory under load", "Invocations")
POINT_METRICS = ("offered", "rate", "p50", "p99", "p999", "server_cpu", "proportional")
POINT_COLUMNS = (
    *("server", "at"),
    *(f"{metric}{end}" for metric in POINT_METRICS for end in ("", "_low", "_high")),
    *("invocations", "result"),
)
"""Rates in requests per second, times in seconds, CPU seconds per 1,000 requests, bytes."""
ENOUGH_FOR_P999 = 10_000
"""Requests that must count in each invocation for a latency that one in a thousand exceeds."""
REASONS, REASON_LENGTH = 5, 500
"""Reasons of a run that was set aside that are shown at the most, and characters of one."""
PROGRAM_COLUMNS = ("program", "library", "value", "low", "high", "confidence", "unit", "invocations", "result", "flags")


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markdown:
    """Return a table; a cell that is not Markdown is shown as it is."""
    first, *others = ([_cell(cell) for cell in line] for line in (head, *rows))
    lines = [first, ["---"] * len(head), *others]
    return Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def numbers(site: SiteData, here: Address, name: str) -> Markdown:
    """Return the numbers of the figure of that name.

    Raises:
        KeyError: there is no such figure.
    """
    shown = figure(site, name)
    return figure_table(here, shown, site.catalog.benchmark(shown.benchmark).unit if shown.benchmark else "second")


def figure_table(here: Address, shown: Figure, unit: Unit) -> Markdown:
    """Return the numbers of a figure, in its order."""
    if shown.plane:
        if shown.plane.joined:
            return markdown(CURVE_HEAD, [_curve_cells(point) for point in shown.points])
        return markdown(MEMORY_HEAD, [_memory_cells(point) for point in shown.points])
    if any(isinstance(row, RatioRow) for row in shown.rows):
        ratios = [row for row in shown.rows if isinstance(row, RatioRow)]
        head = ("Benchmark", "Python", "Go", "Result", "Pairs")
        return markdown(head, [_ratio_cells(here, row) for row in ratios])
    programs = [row for row in shown.rows if isinstance(row, ProgramRow)]
    return markdown(("Program", "Median and 95 % interval", "Invocations"), [_program_cells(row, unit) for row in programs])


def records(shown: Figure, unit: Unit) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Return the columns and rows of a figure's CSV; a number that is not published is empty, and `result` says why."""
    if shown.plane:
        return POINT_COLUMNS, [_point_record(point) for point in shown.points]
    ratios = [_ratio_record(row) for row in shown.rows if isinstance(row, RatioRow)]
    if ratios:
        return RATIO_COLUMNS, ratios
    return PROGRAM_COLUMNS, [_program_record(row, unit) for row in shown.rows if isinstance(row, ProgramRow)]


def local(site: SiteData, here: Address) -> Markdown:
    """Return this machine's newest results beside the published ones: the headline's interpreter, every tier."""
    if not site.local:
        return Markdown("This site was built on a machine that has not measured anything.")
    rows = [row for benchmark in site.catalog.benchmarks for row in _local_rows(site, here, benchmark)]
    used = {measured.run.id: measured.run for measured in site.local.values()}
    about = "\n".join(
        f"- {_run_link(here, run)}: profile {run.plan.profile}, {escape.markdown(_runtimes(run))}" for run in used.values()
    )
    table = markdown(("Benchmark", "Python / Go", "This machine", "Published"), rows)
    return Markdown(f"{table}\n\nThis machine's runs:\n\n{about}")


def runtimes(site: SiteData) -> Markdown:
    """Return the interpreters and the Go toolchains of the published runs."""
    rows: list[tuple[str, ...]] = []
    for stored in site.published_runs:
        for python in stored.run.pythons:
            canary = f"{python.canary.score:.2f} of {python.canary.reference}" if python.canary else "no reference"
            rows.append((python.name, f"{python.implementation} {python.version}", python.origin, _settings(python), canary))
        go = stored.run.go
        rows.append((go.name, go.version, go.target, f"GOAMD64={go.goamd64}" if go.goamd64 else "", ""))
    if not rows:
        return Markdown("No run has been published yet.")
    return markdown(("Name", "Version", "Origin", "Settings", "Build canary"), list(dict.fromkeys(rows)))


def runs(site: SiteData, here: Address) -> Markdown:
    """Return every run, the newest first."""
    if not site.runs:
        return Markdown("No run has been stored yet.")
    rows = []
    for stored in reversed(site.runs):
        run, score = stored.run, site.analyses.former_score(stored)
        machine = f"{run.machine.cpu}, {wording.count(run.machine.cores, 'core')}"
        controls = f"{score.contain_one} of {score.intervals} contain 1" if score.intervals else "none"
        benchmarks = wording.count(len(stored.results), "benchmark")
        rows.append(
            (_run_link(here, run), wording.day(run.started), run.plan.profile, machine, _runtimes(run), benchmarks, controls)
        )
    return markdown(("Run", "Date", "Profile", "Machine", "Runtimes", "Size", "Last controls"), rows)


def set_aside(site: SiteData) -> Markdown:
    """Return the runs that cannot be used, each with its reasons."""
    if not site.set_aside:
        return Markdown("None: every stored run can be used.")
    return Markdown("\n".join(line for run in site.set_aside for line in _set_aside(site, run)))


def downloads(site: SiteData, here: Address) -> Markdown:
    """Return links to the index, the schemas and the figures' data."""
    names_of = {"run": "run.json", "result": "results", "catalog": "catalog"}
    current = [link(text, here.to(f"{SCHEMAS}/{name}.json")) for name, text in names_of.items()]
    old = [link(names_of[name], here.to(f"{SCHEMAS}/1/{name}.json")) for name in OLD_SCHEMAS]
    lines = [
        f"- [Index of all results]({here.to(INDEX)}): benchmarks, ratios, intervals, flags, runs and files",
        f"- JSON Schema: {', '.join(current)}",
        f"- JSON Schema of files whose `schema_version` is 1: {', '.join(old)}",
    ]
    figures = []
    for name in names(site):
        stem = name.replace("/", "--")
        links = [
            f"[{kind}]({here.to(figure_file(stem, suffix))})" for kind, suffix in (("CSV", "csv"), ("SVG", "svg"), ("PNG", "png"))
        ]
        figures.append(f"- Figure `{name}`: {', '.join(links)}")
    return Markdown("\n".join((*lines, "", unsearched("\n".join(figures)))))


def _local_rows(site: SiteData, here: Address, benchmark: Benchmark) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a benchmark in this machine's table; the first has the anchor."""
    measured, anchor = site.local.get(benchmark.id), f"{{ #{local_anchor(benchmark)} }}"
    title = link(benchmark.title, here.to_benchmark(benchmark))
    for python in variants(benchmark.python):
        for go in rivals(benchmark, python):
            result = wording.result(ratio_of(benchmark, measured, python, go), benchmark.unit)
            published = wording.result(site.ratio(benchmark.id, python, go), benchmark.unit)
            tiers = " / ".join(short_name(benchmark, program) for program in (f"python/{python}", f"go/{go}"))
            yield Markdown(f"{title}{anchor}"), tiers, result, published
            anchor = ""


def _set_aside(site: SiteData, run: SetAside) -> Iterator[str]:
    """Yield the lines on one run. Paths are given from its folder, or from the project's."""
    state = "it is damaged" if run.damaged else "it is of a newer schema than this site"
    yield f"- {code(run.folder.name)}: {state}."
    for reason in run.reasons[:REASONS]:
        local = reason.replace(f"{run.folder}/", "").replace(f"{site.root}/", "")
        yield f"    - {escape.markdown(local[:REASON_LENGTH])}{'…' if len(local) > REASON_LENGTH else ''}"
    if len(run.reasons) > REASONS:
        yield f"    - and {wording.count(len(run.reasons) - REASONS, 'other reason')}"


def _ratio_cells(here: Address, row: RatioRow) -> tuple[str, ...]:
    pairs = str(row.shown.pairs) if row.shown else ""
    python = row.python_name + (f", {row.runtime}" if row.runtime else "")
    return link(row.benchmark.title, here.to_benchmark(row.benchmark)), python, row.go_name, row.phrase, pairs


def _program_cells(row: ProgramRow, unit: Unit) -> tuple[str, ...]:
    value = row.reason or wording.measured_value(row.estimate, unit)
    return row.name, value, str(row.estimate.invocations) if row.estimate and row.interval else ""


def _ratio_record(row: RatioRow) -> tuple[Cell, ...]:
    programs = (row.benchmark.id, f"python/{row.python}", f"go/{row.go}", row.runtime)
    run = row.measured.run.id if row.measured else None
    ratio = row.shown
    if ratio is None:
        return (*programs, *(None,) * 7, row.phrase, _kinds(row.ratio.flags if row.ratio else ()), run)
    interval = ratio.interval
    numbers = (ratio.ratio, interval.low, interval.high, interval.confidence, ratio.outcome, ratio.pairs, ratio.voided)
    return (*programs, *numbers, row.phrase, _kinds(ratio.flags), run)


def _program_record(row: ProgramRow, unit: Unit) -> tuple[Cell, ...]:
    if row.estimate is None or row.interval is None:
        return (row.program, row.library, None, None, None, None, unit, None, row.reason, _kinds(row.flags))
    numbers = (row.estimate.value, row.interval.low, row.interval.high, row.interval.confidence, unit, row.estimate.invocations)
    return (row.program, row.library, *numbers, wording.measured_value(row.estimate, unit), _kinds(row.flags))


def _curve_cells(row: Point) -> tuple[str, ...]:
    phase = row.phase
    if phase is None:
        return (row.server.title, "", "", "", "", row.reason or "", "", "")
    at = phase.mark if phase.mark.endswith("%") else "the common rate"
    offered = wording.alone(*phase.metrics["offered"], "request/second")
    if phase.reason:
        return (row.server.title, at, offered, "", "", phase.reason, "", "")
    rare = phase.phrase("p999", "second") if phase.counted >= ENOUGH_FOR_P999 else "too few"
    rates = (offered, wording.alone(*phase.metrics["rate"], "request/second"))
    return (
        row.server.title,
        at,
        *rates,
        phase.phrase("p50", "second"),
        phase.phrase("p99", "second"),
        rare,
        str(phase.invocations),
    )


def _memory_cells(row: Point) -> tuple[str, ...]:
    phase = row.phase
    if phase is None or phase.reason:
        return (row.server.title, row.reason or "", "", "")
    return (
        row.server.title,
        phase.phrase("rate", "request/second"),
        phase.phrase("proportional", "byte"),
        str(phase.invocations),
    )


def _point_record(row: Point) -> tuple[Cell, ...]:
    """Return a point's metrics; those that may not be published are empty, and `result` says why."""
    phase, numbers = row.phase, list[Cell]()
    for name in POINT_METRICS:
        enough = phase is not None and (name != "p999" or phase.counted >= ENOUGH_FOR_P999)
        if phase is None or name not in phase.metrics or not enough or phase.reason:
            numbers += [None] * 3
        else:
            value, interval = phase.metrics[name]
            numbers += [value, interval.low, interval.high]
    return (row.server.name, row.mark, *numbers, phase.invocations if phase else None, row.reason or row.phrase)


def _kinds(flags: Iterable[Flag]) -> str:
    return " ".join(dict.fromkeys(flag.kind for flag in flags))


def _run_link(here: Address, run: Run) -> Markdown:
    return file_link(run.id, here.to_run(run.id))


def _settings(python: PythonRuntime) -> Markdown:
    """Say what is on and off in an interpreter, and which variables were set for it."""
    switches = f"GIL {_switch(python.gil)}, JIT {_switch(python.jit)}"
    variables = " ".join(f"{key}={value}" for key, value in python.environment.items())
    return Markdown(f"{switches}; {code(variables)}" if variables else switches)


def _runtimes(run: Run) -> str:
    return ", ".join([*(python.name for python in run.pythons), run.go.name])


def _switch(state: bool | None) -> str:  # noqa: FBT001  a third state, "unknown", is what this is about
    return "unknown" if state is None else ("on" if state else "off")


def _cell(text: str) -> str:
    return escape.markdown(text).replace("|", "\\|").replace("\n", " ")
