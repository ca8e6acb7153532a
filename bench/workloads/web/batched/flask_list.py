"""Flask, psycopg: one query with the list of all keys."""

from __future__ import annotations

import os
from typing import NamedTuple

from flask import Response, abort, request
from psycopg import Connection
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from bench.workloads.web.flask.base import ROWS, Range, application


class World(NamedTuple):
    """A row that is read."""

    id: int
    number: int


READ = "SELECT id, number FROM world WHERE id = ANY(%s) ORDER BY id"
pool: ConnectionPool[Connection[World]] = ConnectionPool(
    os.environ["DATABASE_URL"],
    min_size=int(os.environ["POOL"]),
    kwargs={"autocommit": True, "row_factory": class_row(World)},
    open=True,
)
app = application()


@app.get("/plaintext")
def plaintext() -> Response:
    return Response("Hello, World!", mimetype="text/plain")


# --8<-- [start:twenty-queries]
@app.get("/worlds")
def twenty_rows() -> list[dict[str, int]]:
    first = Range.model_validate(request.args.to_dict()).first
    with pool.connection() as connection:
        worlds = connection.execute(READ, (list(range(first, first + ROWS)),)).fetchall()
    if len(worlds) < ROWS:
        abort(404)
    return [{"id": world.id, "number": world.number} for world in worlds]


# --8<-- [end:twenty-queries]
