"""Runs on disk, for tests that break them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.records import store
from bench.records.run import BenchmarkResult, Run
from tests import synthetic

N_BODY = "execution--n-body.json"


def save(results: Path, run: Run | None = None, *measured: BenchmarkResult) -> Path:
    """Store a finished run with its seal, of n-body where nothing else is given; return its folder."""
    run = run or synthetic.run()
    folder = results / run.id
    folder.mkdir(parents=True)
    for result in measured or (synthetic.result(synthetic.rounds(count=2), run=run.id),):
        store.close_result(folder, result)
    store.save_run(folder, run)
    return folder


def change(file: Path, **changes: Any) -> Path:
    """Change keys of a JSON file."""
    data = json.loads(file.read_text(encoding="utf-8")) | changes
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def remove(file: Path, key: str) -> Path:
    """Remove a key of a JSON file."""
    data = json.loads(file.read_text(encoding="utf-8"))
    del data[key]
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def problems(results: Path) -> list[str]:
    """Return why the one run below `results` was set aside."""
    loaded = store.load_store(results)
    assert loaded.runs == ()
    (set_aside,) = loaded.set_aside
    return list(set_aside.reasons)
