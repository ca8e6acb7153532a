"""Where a result comes from, how to measure it again, and how to cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from bench.analyse.records import Confirmation
from bench.catalog import Benchmark
from bench.records.run import NO_COMMIT, Run
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import run_line
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address, run_file
from scripts.publish.style.escape import Markdown, bibtex, file_link, markdown, shell, unsearched

TITLE = "Python or Go?"
DRIVERS = {"asyncpg", "psycopg"}
"""Distributions that a benchmark's programs have where they query PostgreSQL."""
MAKE_TAKES = re.compile(r"[\w.,=/+:@-]+", re.ASCII)
"""A specification of an interpreter that can stand in a list in quotes, and that make does not expand."""


def provenance(site: SiteData, here: Address, benchmark_id: str) -> Markdown:
    """Return machine, runtimes, date, run, commit, whether a second run confirmed the result, and whether it is out of date."""
    measured = site.published.get(site.catalog.benchmark(benchmark_id).id)
    if measured is None:
        return Markdown("Not measured yet.")
    run = measured.run
    second = _confirmation(here, site.confirmations.get(benchmark_id))
    raw = file_link("raw data", here.to_run(run.id, measured.file.name))
    links = f"{file_link('run and machine', here.to_run(run.id))}, {raw}"
    dirty = ", with changes that were not committed" if run.dirty else ""
    changed = " **The programs or their libraries have changed since.**" if benchmark_id in site.changed else ""
    return Markdown(f"{markdown(run_line(measured))}; commit {_commits(run, here)}{dirty}; {second} ({links}).{changed}")


def _confirmation(here: Address, second: Confirmation | None) -> str:
    """Say what a second run says of a result."""
    if second is None:
        return "not yet confirmed by a second run"
    state = "cannot be confirmed at this width" if second.state == "too wide" else second.state
    times = wording.number(second.change, second.interval)
    return f"{state} by {file_link(second.run, here.to_run(second.run))}; the ratio is {times} times that run's"


def conditions(site: SiteData, here: Address, benchmark_id: str) -> Markdown:
    """Return input, check and provenance of a benchmark as a list."""
    benchmark = site.catalog.benchmark(benchmark_id)
    lines = [
        f"- Input, the same on both sides: {_arguments(benchmark)}",
        *([f"- What the input may hold: {benchmark.domain}"] if benchmark.domain else []),
        f"- Checked answer: {benchmark.check.source}",
    ]
    libraries = _libraries(site, benchmark)
    if libraries:
        lines.append(f"- Libraries: {markdown(', '.join(libraries))}")
    lines.append(f"- Measured: {provenance(site, here, benchmark_id)}")
    return unsearched("\n".join(lines))


def reproduce(site: SiteData, benchmark_id: str) -> Markdown:
    """Return the command that measures a benchmark again, with the interpreters of its published run.

    Where make would take a part of an interpreter's specification for its own, the command is the one that make runs.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    measured = site.published.get(benchmark_id)
    pythons = [python.specification for python in measured.run.pythons] if measured else []
    chosen = f" PYTHONS='{' '.join(pythons)}'" if pythons else ""
    command = f"make bench ONLY='{benchmark.id}' PROFILE=full{chosen}"
    if not all(MAKE_TAKES.fullmatch(python) for python in pythons):
        options = " ".join(f"--python {shell(python)}" for python in pythons)
        command = (
            f"make .venv/installed && .venv/bin/python scripts/build.py bench --profile full --only {benchmark.id} {options}"
        )
    return Markdown(f'```console title="Measure it yourself"\n$ {command}\n```')


def cite(site: SiteData, here: Address, benchmark_id: str | None) -> Markdown:
    """Return a citation as text and BibTeX, with the address of data that does not change; without an id, of the site."""
    if benchmark_id is None:
        return _folded(TITLE, here.in_site("index.md"), None, site.runs[-1].run.started if site.runs else None, "python-or-go")
    benchmark = site.catalog.benchmark(benchmark_id)
    measured = site.published.get(benchmark_id)
    page = here.in_site(f"{benchmark.page}.md#{benchmark.name}")
    title = f"{TITLE} {benchmark.title}: {wording.result(site.ratio(benchmark_id), benchmark.unit)}"
    key = f"python-or-go-{benchmark.section}-{benchmark.name}"
    if measured is None:
        return _folded(title, page, None, None, key)
    data = here.in_site(run_file(measured.run.id, measured.file.name))
    return _folded(title, page, data, measured.run.started, f"{key}-{measured.run.started:%Y-%m-%d}")


def _commits(run: Run, here: Address) -> str:
    """Link to the commits of a run's parts."""
    commits = dict.fromkeys(part.commit for part in run.parts)
    links = (f"[`{one[:7]}`]({here.in_repository('', one).rstrip('/')})" for one in commits if one != NO_COMMIT)
    return " and ".join([*links, *(["unknown, of files in no repository"] if NO_COMMIT in commits else [])])


def _folded(title: str, page: str, data: str | None, measured: datetime | None, key: str) -> Markdown:
    when = f" Measured on {wording.day(measured)}." if measured else ""
    raw = f" Raw data: <{data}>." if data else ""
    note = f"  note = {{Raw data: {bibtex(data)}}},\n" if data else ""
    year = f"  year = {{{measured.year}}},\n" if measured else ""
    entry = f"@misc{{{key},\n  title = {{{bibtex(title)}}},\n{year}{note}  howpublished = {{\\url{{{page}}}}}\n}}"
    parts = (
        '<details class="citation" markdown>',
        "<summary>Cite this</summary>",
        f"{markdown(title)}.{when} <{page}>.{raw}",
        f"```bibtex\n{entry}\n```",
        "</details>",
    )
    return Markdown("\n\n".join(parts))


def _arguments(benchmark: Benchmark) -> str:
    texts = [f"`{key} = {value:,}`" if isinstance(value, int) else f"`{key} = {value}`" for key, value in benchmark.input.items()]
    texts += [f"`{key}`, the generated file {name}" for key, name in benchmark.files.items()]
    return ", ".join(texts) or "none"


def _libraries(site: SiteData, benchmark: Benchmark) -> list[str]:
    measured = site.published.get(benchmark.id)
    packages = measured.run.pythons[0].packages if measured else {}
    modules = measured.run.go.modules if measured else {}
    python = dict.fromkeys(
        n for p in benchmark.python.values() for n in (*((p.library,) if p.library else ()), *_names(p.packages))
    )
    go = [g.library for g in benchmark.go.values() if g.library]
    queried = measured.run.database if measured and DRIVERS & python.keys() else None
    database = [f"PostgreSQL {queried.removeprefix('PostgreSQL ')}"] if queried else []
    versions = [f"{n} {packages.get(n, '')}".strip() for n in python] + [f"{n} {modules.get(n, '')}".strip() for n in go]
    return list(dict.fromkeys(versions)) + database


def _names(packages: Iterable[str]) -> list[str]:
    """Return distributions without the extras that they are required with."""
    return [package.partition("[")[0] for package in packages]
