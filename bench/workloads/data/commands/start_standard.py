"""A command that reads a small table with `csv`, and prints the sum of a column."""

from __future__ import annotations

import csv
import sys

sys.stdout.write(f"{sum(float(row['amount']) for row in csv.DictReader(sys.stdin)):.2f}\n")
