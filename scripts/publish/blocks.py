"""A figure on a page: the drawing, what a reader must know about it, its numbers as a table, and its downloads."""

from __future__ import annotations

from collections.abc import Iterable

from bench.analyse.records import Flag
from bench.measure.store import ResultError
from scripts.publish import palette, tables
from scripts.publish.data import SiteData
from scripts.publish.figures import Figure, figure
from scripts.publish.listing import files
from scripts.publish.pages import Address, figure_file, run_file


def chart(site: SiteData, here: Address, name: str) -> str:
    """Return a figure with its flags, table and links.

    Raises:
        KeyError: there is no such figure.
        ResultError: it was not exported.
    """
    shown = figure(site, name)
    warnings = flags(site, name) if "/" in name else ""
    parts = [
        f'<figure class="figure" id="figure-{shown.stem}" markdown>',
        f'<div class="figure-image" data-search-exclude markdown="0">{_drawing(site, shown)}</div>',
        '<figcaption markdown>',
        _links(site, here, shown),
        "</figcaption>",
        *([warnings] if warnings else []),
        '<details class="figure-numbers" markdown>',
        "<summary>The numbers as a table</summary>",
        tables.figure_table(here, shown, _unit(site, name)),
        "</details>",
        "</figure>",
    ]
    return "\n\n".join(parts)


def flags(site: SiteData, benchmark_id: str) -> str:
    """Return the flags of a benchmark's headline ratio as a list, blockers first; empty where there are none."""
    ratio = site.ratio(benchmark_id)
    return "\n".join(f"- {_flag(flag)}" for flag in _once(ratio.flags if ratio else ()))


def _drawing(site: SiteData, shown: Figure) -> str:
    path = site.root / "docs" / figure_file(shown.stem, "svg")
    try:
        return palette.follow_the_page(path.read_text(encoding="utf-8")).strip()
    except OSError as error:
        raise ResultError(f"{path}: cannot be read: {error.strerror}; `scripts/build.py pages` draws the figures") from error


def _links(site: SiteData, here: Address, shown: Figure) -> str:
    kinds = (("SVG", "svg"), ("PNG", "png"), ("CSV", "csv"), ("Vega-Lite", "vl.json"))
    links = [f"[{text}]({here.to(figure_file(shown.stem, suffix))})" for text, suffix in kinds]
    measured = site.published.get(shown.name)
    if measured:
        links.append(f"[raw data]({here.to(run_file(measured.run.id, measured.file.name))})")
        links.append(f"[run]({here.to(run_file(measured.run.id))})")
    if "/" in shown.name:
        benchmark = site.catalog.benchmark(shown.name)
        links += [f"[{text}]({here.in_repository(path)})" for text, path in files(benchmark)]
    return " · ".join(links)


def _unit(site: SiteData, name: str) -> tables.Unit:
    return site.catalog.benchmark(name).unit if "/" in name else "second"


def _once(every: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys(every))


def _flag(flag: Flag) -> str:
    return f"**{'Not publishable' if flag.blocker else 'Warning'}:** {flag.message}"
