"""Django by ASGI: the views are coroutines, and much of what they await is a thread.

Django makes a thread for each request, ends it afterwards, and calls in it whatever is not asynchronous: the receivers of the
signals at a request's start and end, and the whole ORM. `aget` is `get` in that thread, over a synchronous connection. So each
query is a trip to the thread and back, and a request without any makes such trips as well.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator

import aiohttp
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import aget_object_or_404, render
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


@functools.cache
def upstream() -> aiohttp.ClientSession:
    """Return the process's session. It needs a running loop, and Django has no hook for the server's start that would make it."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))


async def plaintext(_: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, World!", content_type="text/plain")


async def greeting(_: HttpRequest) -> HttpResponse:
    return CompactJsonResponse({"message": "Hello, World!"})


async def parameters(request: HttpRequest, id: int) -> HttpResponse:
    return CompactJsonResponse({"id": id, "size": text(request, "size"), "limit": integer(request, "limit", 20)})


# the token against forged forms is for browsers that are logged in by a cookie; clients of an API have neither
@csrf_exempt
@require_POST
async def validated_post(request: HttpRequest) -> HttpResponse:
    form = forms.order(request.body)
    if not form.is_valid():
        return CompactJsonResponse({"errors": form.errors.get_json_data()}, status=400)
    order = form.cleaned_data
    return CompactJsonResponse({"customer": order["customer"], "total": order["quantity"] * order["price"]})


# --8<-- [start:one-query]
async def one_query(_: HttpRequest, id: int) -> HttpResponse:
    world = await aget_object_or_404(World, id=id)
    return CompactJsonResponse({"id": world.id, "number": world.number})


# --8<-- [end:one-query]


async def twenty_queries(request: HttpRequest) -> HttpResponse:
    first = integer(request, "first")
    worlds = [await aget_object_or_404(World, id=id) for id in range(first, first + ROWS)]
    return CompactJsonResponse([{"id": world.id, "number": world.number} for world in worlds])


async def fortunes(request: HttpRequest) -> HttpResponse:
    rows = [fortune async for fortune in Fortune.objects.all()]
    rows.append(Fortune(id=0, message="Additional fortune added at request time."))
    rows.sort(key=lambda fortune: fortune.message)
    return render(request, "fortunes.html", {"fortunes": rows})


@csrf_exempt
@require_POST
async def twenty_updates(request: HttpRequest) -> HttpResponse:
    await update(integer(request, "first"))
    return CompactJsonResponse({"updated": ROWS})


@sync_to_async  # transactions do not work in asynchronous code; the guide has them in one function, and that in a thread
def update(first: int) -> None:
    with transaction.atomic():
        for id in range(first, first + ROWS):
            Counter.objects.filter(id=id).update(hits=F("hits") + 1)


async def slow_upstream(_: HttpRequest) -> HttpResponse:
    url = f"http://{settings.UPSTREAM}/?ms=20"
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(url)) for _ in range(CALLS)]
    return CompactJsonResponse({"calls": len(tasks), "bytes": sum(len(task.result()) for task in tasks)})


async def fetch(url: str) -> bytes:
    async with upstream().get(url) as response:
        return await response.read()


# no coroutine, so that Django calls it in the request's thread and not in the loop's
def cpu_bound(_: HttpRequest) -> HttpResponse:
    return CompactJsonResponse({"primes": count_primes(BOUND)})


async def stream(_: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(chunks(), content_type="application/octet-stream")


async def chunks() -> AsyncIterator[bytes]:
    for _ in range(CHUNKS):
        yield CHUNK
