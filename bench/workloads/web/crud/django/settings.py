"""The settings of the CRUD service: those of the web server, with an application and views of its own."""

from __future__ import annotations

from bench.workloads.web.django.settings import *  # noqa: F403 -- the guide's way to settings that differ in a few

INSTALLED_APPS = ["bench.workloads.web.crud.django"]
ROOT_URLCONF = "bench.workloads.web.crud.django.urls"
