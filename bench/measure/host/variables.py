"""The variables of the harness's own environment that measured programs get, and probes of what runs them."""

from __future__ import annotations

import os
from collections.abc import Mapping

KEPT = ("PATH", "HOME", "TMPDIR")


def small_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return a small environment with `variables` in it: what the user's shell sets for Python or Go changes no measurement."""
    return {**{name: os.environ[name] for name in KEPT if name in os.environ}, "LANG": "C.UTF-8", **variables}
