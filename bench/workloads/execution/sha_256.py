"""SHA-256 of short tokens, of pages and of a whole upload: `hashlib`, whose work is done in C and assembly, by OpenSSL.

The answer is the digests in hexadecimal, as they are stored and sent.
"""

from __future__ import annotations

import hashlib

TOKEN = 64
PAGE = 20_000


def prepare(text: bytes, tokens: int) -> dict[str, list[bytes]]:
    if len(text) < tokens * TOKEN:
        raise ValueError("a text shorter than its tokens")
    short = [text[i * TOKEN : (i + 1) * TOKEN] for i in range(tokens)]
    pages = [text[start : start + PAGE] for start in range(0, len(text), PAGE)]
    return {"messages": [*short, *pages, text]}


def run(messages: list[bytes]) -> list[str]:
    return [hashlib.sha256(message).hexdigest() for message in messages]
