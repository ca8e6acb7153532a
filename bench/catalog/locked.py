"""Which distributions of web servers are not locked: an environment without them could not start the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bench.catalog.catalog import Catalog

FOLDER = "bench/requirements"
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==", re.MULTILINE)


def mistakes(catalog: Catalog, root: Path) -> list[str]:
    """Return each distribution that a server's entry names and the lock of its benchmarks lacks, once, with what to do."""
    return list(dict.fromkeys(_missing(catalog, root)))


def _missing(catalog: Catalog, root: Path) -> Iterator[str]:
    for requirements in dict.fromkeys(name for benchmark in catalog.benchmarks for name in benchmark.required):
        lock = root / FOLDER / f"{requirements}.txt"
        locked = {_plain(name) for name in PIN.findall(lock.read_text(encoding="utf-8"))} if lock.is_file() else set()
        for benchmark in catalog.benchmarks:
            for server, program in benchmark.python.items():
                for package in program.packages if benchmark.requirements_of(server) == requirements else ():
                    if _plain(package.partition("[")[0]) not in locked:
                        source = f"{FOLDER}/{requirements}"
                        yield f"{source}.txt: lacks {package}, which {server} needs: pin it in {source}.in, then run `make lock`"


def _plain(name: str) -> str:
    """Return the one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()
