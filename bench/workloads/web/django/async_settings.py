"""The settings of the ASGI mode: the same, with the asynchronous views, and with middleware that is asynchronous too."""

from __future__ import annotations

from bench.workloads.web.django.settings import *  # noqa: F403 -- the guide's way to settings that differ in a few

# no check against forged forms: no client has a cookie, and the two views that take a POST are exempt from it anyway
MIDDLEWARE = ["bench.workloads.web.django.async_middleware.headers"]
ROOT_URLCONF = "bench.workloads.web.django.async_urls"
