"""Addresses of databases without what must not be shown."""

from __future__ import annotations

import re


def without_password(url: str) -> str:
    """Return the URL, or the keyword string, of a database without its password, whatever characters that has."""
    url = re.sub(r"^(\w+://[^/:@]*):.*@", r"\1@", url, flags=re.DOTALL)
    url = re.sub(r"([?&])(?:ssl)?password=[^&]*&?", r"\1", url).rstrip("?&")
    return re.sub(r"(?:ssl)?password\s*=\s*('(?:\\.|[^'])*'|\S+)\s*", "", url)
