from __future__ import annotations

from pathlib import Path

import pytest

from bench.measure.host import golang, pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host, find_host
from tests import synthetic
from tests.measure.hosts import interpreter

URL = "postgresql://someone@127.0.0.1/web"


@pytest.fixture(autouse=True)
def _probed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every specification be CPython 3.14, and no password be set."""
    monkeypatch.setattr(golang, "describe", lambda _: synthetic.go_runtime())
    monkeypatch.setattr(pythons, "find", lambda _: interpreter())
    monkeypatch.delenv("PGPASSWORD", raising=False)


def host(url: str | None = None) -> Host:
    return find_host(Path("/nowhere"), ["3.14"], url)


def test_two_specifications_of_one_runtime_are_an_error_that_names_it() -> None:
    with pytest.raises(ToolchainError, match=r"two specifications give the same runtime, cpython-3\.14"):
        find_host(Path("/nowhere"), ["3.14", "/usr/bin/python3.14"])


def test_a_database_gets_the_password_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "p@ss")
    assert host(URL).postgres_url == f"{URL}?password=p%40ss"
    assert host(URL).shown_postgres_url == URL


def test_a_database_without_a_password_stays_as_it_is() -> None:
    assert host(URL).postgres_url == host(URL).shown_postgres_url == URL


def test_without_a_database_a_password_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "p@ss")
    assert host().postgres_url is None
    assert host().shown_postgres_url is None


def large(root: Path) -> Host:
    """Return a host over a project whose requirements "ml" say how much they are."""
    folder = root / "bench" / "requirements"
    folder.mkdir(parents=True)
    (folder / "ml.in").write_text("# Models.\n# To download: about 130 MB.\n", encoding="utf-8")
    (folder / "ml.txt").write_text("", encoding="utf-8")
    return find_host(root, ["3.14"])


def test_what_is_to_be_downloaded_is_known_beforehand(tmp_path: Path) -> None:
    assert large(tmp_path).download("ml") == "about 130 MB"


def test_for_an_environment_that_is_made_nothing_is_to_be_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "is_made", lambda *_: True)
    assert large(tmp_path).download("ml") is None
