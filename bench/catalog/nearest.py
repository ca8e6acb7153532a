"""Names that do not exist, and which may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def question(name: str, known: Iterable[str]) -> str:
    """Ask for the names that are most like one that does not exist, whole or behind their last slash.

    Returns:
        "; did you mean execution/json or web/json?", or nothing where none is like it.
    """
    by_key: dict[str, list[str]] = {}
    for whole in known:
        for key in {whole, whole.rpartition("/")[2]}:
            by_key.setdefault(key, []).append(whole)
    close = dict.fromkeys(whole for key in get_close_matches(name, by_key) for whole in by_key[key])
    return f"; did you mean {' or '.join(close)}?" if close else ""
