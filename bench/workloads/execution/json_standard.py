"""A document of orders as a web service handles it: decode, validate, encode. The standard library's `json`."""

from __future__ import annotations

import json

from bench.workloads.execution import orders


def run(document: bytes) -> bytes:
    decoded = json.loads(document)
    orders.check(decoded)
    # As Python's web frameworks send JSON, and as Go's encoder writes it: no spaces, UTF-8 instead of \u escapes.
    return json.dumps(decoded, ensure_ascii=False, separators=(",", ":")).encode()
