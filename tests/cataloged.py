"""The catalog, read once for all tests: each reading would keep a megabyte."""

from __future__ import annotations

from bench.catalog import load_catalog

CATALOG = load_catalog()
