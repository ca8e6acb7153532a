"""The engine of drawings, under a name that a process can be asked for where the engine's own leads to that process."""

from __future__ import annotations

from typing import Any

import vl_convert


def to_svg(specification: dict[str, Any]) -> str:
    return str(vl_convert.vegalite_to_svg(specification))
