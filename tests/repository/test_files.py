"""What holds for the files at the root, and for all that are committed."""

from __future__ import annotations

import os
import re
import tomllib

import pytest
import yaml

from bench.catalog.loader import ROOT
from tests.repository.files import tracked

REGISTRY = re.compile(rb"(?:pypi|pythonhosted|proxy\.golang|registry\.npmjs)\.org")
LARGEST = 2_000_000


def test_no_committed_file_names_a_package_registry() -> None:
    assert [path for path in tracked() if REGISTRY.search((ROOT / path).read_bytes())] == []


def test_no_generated_file_is_committed() -> None:
    generated = re.compile(r"^(\.venv|build|site)/|(^|/)(__pycache__|\.\w+_cache)/")
    assert [path for path in tracked() if generated.search(path)] == []


def test_no_committed_file_is_large() -> None:
    assert [path for path in tracked() if (ROOT / path).stat().st_size > LARGEST] == []


@pytest.mark.skipif(os.name != "posix", reason="the file system has no modes")
def test_scripts_with_a_shebang_are_executable() -> None:
    scripts = [path for path in tracked() if (ROOT / path).read_bytes().startswith(b"#!")]
    assert ".ci/run" in scripts
    assert [path for path in scripts if not os.access(ROOT / path, os.X_OK)] == []


def test_the_citation_names_the_licence_of_the_code_and_no_invented_person() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    assert [author.keys() for author in citation["authors"]] == [{"name"}]


def test_the_readme_states_both_licences() -> None:
    licence = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Licence")[2]
    assert "(LICENSE)" in licence
    assert "CC BY 4.0" in licence


def test_every_path_in_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https:)([^)#]+)\)", readme)
    tabled = re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE)
    assert len(tabled) > 1
    assert [path for path in linked + tabled if not (ROOT / path).exists()] == []


def test_every_decision_is_in_the_index_and_no_other() -> None:
    folder = ROOT / "docs" / "decisions"
    linked = re.findall(r"^- \[[^]]+\]\(([^)]+)\): .+\.$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(linked) == sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")


def test_every_ignored_rule_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]
    assert [rule for rule in ignored if not re.search(rf'^ +"{rule}", +# \w', text, re.MULTILINE)] == []
