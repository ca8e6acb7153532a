"""Django by WSGI: forms validate what comes, the ORM asks the database through psycopg."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from bench.workloads.web.crud.django.models import Counter, Purchase
from bench.workloads.web.django import forms
from bench.workloads.web.django.parameters import integer
from bench.workloads.web.django.responses import CompactJsonResponse

LISTED = 100


def plaintext(_: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, World!", content_type="text/plain")


def shown(purchase: Purchase) -> dict[str, Any]:
    """Return a purchase as it is answered."""
    return {
        "id": purchase.id,
        "customer": purchase.customer,
        "email": purchase.email,
        "quantity": purchase.quantity,
        "price": purchase.price,
    }


def refused(form: forms.OrderForm) -> HttpResponse:
    return CompactJsonResponse({"errors": form.errors.get_json_data()}, status=400)


# the token against forged forms is for browsers that are logged in by a cookie; clients of an API have neither
@method_decorator(csrf_exempt, name="dispatch")
class Purchases(View):
    """All purchases."""

    def get(self, request: HttpRequest) -> HttpResponse:
        purchases = Purchase.objects.filter(id__gte=integer(request, "first")).order_by("id")[:LISTED]
        return CompactJsonResponse([shown(purchase) for purchase in purchases])

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.order(request.body)
        if not form.is_valid():
            return refused(form)
        return CompactJsonResponse(shown(Purchase.objects.create(**form.cleaned_data)))


@method_decorator(csrf_exempt, name="dispatch")
class OnePurchase(View):
    """The purchase of an id."""

    def get(self, _: HttpRequest, id: int) -> HttpResponse:
        return CompactJsonResponse(shown(get_object_or_404(Purchase, id=id)))

    # --8<-- [start:crud-update]
    def put(self, request: HttpRequest, id: int) -> HttpResponse:
        form = forms.order(request.body)
        if not form.is_valid():
            return refused(form)
        with transaction.atomic():
            if not Purchase.objects.filter(id=id).update(**form.cleaned_data):
                raise Http404
            Counter.objects.filter(id=id).update(hits=F("hits") + 1)
        return CompactJsonResponse(shown(Purchase(id=id, **form.cleaned_data)))

    # --8<-- [end:crud-update]
