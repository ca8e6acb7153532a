"""What contributors and readers are told exists: commands, files, issue forms, hooks."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import jsonschema
import pytest
import yaml

from bench.catalog.loader import ROOT
from bench.records.run import SCHEMA_VERSION
from scripts.command_line.main import commands
from tests.repository.files import make_targets, recipes, tracked

GUIDES = ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "README.md")
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
LABELS = {
    *("bug", "documentation", "duplicate", "enhancement", "good first issue", "help wanted", "invalid", "question", "wontfix"),
}
"""Those that GitHub gives every repository: in a fork a form can name no other."""
INPUT = {
    "type": "object",
    "required": ["type", "id", "attributes"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["input", "textarea", "dropdown"]},
        "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
        "attributes": {
            "type": "object",
            "required": ["label"],
            "additionalProperties": False,
            "properties": {
                **{key: {"type": "string", "minLength": 1} for key in ("label", "description", "placeholder", "render")},
                "options": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
            },
        },
        "validations": {"type": "object", "additionalProperties": False, "properties": {"required": {"type": "boolean"}}},
    },
    "if": {"properties": {"type": {"const": "dropdown"}}},
    "then": {"properties": {"attributes": {"required": ["options"]}}},
    "else": {"properties": {"attributes": {"not": {"required": ["options"]}}}},
}
PROSE = {
    "type": "object",
    "required": ["type", "attributes"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "markdown"},
        "attributes": {
            "type": "object",
            "required": ["value"],
            "additionalProperties": False,
            "properties": {"value": {"type": "string"}},
        },
    },
}
FORM = {
    "type": "object",
    "required": ["name", "description", "body"],
    "additionalProperties": False,
    "properties": {
        **{key: {"type": "string", "minLength": 3} for key in ("name", "description", "title")},
        "labels": {"type": "array", "items": {"enum": sorted(LABELS)}},
        "body": {"type": "array", "minItems": 1, "items": {"oneOf": [INPUT, PROSE]}},
    },
}
"""What GitHub's syntax for issue forms says of the keys that are used here."""
each_guide = pytest.mark.parametrize("guide", GUIDES)
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def typed(guide: str, command: str) -> list[str]:
    """Return the command lines of a guide that begin so: in lines of their own, and in backticks."""
    found = re.findall(rf"^    ({command}\b.*)$|`({command}\b[^`]+)`", text(guide), re.MULTILINE)
    return [own or inline for own, inline in found]


@each_guide
def test_every_make_command_is_a_target(guide: str) -> None:
    targets = set().union(*(make_targets(command) for command in typed(guide, "make")))
    assert targets <= recipes().keys()


@each_guide
def test_every_command_of_the_build_script_exists(guide: str) -> None:
    for line in typed(guide, r"(?:scripts/)?build\.py"):
        known: click.Command = commands
        for word in shlex.split(line, comments=True)[1:]:
            if isinstance(known, click.Group) and not word.startswith("-"):
                assert word in known.commands, line
                known = known.commands[word]


@each_guide
def test_every_file_that_a_guide_links_exists(guide: str) -> None:
    linked = re.findall(r"\]\((?!https:)([^)#]+)\)", text(guide))
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_there_is_a_form_for_a_number_and_one_for_a_comparison() -> None:
    names = {yaml.safe_load(form.read_text(encoding="utf-8"))["name"] for form in FORMS}
    assert names == {"This number looks wrong", "This comparison is unfair"}


@each_form
def test_an_issue_form_is_as_github_wants_it(form: Path) -> None:
    parsed = yaml.safe_load(form.read_text(encoding="utf-8"))
    jsonschema.validate(parsed, FORM)
    ids = [part["id"] for part in parsed["body"] if "id" in part]
    assert len(ids) == len(set(ids))


@each_form
def test_an_issue_form_requires_something(form: Path) -> None:
    parts = yaml.safe_load(form.read_text(encoding="utf-8"))["body"]
    assert [part["id"] for part in parts if part.get("validations", {}).get("required")] != []


@each_form
def test_the_links_of_an_issue_form_lead_into_the_repository_that_shows_it(form: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", form.read_text(encoding="utf-8"))
    assert links != []
    for link in links:
        assert link.startswith("../blob/HEAD/")
        assert (ROOT / link.removeprefix("../blob/HEAD/")).is_file()


def test_whoever_has_another_issue_may_write_it() -> None:
    config = yaml.safe_load(text(".github/ISSUE_TEMPLATE/config.yml"))
    assert config == {"blank_issues_enabled": True}


def test_every_hook_calls_a_check_of_the_makefile_and_has_files_to_look_at() -> None:
    (local,) = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert local["repo"] == "local"
    for hook in local["hooks"]:
        assert (hook["entry"], hook["language"], hook["pass_filenames"]) == (f"make {hook['id']}", "system", False)
        assert hook["id"] in recipes()
        assert any(re.search(hook["files"], path) for path in tracked()), hook["id"]


def test_the_changelog_has_every_schema_and_its_newest_day_first() -> None:
    changelog = text("CHANGELOG.md")
    days = re.findall(r"^## (\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE)
    assert days == sorted(days, reverse=True)
    schemas = [int(version) for version in re.findall(r"^\*\*Schema (\d+)\*\*", changelog, re.MULTILINE)]
    assert schemas == list(range(SCHEMA_VERSION, 0, -1))
