"""Which view answers which path, in the WSGI mode."""

from __future__ import annotations

from django.urls import path

from bench.workloads.web.django import views

urlpatterns = [
    path("plaintext", views.plaintext),
    path("json", views.greeting),
    path("items/<int:id>", views.parameters),
    path("orders", views.validated_post),
    path("worlds/<int:id>", views.one_query),
    path("worlds", views.twenty_queries),
    path("fortunes", views.fortunes),
    path("counters", views.twenty_updates),
    path("upstream", views.slow_upstream),
    path("primes", views.cpu_bound),
    path("stream", views.stream),
]
