"""The settings of Django's server, with the middleware of a service in production before all other."""

from __future__ import annotations

from bench.workloads.web.django.settings import *  # noqa: F403 -- the guide's way to settings that differ in a few
from bench.workloads.web.django.settings import MIDDLEWARE as USUAL

MIDDLEWARE = ["bench.workloads.web.production.django.middleware.observe", *USUAL]
ROOT_URLCONF = "bench.workloads.web.production.django.urls"
