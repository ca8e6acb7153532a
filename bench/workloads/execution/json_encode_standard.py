"""A document of orders, encoded from dictionaries and lists by the standard library's `json`, whose encoder is written in C."""

from __future__ import annotations

import json
from typing import Any

# What web frameworks send and Go's encoder writes: no spaces, UTF-8 instead of \u escapes. json.dumps would make this anew for
# each call.
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def prepare(document: bytes) -> dict[str, Any]:
    return {"decoded": json.loads(document)}


def run(decoded: dict[str, Any]) -> bytes:
    return encode(decoded).encode()
