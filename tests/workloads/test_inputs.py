from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from bench.workloads import case, inputs
from tests.apart import apart


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Name of a file -> digest of what its generator makes, all in another process: some need hundreds of megabytes."""
    return apart(digests_of_what_is_made)


def digests_of_what_is_made() -> dict[str, str]:
    return {name: hashlib.sha256(make()).hexdigest() for name, make in inputs.GENERATORS.items()}


def test_every_file_has_a_known_digest() -> None:
    assert inputs.GENERATORS.keys() == inputs.DIGESTS.keys()


@pytest.mark.parametrize("name", inputs.GENERATORS)
def test_a_generator_makes_the_known_bytes(name: str, made: dict[str, str]) -> None:
    assert made[name] == inputs.DIGESTS[name]


def test_the_document_of_orders_is_about_20_kilobytes() -> None:
    assert len(inputs.GENERATORS["orders-20kB.json"]()) == pytest.approx(20_000, rel=0.05)


def test_the_log_is_about_200_kilobytes() -> None:
    assert len(inputs.GENERATORS["log-200kB.txt"]()) == pytest.approx(200_000, rel=0.1)


def test_a_missing_file_is_made(tmp_path: Path) -> None:
    inputs.materialise(["log-check.txt"], tmp_path / "new")
    assert (tmp_path / "new" / "log-check.txt").read_bytes() == inputs.GENERATORS["log-check.txt"]()


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "log-check.txt").write_bytes(b"cut sho")
    inputs.materialise(["log-check.txt"], tmp_path)
    assert (tmp_path / "log-check.txt").read_bytes() == inputs.GENERATORS["log-check.txt"]()


def test_an_intact_file_is_left_alone(tmp_path: Path) -> None:
    inputs.materialise(["log-check.txt"], tmp_path)
    before = (tmp_path / "log-check.txt").stat()
    inputs.materialise(["log-check.txt"], tmp_path)
    assert (tmp_path / "log-check.txt").stat().st_ino == before.st_ino


def test_a_failed_write_leaves_the_old_file_and_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_space(_: int) -> None:
        raise OSError("no space left on device")

    (tmp_path / "log-check.txt").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="no space left"):
        inputs.materialise(["log-check.txt"], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["log-check.txt"]
    assert (tmp_path / "log-check.txt").read_bytes() == b"old"


def test_a_generator_that_makes_other_bytes_than_it_did_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(inputs.GENERATORS, "log-check.txt", lambda: b"other")
    with pytest.raises(inputs.InputError, match=r"log-check\.txt: its generator makes other bytes now.*: d9298a10d1b07358"):
        inputs.materialise(["log-check.txt"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_made_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs.materialise(["urls-check.txt"], case.INPUTS)
    wanted = inputs.GENERATORS["urls-check.txt"]()
    monkeypatch.delitem(inputs.GENERATORS, "urls-check.txt")
    assert inputs.content("urls-check.txt") == wanted


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match=r"nothing\.txt"):
        inputs.materialise(["nothing.txt"], tmp_path)
