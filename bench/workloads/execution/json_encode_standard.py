"""A document of orders, encoded from dictionaries and lists by the standard library's `json`, whose encoder is written in C."""

from __future__ import annotations

import json
from typing import Any


def prepare(document: bytes) -> dict[str, Any]:
    return {"decoded": json.loads(document)}


def run(decoded: dict[str, Any]) -> bytes:
    # As Python's web frameworks send JSON, and as Go's encoder writes it: no spaces, UTF-8 instead of \u escapes.
    return json.dumps(decoded, ensure_ascii=False, separators=(",", ":")).encode()
