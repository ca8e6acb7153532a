"""The amounts of a small table read and added up with DuckDB: the memory that takes."""

from __future__ import annotations

import duckdb

from bench.workloads.data import files

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, table: str) -> int:
    """Return the sum in cents."""
    query = f"SELECT sum(amount) FROM '{files.path(table)}'"  # noqa: S608 - the file is ours
    ((total,),) = duckdb.sql(query).fetchall()
    mark("answered")
    return round(100 * float(total))
