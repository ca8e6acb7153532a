from __future__ import annotations

from pathlib import Path

import pytest

from bench.catalog import gomodules
from bench.catalog.loader import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one Go package, which imports a module of others."""
    (tmp_path / "go_examples/web/made").mkdir(parents=True)
    source = 'package main\n\nimport (\n\t"net/http"\n\n\tother "example.com/router/v2"\n\n\t"go_examples/internal/primes"\n)\n'
    (tmp_path / "go_examples/web/made/main.go").write_text(source, encoding="utf-8")
    (tmp_path / gomodules.MODULES).write_text("{}", encoding="utf-8")
    return tmp_path


def test_every_package_of_the_project_is_listed() -> None:
    assert gomodules.mistakes(ROOT) == []


def test_a_package_that_is_not_listed_is_named_with_what_it_imports(root: Path) -> None:
    assert gomodules.mistakes(root) == [
        "go_examples/modules.json: lacks web/made, which imports example.com/router/v2: run `make lock`"
    ]


def test_a_package_that_is_listed_lacks_nothing(root: Path) -> None:
    (root / gomodules.MODULES).write_text('{"web/made": ["example.com/router/v2 v2.0.0"]}', encoding="utf-8")
    assert gomodules.mistakes(root) == []


def test_what_tests_import_is_not_linked_into_a_program(root: Path) -> None:
    folder = root / "go_examples/web/made"
    (folder / "main.go").rename(folder / "main_test.go")
    assert gomodules.mistakes(root) == []


def test_a_list_that_cannot_be_read_is_one_message(root: Path) -> None:
    (root / gomodules.MODULES).write_text("{", encoding="utf-8")
    (mistake,) = gomodules.mistakes(root)
    assert mistake.startswith("go_examples/modules.json: cannot be read: ")
