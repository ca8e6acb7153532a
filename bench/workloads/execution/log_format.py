"""Structured log lines, written through `logging` as JSON: the logger and its handler are bytecode, the encoder is C.

The present time would make each run's lines differ. So a filter gives each record the time of its entry; all else is as in a
service, the look-up of the caller included.
"""

from __future__ import annotations

import io
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

logger = logging.getLogger("orders")
logger.setLevel(logging.DEBUG)
logger.propagate = False


class JSONFormatter(logging.Formatter):
    """One JSON object a line: time, level and message first, then the call's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = {"time": time, "level": record.levelname, "msg": record.getMessage(), **record.__dict__["fields"]}
        return encode(line)


class Clock(logging.Filter):
    """Sets the time of each record to `now`."""

    now = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        record.created = self.now
        return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, and when it was."""

    time: float
    level: int
    message: str
    method: str
    path: str
    status: int
    microseconds: int
    request: str


def prepare(entries: bytes) -> dict[str, list[Entry]]:
    levels = logging.getLevelNamesMapping()
    decoded = map(json.loads, entries.splitlines())
    return {
        "entries": [
            Entry(
                time=datetime.fromisoformat(entry.pop("time")).timestamp(),
                level=levels[entry.pop("level")],
                message=entry.pop("msg"),
                **entry,
            )
            for entry in decoded
        ]
    }


def run(entries: list[Entry]) -> bytes:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JSONFormatter())
    clock = Clock()
    handler.addFilter(clock)
    logger.addHandler(handler)
    for entry in entries:
        clock.now = entry.time
        fields = {
            "method": entry.method,
            "path": entry.path,
            "status": entry.status,
            "microseconds": entry.microseconds,
            "request": entry.request,
        }
        logger.log(entry.level, entry.message, extra={"fields": fields})
    logger.removeHandler(handler)
    return out.getvalue().encode()
