"""A document of orders, encoded from dictionaries and lists by orjson, which is written in Rust."""

from __future__ import annotations

from typing import Any

import orjson


def prepare(document: bytes) -> dict[str, Any]:
    return {"decoded": orjson.loads(document)}


def run(decoded: dict[str, Any]) -> bytes:
    return orjson.dumps(decoded)
