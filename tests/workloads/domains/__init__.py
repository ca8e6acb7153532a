"""The domain of each benchmark of execution/* that reads data, which the catalog states in words."""

from __future__ import annotations

from tests.workloads.domains.bytes import BYTES
from tests.workloads.domains.data import DATA
from tests.workloads.domains.texts import TEXTS

DOMAINS = {**DATA, **TEXTS, **BYTES}
"""Name of the benchmark -> its domain."""
