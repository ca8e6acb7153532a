"""A pattern that can match a text in very many ways, on a text that it does not match. `re`, a backtracking engine written in C.

The answer is 1 if the text matches and 0 if it does not.
"""

from __future__ import annotations

import re

PATTERN = re.compile(r"(?:a+)+$")


def run(length: int) -> int:
    return 1 if PATTERN.match("a" * length + "b") else 0
