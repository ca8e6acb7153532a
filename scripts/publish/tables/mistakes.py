"""What is caught when: the mistakes of the catalog, and which tools of each language caught them in the newest record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.catalog.mistakes import FOLDERS, Mistake, Mistakes, digest
from bench.records.mistakes import MistakesRecord, Tool
from scripts.publish.facts.data import SiteData
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, code, link, markdown, unsearched
from scripts.publish.tables import tables

LANGUAGES = {"python": "Python", "go": "Go"}
NOT_RUN = Markdown("The tools have not been run over the mistakes yet: `make mistakes` does that.")
NOBODY = "nobody"
BEYOND_DEFAULTS = "ruff ALL"
"""The linter with more than its default rules. Go's side has none, so sums leave it out, or are given with it besides."""
ALONE = {"python": "python", "go": "go build"}
"""Language -> the tool that is the language itself, without a test: Python imports the program, Go compiles it."""


def finding(site: SiteData) -> Markdown:
    """Return how many mistakes the languages catch alone, their tools without a test, the tests, and nobody, as a list."""
    record = site.caught
    if record is None:
        return NOT_RUN
    mistakes = _examined(site.mistakes, record)
    lines = [f"- {_alone(record, mistakes)}"] if {*ALONE.values()} <= {tool.name for tool in record.tools} else []
    lines += [f"- {_sentence(record, mistakes, language)}" for language in FOLDERS]
    lines.append(f"- {_both(record, mistakes)}")
    if any(tool.name == BEYOND_DEFAULTS for tool in record.tools):
        lines.append(f"- {_beyond(record, mistakes)}")
    return Markdown("\n".join(lines))


def early(site: SiteData) -> Markdown:
    """Return how many mistakes are caught in each language before a test runs: "30 of 47 in Python, 25 in Go"."""
    record = site.caught
    if record is None:
        return NOT_RUN
    mistakes = _examined(site.mistakes, record)
    python, go = (
        sum(_without_tests(_by_default(record, mistake, language)) for mistake in mistakes) for language in ("python", "go")
    )
    return Markdown(f"{python} of {len(mistakes)} in Python, {go} in Go")


def by_kind(site: SiteData) -> Markdown:
    """Return how many mistakes of each kind each tool caught, a table for each language."""
    record = site.caught
    if record is None:
        return NOT_RUN
    known = site.mistakes
    return Markdown("\n\n".join(f"**{title}**\n\n{_matrix(known, record, language)}" for language, title in LANGUAGES.items()))


def every(site: SiteData) -> Markdown:
    """Return every mistake with those that caught it, and what the first of them said, folded."""
    record = site.caught
    if record is None:
        return NOT_RUN
    known = site.mistakes
    titles = {kind.id: kind.title for kind in known.kinds}
    head = ("Kind", "Mistake", *(f"{title}: caught by" for title in LANGUAGES.values()))
    rows = [
        (titles[mistake.kind], mistake.what, *(_caught(record, mistake, language) for language in LANGUAGES))
        for mistake in _examined(known, record)
    ]
    return unsearched(
        f"<details markdown>\n<summary>All {len(rows)} mistakes</summary>\n\n{tables.markdown(head, rows)}\n\n</details>"
    )


def settings(site: SiteData) -> Markdown:
    """Return each tool with its version and its command, as a table."""
    record = site.caught
    if record is None:
        return NOT_RUN
    rows = [
        (tool.name, LANGUAGES[tool.language], tool.version, code(tool.command), tool.unavailable or "yes")
        for tool in record.tools
    ]
    return tables.markdown(("Tool", "Language", "Version", "Command", "Run"), rows)


def taxonomy(site: SiteData) -> Markdown:
    """Return the kinds with their places in the taxonomy as a table, and the taxonomy's sources."""
    known = site.mistakes
    rows = [
        (kind.title, kind.defect_type, kind.qualifier, str(sum(mistake.kind == kind.id for mistake in known.mistakes)))
        for kind in known.kinds
    ]
    sources = "\n".join(f"- {link(source.title, source.url)}" for source in known.taxonomy.sources)
    return Markdown(f"{tables.markdown(('Kind', 'Defect type', 'Qualifier', 'Mistakes'), rows)}\n\n{sources}")


def provenance(site: SiteData, here: Address) -> Markdown:
    """Return when, where and with what the newest record was made, and whether what it is about has changed since."""
    record = site.caught
    if record is None:
        return NOT_RUN
    commit = record.commit[:7] + (", with changes" if record.dirty else "")
    text = (
        f"{wording.day(record.started)}, on {record.machine.hostname} ({record.machine.cpu}), with Python {record.python} and "
        f"Go {record.go}, of commit {commit}."
    )
    parts = [markdown(text), link("The record", here.in_repository("bench/results/mistakes")) + "."]
    if record.subject != digest(site.root):
        parts.append("**The mistakes, the service or its tests have changed since**; `make mistakes` examines them again.")
    return Markdown(" ".join(parts))


