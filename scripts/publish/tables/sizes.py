"""How large equivalent programs are, and what the web servers need of others: computed from the sources, not measured."""

from __future__ import annotations

from collections.abc import Callable

from scripts.publish.facts.data import SiteData
from scripts.publish.facts.rows import short_name
from scripts.publish.facts.sizes import ProgramSize, compare
from scripts.publish.facts.sources import PairSize, needs
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown, unsearched
from scripts.publish.tables import tables

NUMBERS: tuple[tuple[str, Callable[[ProgramSize], int]], ...] = (
    ("Logical lines", lambda size: size.lines),
    ("Tokens", lambda size: size.tokens),
    ("Bytes after gzip", lambda size: size.compressed),
    ("Branches", lambda size: size.branches),
)
COUNTED = (*(name for name, _ in NUMBERS), "Error handling")
ACCESS = {"driver": "driver", "orm": "ORM"}


def summary(site: SiteData) -> Markdown:
    """Return the median ratio of each number over the pairs, with its interval, and both shares of error handling: a list."""
    pairs = site.sizes.pairs
    lines = [f"- **{name}:** {_comparison(pairs, number)}" for name, number in NUMBERS]
    python, go = _share([pair.python for pair in pairs]), _share([pair.go for pair in pairs])
    lines.append(f"- **Error handling:** {python} of Python's logical lines and {go} of Go's, of all these programs together.")
    return unsearched("\n".join(lines))


def comparison(site: SiteData, name: str) -> Markdown:
    """Return the median ratio of one number over the pairs, in a sentence.

    Raises:
        KeyError: there is no such number.
    """
    numbers = dict(NUMBERS)
    if name not in numbers:
        raise KeyError(f"no number {name!r}; there are: {', '.join(numbers)}")
    return Markdown(_comparison(site.sizes.pairs, numbers[name]))


def table(site: SiteData, here: Address) -> Markdown:
    """Return each pair's numbers, Python's before Go's."""
    return tables.markdown(("Benchmark", "Programs", *COUNTED), [_row(here, pair) for pair in site.sizes.pairs])


def left_out(site: SiteData, here: Address) -> Markdown:
    """Return links to the benchmarks whose pairs are left out, in a row."""
    return Markdown(", ".join(link(benchmark.title, here.to_benchmark(benchmark)) for benchmark in site.sizes.left_out) or "none")


def servers(site: SiteData) -> Markdown:
    """Return the numbers of each web server."""
    endpoints = {benchmark.input.get("endpoint") for benchmark in site.catalog.benchmarks if benchmark.instrument == "http"}
    rows = [
        (
            one.server.title,
            one.server.language.capitalize(),
            ACCESS[one.server.access],
            ", ".join(endpoint for endpoint in one.server.lacks if endpoint in endpoints),
            *(f"{number(one.size):,}" for _, number in NUMBERS),
            _share([one.size]),
        )
        for one in sorted(site.sizes.servers, key=lambda one: one.size.tokens)
    ]
    return tables.markdown(("Server", "Language", "Database by", "Without", *COUNTED), rows)


def dependencies(site: SiteData) -> Markdown:
    """Return what each web server needs of others: direct, and with all that these need."""
    rows = [
        (
            need.server.title,
            "Python, distributions" if need.server.language == "python" else "Go, modules",
            str(need.direct),
            str(need.all),
        )
        for need in needs(site.catalog, site.root)
    ]
    return tables.markdown(("Server", "Counted", "Direct", "With all that these need"), rows)


def _comparison(pairs: tuple[PairSize, ...], number: Callable[[ProgramSize], int]) -> str:
    compared = compare(((pair.python, pair.go) for pair in pairs), number)
    if compared is None:
        return "not computed: too few pairs for an interval."
    fewer = f"Python's program has fewer in {compared.smaller_in_python}, Go's in {compared.smaller_in_go}"
    times = wording.number(compared.ratio, compared.interval)
    return (
        f"Go's program has {times} times as many as Python's in the median of {wording.count(compared.pairs, 'pair')}; {fewer}."
    )


def _row(here: Address, pair: PairSize) -> tuple[str, ...]:
    benchmark = pair.benchmark
    names = (f"python/{benchmark.headline.python}", f"go/{benchmark.headline.go}")
    served = benchmark.instrument == "http"
    return (
        link("All endpoints of the web service" if served else benchmark.title, here.to_benchmark(benchmark)),
        markdown(" / ".join(short_name(benchmark, name) for name in names)),
        *(f"{number(pair.python):,} / {number(pair.go):,}" for _, number in NUMBERS),
        f"{_share([pair.python])} / {_share([pair.go])}",
    )


def _share(sizes: list[ProgramSize]) -> str:
    lines = sum(size.lines for size in sizes)
    return wording.percent(round(sum(size.handling for size in sizes) / lines, 3)) if lines else "0 %"
