"""The settings of the ASGI mode: the same, with the asynchronous views."""

from __future__ import annotations

from bench.workloads.web.django.settings import *  # noqa: F403 -- the guide's way to settings that differ in a few

ROOT_URLCONF = "bench.workloads.web.django.async_urls"