def _examined(known: Mistakes, record: MistakesRecord) -> tuple[Mistake, ...]:
    """Return the mistakes that the record has, in the catalog's order."""
    recorded = {outcome.mistake for outcome in record.outcomes}
    return tuple(mistake for mistake in known.mistakes if mistake.id in recorded)


def _without_tests(tools: Iterable[Tool]) -> bool:
    return any(not tool.tests for tool in tools)


def _by_default(record: MistakesRecord, mistake: Mistake, language: str) -> tuple[Tool, ...]:
    """Return who caught a mistake, without the linter beyond its defaults."""
    return tuple(tool for tool in record.catchers(mistake.id, language) if tool.name != BEYOND_DEFAULTS)


def _alone(record: MistakesRecord, mistakes: Sequence[Mistake]) -> Markdown:
    python, go = (
        sum(name in {tool.name for tool in record.catchers(mistake.id, language)} for mistake in mistakes)
        for language, name in ALONE.items()
    )
    text = f"of {len(mistakes)}, Python catches {python} where it imports the program, and Go {go} where it compiles it."
    return Markdown(f"**The language alone:** {markdown(text)}")


def _sentence(record: MistakesRecord, mistakes: Sequence[Mistake], language: str) -> Markdown:
    caught = [_by_default(record, mistake, language) for mistake in mistakes]
    early = sum(map(_without_tests, caught))
    total = sum(bool(tools) for tools in caught)
    each = ", ".join(
        f"{tool.name} {sum(tool in tools for tools in caught)}"
        for tool in record.tools
        if tool.language == language and not tool.tests and tool.name != BEYOND_DEFAULTS
    )
    text = (
        f"{early} of {len(mistakes)} are caught before a test runs ({each}), {total - early} more by the tests, "
        f"{len(mistakes) - total} by nobody."
    )
    return Markdown(f"**{LANGUAGES[language]}:** {markdown(text)}")


def _both(record: MistakesRecord, mistakes: Sequence[Mistake]) -> Markdown:
    early = {
        language: {mistake.id for mistake in mistakes if _without_tests(_by_default(record, mistake, language))}
        for language in FOLDERS
    }
    python, go = early["python"], early["go"]
    text = f"{len(python & go)} in both languages, {len(python - go)} in Python alone, {len(go - python)} in Go alone."
    return Markdown(f"**Before a test runs:** {markdown(text)}")


def _beyond(record: MistakesRecord, mistakes: Sequence[Mistake]) -> Markdown:
    """Return Python's counts with the linter's further rules as well."""
    caught = [record.catchers(mistake.id, "python") for mistake in mistakes]
    early, missed = sum(map(_without_tests, caught)), sum(not tools for tools in caught)
    text = f"{early} of {len(mistakes)} in Python are caught before a test runs, and {missed} by {NOBODY}."
    return Markdown(f"**With `{BEYOND_DEFAULTS}` as well:** {markdown(text)}")


def _matrix(known: Mistakes, record: MistakesRecord, language: str) -> Markdown:
    own = [tool for tool in record.tools if tool.language == language]
    mistakes = _examined(known, record)
    rows = [
        _counts(kind.title, [mistake for mistake in mistakes if mistake.kind == kind.id], record, own, language)
        for kind in known.kinds
    ]
    rows.append(_counts("All", mistakes, record, own, language))
    return tables.markdown(("Kind", "Mistakes", "before a test", NOBODY, *(tool.name for tool in own)), rows)


def _counts(
    title: str, mistakes: Sequence[Mistake], record: MistakesRecord, own: Sequence[Tool], language: str
) -> tuple[str, ...]:
    caught = [_by_default(record, mistake, language) for mistake in mistakes]
    catchers = [record.catchers(mistake.id, language) for mistake in mistakes]
    each = ("not run" if tool.unavailable else str(sum(tool in tools for tools in catchers)) for tool in own)
    return (title, str(len(mistakes)), str(sum(map(_without_tests, caught))), str(sum(not tools for tools in caught)), *each)


def _caught(record: MistakesRecord, mistake: Mistake, language: str) -> Markdown:
    catchers = record.catchers(mistake.id, language)
    if not catchers:
        return Markdown(f"**{NOBODY}**")
    line = next(outcome.line for outcome in record.outcomes if (outcome.mistake, outcome.tool) == (mistake.id, catchers[0].name))
    return Markdown(f"{markdown(', '.join(tool.name for tool in catchers))}<br>{code(line)}")
