from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from bench.workloads import inputs

DIGESTS = {
    "orders-20kB.json": "e70cc0380117fb63",
    "orders-check.json": "ba43cba524cba78c",
    "log-200kB.txt": "0795a0deb5c8e0e6",
    "log-check.txt": "ad5788ad9c38e45f",
    "urls-1000.txt": "c788056fdf12f838",
    "urls-check.txt": "37fc87d812bbf91f",
    "heads-1000.txt": "74c92acbe2c04bb6",
    "heads-check.txt": "324a49fbb1ce70b2",
    "timestamps-1000.txt": "28b446e009c11b22",
    "timestamps-check.txt": "9a932a28c3bc5ef3",
    "rsa-test-key.pem": "796a2c1095ad1bd1",
    "dna-50kB.txt": "5070c4c37f131327",
    "dna-check.txt": "f5846539fab3fdc7",
    "addresses-100.txt": "4fc8f9f0e4784f02",
    "addresses-check.txt": "d38303f7624a1901",
    "integers-1M.bin": "749cda65e5a57c22",
    "integers-check.bin": "eb9768337125334a",
    "sales-100k.tsv": "ff582152b4f4bb33",
    "sales-check.tsv": "9eb51b92b9d7980d",
    "tokens-seen.txt": "b5d020a5d18818ae",
    "tokens-asked.txt": "f1de721161d098be",
    "tokens-seen-check.txt": "c6e3dbb17e7470b7",
    "tokens-asked-check.txt": "e59efdd77b598aaa",
    "counters-5k.tsv": "6014468ef4f32867",
    "counters-check.tsv": "14fccd92d70474f9",
    "contacts-5k.txt": "eff2a2664fff141b",
    "contacts-check.txt": "32b040e59cb8febc",
    "requests-50k.bin": "99524ddf0010255b",
    "requests-check.bin": "8ef5b1e986862d2c",
    "delays-20k.bin": "58aaf4efc8211488",
    "delays-check.bin": "74f7ec56951eb764",
    "orders-1kB.json": "6b3387678a783977",
    "orders-1MB.json": "259202a144898fb0",
    "bodies-100.jsonl": "4fa65d5e2f7edc31",
    "bodies-check.jsonl": "ae11ab9a73f3bc9e",
    "table-1000.json": "833e91a2cd8064a9",
    "table-check.json": "b1698939cff54705",
    "sales-10k.csv": "ea056b8456a47f6c",
    "sales-check.csv": "074d2bf937aa2585",
    "orders-200.messages": "a284116d847054c3",
    "orders-check.messages": "ad9903310df09511",
    "entries-1000.jsonl": "7661df48d8256032",
    "entries-check.jsonl": "3f4e1f2b196a9ad7",
    "payments-1M.csv": "a2a3227436ff9c4b",
    "payments-1M.parquet": "380ffa85f556fc06",
    "payments-check.csv": "ccbafb9e5790785d",
    "payments-check.parquet": "154771bbffde13a0",
    "customers-10k.csv": "0fb38c45f239211e",
    "customers-check.csv": "282ce42f794488c4",
    "mlp.safetensors": "d701941f78e5ac27",
    "mlp.onnx": "12706f06b28dcaf6",
    "cnn.safetensors": "35c71b3b7d368c90",
    "cnn.onnx": "53e0a2d3da326159",
    "transformer.safetensors": "b4d1c1a93dc82d69",
    "transformer.onnx": "aa2766f10dff1fc6",
    "images.safetensors": "ba015ec520d22224",
    "tokens.safetensors": "364ad1e3850645ee",
}
"""File -> start of its SHA-256: the bytes must be these on every Python."""


def test_every_file_has_a_known_digest() -> None:
    assert inputs.GENERATORS.keys() == DIGESTS.keys()


@pytest.mark.parametrize("name", DIGESTS)
def test_a_generator_makes_the_known_bytes(name: str) -> None:
    assert hashlib.sha256(inputs.GENERATORS[name]()).hexdigest().startswith(DIGESTS[name])


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


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match=r"nothing\.txt"):
        inputs.materialise(["nothing.txt"], tmp_path)
