"""Django by WSGI: the ORM asks the database through psycopg, and a request keeps one of the server's threads while it waits."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import urllib3
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bench.workloads.concurrency.primes import count_primes
from bench.workloads.web.django import forms
from bench.workloads.web.django.models import Counter, Fortune, World
from bench.workloads.web.django.parameters import integer, text
from bench.workloads.web.django.responses import CompactJsonResponse

ROWS = 20
CALLS = 3
BOUND = 20_000
CHUNK = b"x" * 65_536
CHUNKS = 16
THREADS = 16  # what the server is told to have: as many requests can ask the upstream at once

upstream = urllib3.PoolManager(maxsize=CALLS * THREADS)
callers = ThreadPoolExecutor(CALLS * THREADS)


def plaintext(_: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, World!", content_type="text/plain")


def greeting(_: HttpRequest) -> HttpResponse:
    return CompactJsonResponse({"message": "Hello, World!"})


def parameters(request: HttpRequest, id: int) -> HttpResponse:
    return CompactJsonResponse({"id": id, "size": text(request, "size"), "limit": integer(request, "limit", 20)})


# the token against forged forms is for browsers that are logged in by a cookie; clients of an API have neither
@csrf_exempt
@require_POST
def validated_post(request: HttpRequest) -> HttpResponse:
    form = forms.order(request.body)
    if not form.is_valid():
        return CompactJsonResponse({"errors": form.errors.get_json_data()}, status=400)
    order = form.cleaned_data
    return CompactJsonResponse({"customer": order["customer"], "total": order["quantity"] * order["price"]})


# --8<-- [start:one-query]
def one_query(_: HttpRequest, id: int) -> HttpResponse:
    world = get_object_or_404(World, id=id)
    return CompactJsonResponse({"id": world.id, "number": world.number})


# --8<-- [end:one-query]


def twenty_queries(request: HttpRequest) -> HttpResponse:
    first = integer(request, "first")
    worlds = [get_object_or_404(World, id=id) for id in range(first, first + ROWS)]
    return CompactJsonResponse([{"id": world.id, "number": world.number} for world in worlds])


def fortunes(request: HttpRequest) -> HttpResponse:
    rows = [*Fortune.objects.all(), Fortune(id=0, message="Additional fortune added at request time.")]
    rows.sort(key=lambda fortune: fortune.message)
    return render(request, "fortunes.html", {"fortunes": rows})


@csrf_exempt
@require_POST
def twenty_updates(request: HttpRequest) -> HttpResponse:
    first = integer(request, "first")
    with transaction.atomic():
        for id in range(first, first + ROWS):
            Counter.objects.filter(id=id).update(hits=F("hits") + 1)
    return CompactJsonResponse({"updated": ROWS})


def slow_upstream(_: HttpRequest) -> HttpResponse:
    url = f"http://{settings.UPSTREAM}/?ms=20"
    bodies = [answer.data for answer in callers.map(upstream.request, ["GET"] * CALLS, [url] * CALLS)]
    return CompactJsonResponse({"calls": len(bodies), "bytes": sum(map(len, bodies))})


def cpu_bound(_: HttpRequest) -> HttpResponse:
    return CompactJsonResponse({"primes": count_primes(BOUND)})


def stream(_: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(chunks(), content_type="application/octet-stream")


def chunks() -> Iterator[bytes]:
    for _ in range(CHUNKS):
        yield CHUNK
