"""What a figure shows: title, numbers, label and the lines beneath, from the data; `drawing` turns it into Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured, run_line
from scripts.publish.facts.points import CURVE, MEMORY, Plane, Point, curve_points, memory_points
from scripts.publish.facts.rows import TIERS, ProgramRow, RatioRow, program_rows, ratio_rows, variant_rows
from scripts.publish.style import wording

OVERVIEW = "overview"
PANELS = {f"{OVERVIEW}-{tier}": tier for tier in TIERS}
"""The overview in several drawings, one for each tier of Python, as it is shown: all at once are too many lines for a page."""
RATIOS = "/ratios"
"""Ends the name of the figure of a benchmark's ratios; the one without shows its programs' values."""
LATENCIES = "/curve"
"""Ends the name of the figure of a web server's latency against its load."""
SPREAD, SCATTER = "web-spread", "web-scatter"
SPREAD_OVER = ("plaintext", "json", "one-query", "twenty-queries-cost", "fortunes", "twenty-updates-cost")
SPREAD_OF = ("fastapi", "fastapi-sqlalchemy", "flask-psycopg", "flask-granian", "django-cursor", "django-granian")
"""Each of Python's frameworks on its best server, with a driver and with an ORM, over these endpoints: against Go with the same.
"""
SCATTERED = "web/json"
QUESTIONS = {
    "faster": "How many times faster is one language?",
    "smaller": "How many times smaller is it in one language?",
    "ahead": "How many times is one language ahead?",
}
_WHISKER = "whisker: its 95\u00a0% interval, hidden where it is narrower than the mark. Hollow: Python with a native library."
RATIO_KEY = f"Mark: median of the pairs' ratios; {_WHISKER}"
VALUE_KEY = f"Mark: median of the invocations; {_WHISKER}"
PLANE_KEY = "Circle: Python; diamond: Go. Mark: medians of the invocations; whisker: 95\u00a0% interval, hidden where short."


@dataclass(frozen=True)
class Figure:
    """One figure, ready to be drawn, labelled and tabulated."""

    name: str
    """ "overview" or one of its panels, a section, a page, a benchmark's id, or that with "/ratios" or "/curve", ..."""
    title: str
    """A question."""
    direction: str
    """Which direction is better."""
    key: str
    """What dot and whisker are."""
    sample: str
    """How many observations each mark rests on."""
    source: tuple[str, ...]
    """Machine, runtimes, date and run: one line for each run."""
    rows: tuple[RatioRow, ...] | tuple[ProgramRow, ...]
    comparative: str | None
    """What the better one of two is, in a figure of ratios: "faster", "smaller", "ahead"."""
    label: str
    """The whole figure in words, with its numbers, for those who do not see it."""
    plane: Plane | None = None
    """The axes of a figure of points, which has no rows."""
    points: tuple[Point, ...] = ()

    @property
    def stem(self) -> str:
        """The name of its files, without the suffix."""
        return self.name.replace("/", "--")

    @property
    def benchmark(self) -> str | None:
        """The id of the benchmark that it shows, if it shows one."""
        return self.name.removesuffix(RATIOS).removesuffix(LATENCIES) if "/" in self.name else None


def names(site: SiteData) -> tuple[str, ...]:
    """Return the names of all figures."""
    parts = dict.fromkeys(part for benchmark in site.catalog.benchmarks for part in (benchmark.section, benchmark.group))
    own = (name for benchmark in site.catalog.benchmarks for name in (benchmark.id, benchmark.id + RATIOS))
    served = {benchmark.section for benchmark in site.catalog.benchmarks if benchmark.instrument == "http"}
    curves = (benchmark.id + LATENCIES for benchmark in site.catalog.benchmarks if benchmark.has_curve)
    return (OVERVIEW, *PANELS, *parts, *own, *curves, *((SPREAD, SCATTER) if served else ()))


def figure(site: SiteData, name: str) -> Figure:
    """Return the figure of that name.

    Raises:
        KeyError: there is none; the message has those that exist, or may have been meant.
    """
    if name not in names(site):
        if "/" in name:
            raise KeyError(site.catalog.no_benchmark(name))
        raise KeyError(f"no figure {name!r}; there are: {', '.join(known for known in names(site) if '/' not in known)}")
    if name.endswith(RATIOS):
        benchmark = site.catalog.benchmark(name.removesuffix(RATIOS))
        return _ratios(name, f"{benchmark.title}: ", variant_rows(site, benchmark))
    if name.endswith(LATENCIES):
        return _curve(site, name)
    if name == SCATTER:
        return _scatter(site)
    if "/" in name:
        return _values(site, name)
    return _compared(site, name)


def _compared(site: SiteData, name: str) -> Figure:
    """Return a figure of the ratios of several benchmarks."""
    if name == SPREAD:
        return _ratios(name, "Web frameworks: ", spread_rows(site))
    if name in PANELS:
        groups = list(dict.fromkeys(benchmark.group for benchmark in site.catalog.benchmarks))
        rows = [row for row in ratio_rows(site) if row.tier == PANELS[name]]
        ordered = sorted(rows, key=lambda row: groups.index(row.benchmark.group))
        return _ratios(name, f"{PANELS[name].replace('-', ' ').capitalize()} Python: ", tuple(ordered))
    if name == OVERVIEW:
        return _ratios(name, "", ratio_rows(site))
    return _ratios(name, f"{name.replace('-', ' ').capitalize()}: ", ratio_rows(site, name))


