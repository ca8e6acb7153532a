"""Makes the input files of the benchmarks: the same bytes on every machine and every Python from 3.11 on.

Which bytes says `inputs.sha256`, so that a file that is there need not be made to know what it is.
"""

from __future__ import annotations

import functools
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.workloads.case import INPUTS
from bench.workloads.generators import models, records
from bench.workloads.generators.addresses import PUBLISHED, addresses
from bench.workloads.generators.bodies import bodies
from bench.workloads.generators.entries import entries
from bench.workloads.generators.log import log
from bench.workloads.generators.messages import check_messages, messages
from bench.workloads.generators.orders import orders
from bench.workloads.generators.payments import as_csv, as_parquet, customers, payments
from bench.workloads.generators.requests import EXAMPLE_HEAD, heads, rsa_key, timestamps, urls
from bench.workloads.generators.sales import sales
from bench.workloads.generators.sequences import dna
from bench.workloads.generators.table import rows

SHA_256 = Path(__file__).with_suffix(".sha256")
GENERATORS: dict[str, Callable[[], bytes]] = {
    "orders-20kB.json": lambda: orders(count=29, seed=1),
    "orders-check.json": lambda: orders(count=1, seed=2),
    "log-200kB.txt": lambda: log(lines=2300, seed=3),
    "log-check.txt": lambda: log(lines=200, seed=4),
    "dna-50kB.txt": lambda: dna(length=50_000, seed=5),
    "dna-check.txt": lambda: dna(length=4000, seed=6),
    "addresses-100.txt": lambda: addresses(pairs=100, seed=7),
    "addresses-check.txt": PUBLISHED.encode,
    "urls-1000.txt": lambda: urls(count=1000, seed=31),
    "urls-check.txt": lambda: urls(count=3, seed=32),
    "heads-1000.txt": lambda: heads(count=1000, seed=33),
    "heads-check.txt": lambda: EXAMPLE_HEAD,
    "timestamps-1000.txt": lambda: timestamps(count=1000, seed=34),
    "timestamps-check.txt": lambda: timestamps(count=3, seed=35),
    "rsa-test-key.pem": rsa_key,
    "integers-1M.bin": lambda: records.integers(count=1_000_000, seed=21),
    "integers-check.bin": lambda: records.integers(count=24, seed=22),
    "sales-100k.tsv": lambda: records.sales(count=100_000, customers=2000, seed=23),
    "sales-check.tsv": lambda: records.sales(count=24, customers=5, seed=24),
    "tokens-seen.txt": lambda: records.tokens(count=50_000, known=10_000, unknown=0.0, seed=25),
    "tokens-asked.txt": lambda: records.tokens(count=50_000, known=10_000, unknown=0.5, seed=26),
    "tokens-seen-check.txt": lambda: records.tokens(count=60, known=20, unknown=0.0, seed=27),
    "tokens-asked-check.txt": lambda: records.tokens(count=40, known=20, unknown=0.5, seed=28),
    "counters-5k.tsv": lambda: records.counters(count=5000, seed=29),
    "counters-check.tsv": lambda: records.counters(count=4, seed=30),
    "contacts-5k.txt": lambda: records.contacts(count=5000, seed=51),
    "contacts-check.txt": lambda: records.contacts(count=6, seed=52),
    "requests-50k.bin": lambda: records.requests(count=50_000, keys=10_000, seed=53),
    "requests-check.bin": lambda: records.encoded((7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1)),
    "cache-500k.bin": lambda: records.operations(count=500_000, keys=10_000, writes=0.05, seed=76),
    "cache-check.bin": lambda: records.encoded((5, 5, 12, ~5, 2007, 5, ~12, 999, 0, ~0, 12)),
    "delays-20k.bin": lambda: records.delays(count=20_000, longest=5000, seed=54),
    "delays-check.bin": lambda: records.delays(count=40, longest=20, seed=55),
    "orders-1kB.json": lambda: orders(count=2, seed=107),
    "orders-1MB.json": lambda: orders(count=1515, seed=62),
    "bodies-100.jsonl": lambda: bodies(count=100, seed=63, every=10),
    "bodies-check.jsonl": lambda: bodies(count=16, seed=64, every=2),
    "table-1000.json": lambda: rows(count=1000, seed=65),
    "table-check.json": lambda: rows(count=4, seed=66),
    "sales-10k.csv": lambda: sales(rows=10_000, seed=67),
    "sales-check.csv": lambda: sales(rows=24, seed=68),
    "orders-200.messages": lambda: messages(count=200, seed=69),
    "orders-check.messages": check_messages,
    "entries-1000.jsonl": lambda: entries(count=1000, seed=70),
    "entries-check.jsonl": lambda: entries(count=6, seed=71),
    "payments-1M.csv": lambda: as_csv(payments(rows=1_000_000, customers=10_000, seed=72)),
    "payments-1M.parquet": lambda: as_parquet(payments(rows=1_000_000, customers=10_000, seed=72)),
    "payments-check.csv": lambda: as_csv(payments(rows=120, customers=8, seed=73)),
    "payments-check.parquet": lambda: as_parquet(payments(rows=120, customers=8, seed=73)),
    "customers-10k.csv": lambda: as_csv(customers(rows=10_000, seed=74)),
    "customers-check.csv": lambda: as_csv(customers(rows=8, seed=75)),
    "mlp.safetensors": lambda: models.safetensors(models.perceptron(seed=81)),
    "mlp.onnx": lambda: models.perceptron_graph(models.perceptron(seed=81)),
    "cnn.safetensors": lambda: models.safetensors(models.convolutional(seed=82)),
    "cnn.onnx": lambda: models.convolutional_graph(models.convolutional(seed=82)),
    "transformer.safetensors": lambda: models.safetensors(models.transformer(seed=83)),
    "transformer.onnx": lambda: models.transformer_graph(models.transformer(seed=83)),
    "images.safetensors": lambda: models.images(count=64, seed=182),
    "tokens.safetensors": lambda: models.tokens(count=64, seed=84),
}
"""Name of a file -> what makes its bytes."""


DIGESTS = {name: digest for digest, name in map(str.split, SHA_256.read_text(encoding="utf-8").splitlines())}
"""Name of a file -> SHA-256 of its bytes, in hexadecimal."""


class InputError(Exception):
    """A file would have other bytes than those that programs were measured with."""


def content(name: str) -> bytes:
    """Return the bytes of a file, which is made first where the project's folder of inputs lacks it.

    Raises:
        KeyError: for a name that is not in GENERATORS.
        InputError: its generator makes other bytes than it did.
    """
    return _made(name).read_bytes()


def line_of(name: str, made: bytes) -> str:
    """Return the line of inputs.sha256 for the bytes of a file, as sha256sum writes it."""
    return f"{hashlib.sha256(made).hexdigest()}  {name}"


def materialise(names: Iterable[str], folder: Path) -> None:
    """Bring the named files into `folder`: whole or not at all, and only where they are missing or differ.

    Raises:
        KeyError: for a name that is not in GENERATORS.
        InputError: a generator makes other bytes than it did.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = folder / name
        if path.is_file() and _digest(path) == DIGESTS.get(name):
            continue
        made = GENERATORS[name]()
        line = line_of(name, made)
        if line != f"{DIGESTS.get(name)}  {name}":
            raise InputError(f"{SHA_256.name}: {name}: its generator makes other bytes now. If they are to be new: {line}")
        _write(path, made)


@functools.cache
def _made(name: str) -> Path:
    materialise([name], INPUTS)
    return INPUTS / name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, made: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink()
        raise
