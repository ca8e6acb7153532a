from __future__ import annotations

from pathlib import Path

import pytest

from bench.catalog import Catalog, locked
from bench.catalog.loader import ROOT
from tests.cataloged import CATALOG


def needing(tmp_path: Path, package: str, lock: str) -> list[str]:
    """Return what is wrong where the server of two benchmarks needs a package, and the lock is as given."""
    (tmp_path / locked.FOLDER).mkdir(parents=True)
    (tmp_path / locked.FOLDER / "frameworks.txt").write_text(lock, encoding="utf-8")
    benchmarks = tuple(
        benchmark.model_copy(update={"python": {"flask": benchmark.python["flask"].model_copy(update={"packages": (package,)})}})
        for benchmark in map(CATALOG.benchmark, ("web/json", "web/plaintext"))
    )
    return locked.mistakes(Catalog(benchmarks=benchmarks, claims=()), tmp_path)


def test_every_package_of_the_project_is_locked() -> None:
    assert locked.mistakes(CATALOG, ROOT) == []


def test_a_package_that_is_not_locked_is_named_once_with_who_needs_it(tmp_path: Path) -> None:
    (mistake,) = needing(tmp_path, "hypercorn", "flask==3.1.3 \\\n    # via hypercorn\n")
    assert mistake.startswith("bench/requirements/frameworks.txt: lacks hypercorn, which flask needs: pin it in ")


@pytest.mark.parametrize(
    ("package", "line"),
    [("hypercorn", "hypercorn==0.18.0"), ("psycopg[binary]", "psycopg[binary,pool]==3.3.0"), ("Some_Name", "some-name==1.0")],
)
def test_a_package_that_is_locked_is_no_mistake(tmp_path: Path, package: str, line: str) -> None:
    assert needing(tmp_path, package, f"{line} \\\n    --hash=sha256:00\n") == []
