"""Reads the files at the root of the repository as the tools that use them do."""

from __future__ import annotations

import re
import shlex
import subprocess

import yaml

from bench.catalog.loader import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def tracked() -> list[str]:
    """Return the path of every file that git tracks and that exists."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for path in listed.split("\0") if path and (ROOT / path).is_file()]


def recipes() -> dict[str, list[str]]:
    """Return the targets of the Makefile that are verbs -> the lines of their recipes."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {
        target: [line.strip() for line in recipe.splitlines()]
        for target, recipe in re.findall(r"^([a-z-]+):(?!=)[^\n]*\n((?:\t[^\n]*\n)+)", text, re.MULTILINE)
    }


def make_targets(command: str) -> set[str]:
    """Return the targets of a command line of make, without variables and what follows `#`; none of another command."""
    words = shlex.split(command, comments=True)
    return {word for word in words[1:] if "=" not in word} if words[:1] == ["make"] else set()


def steps(workflow: str) -> list[dict[str, object]]:
    """Return the steps of all jobs of a workflow, given as YAML."""
    return [step for job in yaml.safe_load(workflow)["jobs"].values() for step in job["steps"]]


def requirements(text: str) -> dict[str, str]:
    """Return the names that a requirements.in pins -> the comment right above each, empty where there is none."""
    reasons: dict[str, str] = {}
    comment = ""
    for line in text.splitlines():
        if line.startswith("#"):
            comment = f"{comment} {line.lstrip('# ')}".strip()
        else:
            if line:
                reasons.setdefault(line.partition("==")[0], comment)
            comment = ""
    return reasons
