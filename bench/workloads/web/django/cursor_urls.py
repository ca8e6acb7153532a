"""Which view answers which path, in the mode without the ORM: the endpoints with a database, and one that tells it is up."""

from __future__ import annotations

from django.urls import path

from bench.workloads.web.django import cursor_views, views

urlpatterns = [
    path("plaintext", views.plaintext),
    path("worlds/<int:id>", cursor_views.one_query),
    path("worlds", cursor_views.twenty_queries),
    path("fortunes", cursor_views.fortunes),
    path("counters", cursor_views.twenty_updates),
]
