"""A command that reads a small table with Arrow, and prints the sum of a column."""

from __future__ import annotations

import sys

import pyarrow.compute
import pyarrow.csv

total = pyarrow.compute.sum(pyarrow.csv.read_csv(sys.stdin.buffer)["amount"]).as_py()
sys.stdout.write(f"{total:.2f}\n")
