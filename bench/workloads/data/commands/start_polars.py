"""A command that reads a small table with Polars, and prints the sum of a column."""

from __future__ import annotations

import sys

import polars as pl

sys.stdout.write(f"{pl.read_csv(sys.stdin.buffer)['amount'].sum():.2f}\n")
