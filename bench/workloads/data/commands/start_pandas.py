"""A command that reads a small table with pandas, and prints the sum of a column."""

from __future__ import annotations

import sys

import pandas as pd

sys.stdout.write(f"{pd.read_csv(sys.stdin)['amount'].sum():.2f}\n")
