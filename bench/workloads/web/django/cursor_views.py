"""Django without its ORM: SQL through the cursor of its connection, which is the ORM's own, pool and transactions included."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bench.workloads.web.django.parameters import integer
from bench.workloads.web.django.responses import CompactJsonResponse

ROWS = 20
READ = "SELECT id, number FROM world WHERE id = %s"


class Fortune(NamedTuple):
    """A row of the page of fortunes."""

    id: int
    message: str


# --8<-- [start:one-query]
def one_query(_: HttpRequest, id: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(READ, [id])
        world = cursor.fetchone()
    if world is None:
        raise Http404
    return CompactJsonResponse({"id": world[0], "number": world[1]})


# --8<-- [end:one-query]


def twenty_queries(request: HttpRequest) -> HttpResponse:
    first = integer(request, "first")
    worlds = []
    with connection.cursor() as cursor:
        for id in range(first, first + ROWS):
            cursor.execute(READ, [id])
            world = cursor.fetchone()
            if world is None:
                raise Http404
            worlds.append({"id": world[0], "number": world[1]})
    return CompactJsonResponse(worlds)


def fortunes(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, message FROM fortune")
        rows = [Fortune(*row) for row in cursor.fetchall()]
    rows.append(Fortune(id=0, message="Additional fortune added at request time."))
    rows.sort(key=lambda fortune: fortune.message)
    return render(request, "fortunes.html", {"fortunes": rows})


@csrf_exempt
@require_POST
def twenty_updates(request: HttpRequest) -> HttpResponse:
    first = integer(request, "first")
    with transaction.atomic(), connection.cursor() as cursor:
        for id in range(first, first + ROWS):
            cursor.execute("UPDATE counter SET hits = hits + 1 WHERE id = %s", [id])
    return CompactJsonResponse({"updated": ROWS})
