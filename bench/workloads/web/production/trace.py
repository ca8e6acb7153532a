"""The trace that a request is part of: W3C, Trace Context. A context variable carries it, so that each line of a log has it."""

from __future__ import annotations

import random
import re
from contextvars import ContextVar
from typing import NamedTuple

PARENT = re.compile(r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?", re.ASCII)
"""Level 2, section 3.2. Of a later version, what comes after the flags is left alone."""


class Trace(NamedTuple):
    """A trace, and the part of it that this service is."""

    id: str
    span: str
    flags: str

    @property
    def header(self) -> str:
        """The answer's header traceresponse: Level 3, a draft."""
        return f"00-{self.id}-{self.span}-{self.flags}"


current: ContextVar[Trace | None] = ContextVar("current", default=None)


def begin(traceparent: str) -> Trace:
    """Return the trace of a request by its header traceparent, or a new one where that has none; the context carries it."""
    span = f"{random.getrandbits(64) | 1:016x}"
    parent = PARENT.fullmatch(traceparent)
    if parent is None or (parent[1] == "00" and parent[4]):
        trace = Trace(f"{random.getrandbits(128) | 1:032x}", span, "01")
    else:
        trace = Trace(parent[2], span, parent[3])
    current.set(trace)
    return trace
