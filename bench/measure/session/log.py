"""`bench.log`, beside a run: a JSON object a line, which says what began when, what failed, and what was left out."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class RunLog:
    """Appends to the log of one run. A log that cannot be written is no reason to end a measurement."""

    path: Path

    def write(self, event: str, **about: object) -> None:
        """Append one event with the time and what there is to say about it."""
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **about}, default=str)
        with contextlib.suppress(OSError), self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
