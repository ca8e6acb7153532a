"""Makes the input files of the benchmarks: the same bytes on every machine and every Python from 3.11 on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.workloads.generators.log import log
from bench.workloads.generators.orders import orders
from bench.workloads.generators.requests import EXAMPLE_HEAD, heads, rsa_key, timestamps, urls

GENERATORS: dict[str, Callable[[], bytes]] = {
    "orders-20kB.json": lambda: orders(count=29, seed=1),
    "orders-check.json": lambda: orders(count=1, seed=2),
    "log-200kB.txt": lambda: log(lines=2300, seed=3),
    "log-check.txt": lambda: log(lines=200, seed=4),
    "urls-1000.txt": lambda: urls(count=1000, seed=31),
    "urls-check.txt": lambda: urls(count=3, seed=32),
    "heads-1000.txt": lambda: heads(count=1000, seed=33),
    "heads-check.txt": lambda: EXAMPLE_HEAD,
    "timestamps-1000.txt": lambda: timestamps(count=1000, seed=34),
    "timestamps-check.txt": lambda: timestamps(count=3, seed=35),
    "rsa-test-key.pem": rsa_key,
}
"""Name of a file -> what makes its bytes."""


def materialise(names: Iterable[str], folder: Path) -> None:
    """Bring the named files into `folder`: whole or not at all, and only where they are missing or differ.

    Raises:
        KeyError: for a name that is not in GENERATORS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        content = GENERATORS[name]()
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        handle, beside = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink()
            raise
