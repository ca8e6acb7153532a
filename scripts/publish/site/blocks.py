"""A figure on a page: the drawing, what a reader must know about it, its numbers as a table, and its downloads."""

from __future__ import annotations

from scripts.publish.facts.data import SiteData
from scripts.publish.figures.figures import OVERVIEW, PANELS, RATIOS, Figure, figure
from scripts.publish.prose.listing import files
from scripts.publish.site.drawings import place
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address, figure_file
from scripts.publish.style.escape import Markdown, file_link, link, markdown
from scripts.publish.tables import tables


def chart(site: SiteData, here: Address, name: str) -> Markdown:
    """Return a figure with its flags, tables and links; side by side: a benchmark's values and ratios, the overview's panels.

    Raises:
        KeyError: there is no such figure.
        ResultError: it was not exported.
    """
    whole = figure(site, name)
    shown = [whole, figure(site, name + RATIOS)] if whole.benchmark == name else [whole]
    drawn = [figure(site, panel) for panel in PANELS] if name == OVERVIEW else shown
    unit = site.catalog.benchmark(whole.benchmark).unit if whole.benchmark else "second"
    links = [_files(here, one) for one in shown] + ([_sources(site, here, whole.benchmark)] if whole.benchmark else [])
    if whole.benchmark in site.local and whole.benchmark not in site.published:
        links.insert(0, f"Published: {not_measured(site, here, whole.benchmark)}")
    parts = (
        f'<figure class="figure" id="figure-{whole.stem}" markdown>',
        f'<div class="figure-images" markdown="0">{"".join(place(site.root, one) for one in drawn)}</div>',
        "<figcaption markdown>",
        "<br>".join(links),
        "</figcaption>",
        *([flags(site, name)] if whole.benchmark == name else []),
        '<details class="figure-numbers" markdown>',
        "<summary>The numbers as a table</summary>",
        *(tables.figure_table(here, one, unit) for one in shown),
        "</details>",
        "</figure>",
    )
    return Markdown("\n\n".join(parts))


def flags(site: SiteData, benchmark_id: str) -> Markdown:
    """Return the flags of a benchmark's headline ratio as a list, blockers first; empty where there are none."""
    ratio = site.ratio(benchmark_id)
    raised = ratio.flags if ratio else ()
    lines = (f"- **{'Not publishable' if flag.blocker else 'Warning'}:** {markdown(flag.message)}" for flag in raised)
    return Markdown("\n".join(lines))


def not_measured(site: SiteData, here: Address, benchmark_id: str) -> Markdown:
    """Say that there is no published number, with a link to this machine's where that has measured the benchmark."""
    if benchmark_id not in site.local:
        return markdown(wording.NOT_MEASURED)
    result = link("this machine's result", here.to_local(site.catalog.benchmark(benchmark_id)))
    return Markdown(f"{markdown(wording.NOT_MEASURED)} ({result})")


def _files(here: Address, shown: Figure) -> str:
    kinds = (("SVG", "svg"), ("PNG", "png"), ("CSV", "csv"), ("Vega-Lite", "vl.json"))
    links = [f"[{text}]({here.to(figure_file(shown.stem, suffix))})" for text, suffix in kinds]
    return f"{'Ratios' if shown.name.endswith(RATIOS) else 'Figure'}: {' · '.join(links)}"


def _sources(site: SiteData, here: Address, benchmark_id: str) -> str:
    measured = site.published.get(benchmark_id)
    links = [f"[{text}]({here.in_repository(path)})" for text, path in files(site.catalog.benchmark(benchmark_id))]
    if measured:
        links.insert(0, file_link("raw data", here.to_run(measured.run.id, measured.file.name)))
        links.insert(1, file_link(f"run {measured.run.id}", here.to_run(measured.run.id)))
    return f"Sources: {' · '.join(links)}"
