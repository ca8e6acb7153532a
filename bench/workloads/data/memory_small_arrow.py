"""The amounts of a small table read and added up with Arrow: the memory that takes."""

from __future__ import annotations

import pyarrow.compute
import pyarrow.csv

from bench.workloads.data import files

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, table: str) -> int:
    """Return the sum in cents."""
    total = float(pyarrow.compute.sum(pyarrow.csv.read_csv(files.path(table))["amount"]).as_py())
    mark("answered")
    return round(100 * total)
