"""Six searches through a service's log with `re`, a backtracking engine written in C.

The answer is the number of matches of each.
"""

from __future__ import annotations

import re

PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rb"\b(?:ERROR|FATAL|CRITICAL|panic)\b",
        rb"(?:[0-9]{1,3}\.){3}[0-9]{1,3}",
        rb'"(?:POST|PUT|DELETE) [^ "]+ HTTP/1\.1" 5[0-9]{2}',
        rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}",
        rb"[a-z][a-z0-9.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
        rb"(?i)\b(?:timed out|timeout|refused|reset)\b",
    )
)


def run(text: bytes) -> list[int]:
    return [len(pattern.findall(text)) for pattern in PATTERNS]
