"""Which view answers which path."""

from __future__ import annotations

from django.urls import path

from bench.workloads.web.crud.django import views

urlpatterns = [
    path("plaintext", views.plaintext),
    path("purchases", views.Purchases.as_view()),
    path("purchases/<int:id>", views.OnePurchase.as_view()),
]
