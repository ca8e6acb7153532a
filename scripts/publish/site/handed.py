"""The data that a build has loaded already, handed to the macros: mkdocs imports these anew, and would load it again."""

from __future__ import annotations

from contextvars import ContextVar

from scripts.publish.facts.data import SiteData

HANDED: ContextVar[SiteData | None] = ContextVar("handed", default=None)
"""None where mkdocs was started by itself."""
