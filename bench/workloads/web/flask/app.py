"""Flask: SQLAlchemy asks the database through psycopg, and a request has a thread of the server's to itself while it waits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import urllib3
from flask import Response, abort, render_template, request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select, update

from bench.workloads.concurrency.primes import count_primes
from bench.workloads.web.flask.base import ROWS, Range, application
from bench.workloads.web.flask.models import Counter, Fortune, World, reading, writing

CALLS = 3
BOUND = 20_000
CHUNK = b"x" * 65_536
CHUNKS = 16
THREADS = 16  # what the server is told to have: as many requests can ask the upstream at once

app = application()
upstream = urllib3.PoolManager(maxsize=CALLS * THREADS)
callers = ThreadPoolExecutor(CALLS * THREADS)


# Flask leaves validation to the application. Pydantic needs no more than these type hints and says all that is wrong at once;
# it is also what validates in FastAPI's server, so that this endpoint compares the frameworks and not two validators.
class Query(BaseModel):
    """The parameters of a query: texts, from which numbers are read."""

    size: str
    limit: int = 20


class Order(BaseModel):
    """What a client orders. A text is no number: nothing is converted."""

    model_config = ConfigDict(strict=True)

    customer: Annotated[str, Field(min_length=1, max_length=100)]
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    quantity: Annotated[int, Field(ge=1, le=1000)]
    price: Annotated[int, Field(ge=0, le=1_000_000)]


@app.teardown_appcontext
def remove_sessions(_: BaseException | None) -> None:
    reading.remove()
    writing.remove()


@app.get("/plaintext")
def plaintext() -> Response:
    return Response("Hello, World!", mimetype="text/plain")


@app.get("/json")
def json() -> dict[str, str]:
    return {"message": "Hello, World!"}


@app.get("/items/<int:id>")
def parameters(id: int) -> dict[str, Any]:
    query = Query.model_validate(request.args.to_dict())
    return {"id": id, "size": query.size, "limit": query.limit}


@app.post("/orders")
def validated_post() -> dict[str, Any]:
    order = Order.model_validate(request.get_json())
    return {"customer": order.customer, "total": order.quantity * order.price}


# --8<-- [start:one-query]
@app.get("/worlds/<int:id>")
def one_query(id: int) -> dict[str, int]:
    world = reading.get(World, id)
    if world is None:
        abort(404)
    return {"id": world.id, "number": world.number}


# --8<-- [end:one-query]


@app.get("/worlds")
def twenty_queries() -> list[dict[str, int]]:
    first = Range.model_validate(request.args.to_dict()).first
    worlds = []
    for id in range(first, first + ROWS):
        world = reading.get(World, id)
        if world is None:
            abort(404)
        worlds.append({"id": world.id, "number": world.number})
    return worlds


@app.get("/fortunes")
def fortunes() -> str:
    rows = [*reading.scalars(select(Fortune)), Fortune(id=0, message="Additional fortune added at request time.")]
    rows.sort(key=lambda fortune: fortune.message)
    return render_template("fortunes.html", fortunes=rows)


@app.post("/counters")
def twenty_updates() -> dict[str, int]:
    first = Range.model_validate(request.args.to_dict()).first
    for id in range(first, first + ROWS):
        writing.execute(update(Counter).where(Counter.id == id).values(hits=Counter.hits + 1))
    writing.commit()
    return {"updated": ROWS}


@app.get("/upstream")
def slow_upstream() -> dict[str, int]:
    url = f"http://{os.environ['UPSTREAM']}/?ms=20"
    bodies = [answer.data for answer in callers.map(upstream.request, ["GET"] * CALLS, [url] * CALLS)]
    return {"calls": len(bodies), "bytes": sum(map(len, bodies))}


@app.get("/primes")
def cpu_bound() -> dict[str, int]:
    return {"primes": count_primes(BOUND)}


@app.get("/stream")
def stream() -> Response:
    return Response(chunks(), mimetype="application/octet-stream")


def chunks() -> Iterator[bytes]:
    for _ in range(CHUNKS):
        yield CHUNK
