"""Flask without an ORM: psycopg and its pool, at the endpoints with a database, and one that tells it is up."""

from __future__ import annotations

import os
from typing import NamedTuple

from flask import Response, abort, render_template, request
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from bench.workloads.web.flask.base import ROWS, Range, application


class World(NamedTuple):
    """A row that is read."""

    id: int
    number: int


class Fortune(NamedTuple):
    """A row of the page of fortunes."""

    id: int
    message: str


READ = "SELECT id, number FROM world WHERE id = %s"
# in autocommit a statement is one round trip, and psycopg keeps what it has prepared
pool = ConnectionPool(os.environ["DATABASE_URL"], min_size=int(os.environ["POOL"]), kwargs={"autocommit": True}, open=True)
app = application()


@app.get("/plaintext")
def plaintext() -> Response:
    return Response("Hello, World!", mimetype="text/plain")


# --8<-- [start:one-query]
@app.get("/worlds/<int:id>")
def one_query(id: int) -> dict[str, int]:
    with pool.connection() as connection, connection.cursor(row_factory=class_row(World)) as cursor:
        world = cursor.execute(READ, (id,)).fetchone()
    if world is None:
        abort(404)
    return {"id": world.id, "number": world.number}


# --8<-- [end:one-query]


@app.get("/worlds")
def twenty_queries() -> list[dict[str, int]]:
    first = Range.model_validate(request.args.to_dict()).first
    worlds = []
    with pool.connection() as connection, connection.cursor(row_factory=class_row(World)) as cursor:
        for id in range(first, first + ROWS):
            world = cursor.execute(READ, (id,)).fetchone()
            if world is None:
                abort(404)
            worlds.append({"id": world.id, "number": world.number})
    return worlds


@app.get("/fortunes")
def fortunes() -> str:
    with pool.connection() as connection, connection.cursor(row_factory=class_row(Fortune)) as cursor:
        rows = cursor.execute("SELECT id, message FROM fortune").fetchall()
    rows.append(Fortune(id=0, message="Additional fortune added at request time."))
    rows.sort(key=lambda fortune: fortune.message)
    return render_template("fortunes.html", fortunes=rows)


@app.post("/counters")
def twenty_updates() -> dict[str, int]:
    first = Range.model_validate(request.args.to_dict()).first
    with pool.connection() as connection, connection.transaction():
        for id in range(first, first + ROWS):
            connection.execute("UPDATE counter SET hits = hits + 1 WHERE id = %s", (id,))
    return {"updated": ROWS}
