"""Rapid prototyping: how long each step takes in both languages, from the newest record."""

from __future__ import annotations

from scripts.publish.facts.data import SiteData
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

NOT_TIMED = Markdown("Not measured yet: `make prototyping` times the steps.")
TASKS = {
    "first-test": "Empty folder to first passing test",
    "first-response": "Empty folder to first response",
    "edit": "Edit to answer",
    "format": "Formatter",
    "lint": "Linter",
    "types": "Type check, or build",
    "tests": "Tests",
}
MEGABYTE = 1e6


def table(site: SiteData, here: Address) -> Markdown:
    """Return each pair of steps with its medians and its ratio, and when, where and with what they were timed."""
    record = site.prototyping
    steps = site.prototyping_steps()
    if record is None or not steps:
        return NOT_TIMED
    rows = [
        (
            f"{TASKS[one.python.task]}, {one.python.cache}",
            markdown(f"{one.python.title}: {one.python_seconds:.3g} s"),
            markdown(f"{one.go.title}: {one.go_seconds:.3g} s"),
            wording.number(one.ratio, one.interval),
        )
        for one in steps
    ]
    sizes = " and ".join(
        f"{size / MEGABYTE:.1f} MB for {title}" for title, size in zip(("Python", "Go"), _sizes(site), strict=True)
    )
    commit = record.commit[:7] + (", with changes" if record.dirty else "")
    busiest = max(one.load for one in record.rounds)
    text = (
        f"Medians of {wording.count(record.planned, 'round')}. {wording.day(record.started)}, on {record.machine.hostname} "
        f"({record.machine.cpu}, {record.machine.cores} cores), of commit {commit}; load at the beginning of a round up to "
        f"{busiest:.1f}. Downloaded before: {sizes}. With {', '.join(f'{name} {version}' for name, version in _tools(site))}."
    )
    head = ("Step, caches", "Python", "Go", "Python's time / Go's")
    whole = link("The record", here.in_repository("bench/results/prototyping"))
    return Markdown(f"{tables.markdown(head, rows)}\n\n{markdown(text)} {whole}.")


def _sizes(site: SiteData) -> tuple[int, ...]:
    downloads = site.prototyping.downloads if site.prototyping else {}
    return tuple(size for _, size in sorted(downloads.items(), reverse=True))


def _tools(site: SiteData) -> list[tuple[str, str]]:
    return sorted(site.prototyping.versions.items()) if site.prototyping else []