def spread_rows(site: SiteData) -> tuple[RatioRow, ...]:
    """Return what the database does to the ratio: each of some servers over endpoints that ask more and more of it."""
    benchmarks = [site.catalog.benchmark(f"web/{endpoint}") for endpoint in SPREAD_OVER]
    rows = [row for benchmark in benchmarks for row in variant_rows(site, benchmark)]
    first = {benchmark.id: m.run.pythons[0].name for benchmark in benchmarks if (m := site.published.get(benchmark.id))}
    chosen = [row for row in rows if row.python in SPREAD_OF and row.runtime == first.get(row.benchmark.id)]
    return tuple(sorted(chosen, key=lambda row: SPREAD_OF.index(row.python)))


def _ratios(name: str, subject: str, rows: tuple[RatioRow, ...]) -> Figure:
    word = wording.comparative(row.benchmark.unit for row in rows)
    title = subject + (_lowered(QUESTIONS[word]) if subject else QUESTIONS[word])
    direction = f"Right of the line Go is {word}, left of it Python"
    sample = _sample([row.shown.pairs for row in rows if row.shown], "pair")
    numbers = "; ".join(f"{row.title}, {_side(row)}: {row.phrase}" for row in rows)
    source = _sources(row.measured for row in rows if row.shown)
    return Figure(
        name, title, direction, RATIO_KEY, sample, source, rows, word, _label(title, direction, numbers, sample, source)
    )


def _side(row: RatioRow) -> str:
    if row.python_title:
        return f"{row.python_title} against {row.go_name}" + (f" ({row.runtime})" if row.runtime else "")
    return f"{wording.tier(f'python/{row.python}')} Python" + (f" ({row.runtime})" if row.runtime else "")


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _values(site: SiteData, name: str) -> Figure:
    benchmark = site.catalog.benchmark(name)
    measured = site.published.get(name)
    rows = program_rows(site, benchmark)
    direction = f"{benchmark.better.capitalize()} is better"
    sample = _sample([row.estimate.invocations for row in rows if row.estimate and row.interval], "invocation")
    numbers = "; ".join(f"{row.name}: {row.reason or wording.measured_value(row.estimate, benchmark.unit)}" for row in rows)
    source = _sources([measured] if sample else [])
    headline = wording.result(site.ratio(name), benchmark.unit)
    label = _label(benchmark.question, direction, f"{headline}. {numbers}", sample, source)
    return Figure(name, benchmark.question, direction, VALUE_KEY, sample, source, rows, None, label)


def _curve(site: SiteData, name: str) -> Figure:
    benchmark = site.catalog.benchmark(name.removesuffix(LATENCIES))
    points = curve_points(site, benchmark)
    title = f"{benchmark.title.partition(',')[0]}: how does latency grow with the load?"
    limit = f"Dashed: a limit of {CURVE.limit * 1e3:g}\u00a0ms." if CURVE.limit else ""
    return _points(site, name, title, "Lower is better; further right is more load", f"{PLANE_KEY} {limit}", points, CURVE)


def _scatter(site: SiteData) -> Figure:
    points = memory_points(site, site.catalog.benchmark(SCATTERED))
    title = "JSON: how much memory for how much throughput?"
    return _points(site, SCATTER, title, "Lower and further right is better", PLANE_KEY, points, MEMORY)


def _points(site: SiteData, name: str, title: str, direction: str, key: str, points: Sequence[Point], plane: Plane) -> Figure:
    shown = [point for point in points if point.reason is None]
    measured = site.published.get(SCATTERED if name == SCATTER else name.removesuffix(LATENCIES))
    if left_out := len(points) - len(shown):
        key += f" {left_out} of {wording.count(len(points), 'mark')} left out: the table says why."
    sample = _sample([point.phase.invocations for point in shown if point.phase], "invocation")
    phrases: dict[str, list[str]] = {}
    for point in points:
        phrases.setdefault(point.server.title, []).append(point.reason or point.phrase)
    numbers = "; ".join(f"{server}: {', '.join(dict.fromkeys(texts))}" for server, texts in phrases.items())
    source = _sources([measured] if sample else [])
    axes = f"{plane.y_title} against {plane.x_title}"
    label = _label(title, direction, f"{axes}. {numbers}", sample, source)
    return Figure(name, title, direction, key, sample, source, (), None, label, plane, tuple(points))


def _sample(counts: list[int], noun: str) -> str:
    """Say the sizes of the samples: "n = 15 to 60 pairs"; nothing where there is none."""
    if not counts:
        return ""
    few, many = min(counts), max(counts)
    return f"n = {wording.count(many, noun)}" if few == many else f"n = {few} to {wording.count(many, noun)}"


def _sources(measured: Iterable[Measured | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(run_line(one) for one in measured if one is not None))


def _label(title: str, direction: str, numbers: str, sample: str, source: tuple[str, ...]) -> str:
    return ". ".join(part.rstrip(".") for part in (title, direction, numbers, sample, *source) if part).replace("?. ", "? ") + "."
