"""A command that reads a small table with DuckDB, and prints the sum of a column."""

from __future__ import annotations

import sys

import duckdb

((total,),) = duckdb.sql("SELECT sum(amount) FROM read_csv('/dev/stdin')").fetchall()
sys.stdout.write(f"{total:.2f}\n")
