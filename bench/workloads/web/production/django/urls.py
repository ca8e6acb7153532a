"""Which view answers which path."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bench.workloads.web.django import views
from bench.workloads.web.production.django.middleware import authorised


def metrics(_: HttpRequest) -> HttpResponse:
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


urlpatterns = [
    path("plaintext", views.plaintext),
    path("orders", authorised(views.validated_post)),
    path("metrics", metrics),
]
