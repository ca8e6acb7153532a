"""The settings of the mode without the ORM: the same, with the views that write SQL."""

from __future__ import annotations

from bench.workloads.web.django.settings import *  # noqa: F403 -- the guide's way to settings that differ in a few

ROOT_URLCONF = "bench.workloads.web.django.cursor_urls"
