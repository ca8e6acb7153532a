"""Flask: Pydantic validates what comes, psycopg asks the database, and a request has a thread of the server's to itself."""

from __future__ import annotations

import os
from typing import Annotated, Any

from flask import Response, abort, request
from psycopg import Connection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool
from pydantic import BaseModel, ConfigDict, Field

from bench.workloads.web.flask.base import Range, application

READ = "SELECT id, customer, email, quantity, price FROM purchase WHERE id = %s"
LIST = "SELECT id, customer, email, quantity, price FROM purchase WHERE id >= %s ORDER BY id LIMIT 100"
INSERT = """
INSERT INTO purchase (customer, email, quantity, price) VALUES (%(customer)s, %(email)s, %(quantity)s, %(price)s) RETURNING id
"""
UPDATE = """
UPDATE purchase SET customer = %(customer)s, email = %(email)s, quantity = %(quantity)s, price = %(price)s WHERE id = %(id)s
"""
COUNT = "UPDATE counter SET hits = hits + 1 WHERE id = %s"
# in autocommit a statement is one round trip, and psycopg keeps what it has prepared
pool: ConnectionPool[Connection[DictRow]] = ConnectionPool(
    os.environ["DATABASE_URL"],
    min_size=int(os.environ["POOL"]),
    kwargs={"autocommit": True, "row_factory": dict_row},
    open=True,
)
app = application()


class Order(BaseModel):
    """What a client orders. A text is no number: nothing is converted."""

    model_config = ConfigDict(strict=True)

    customer: Annotated[str, Field(min_length=1, max_length=100)]
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    quantity: Annotated[int, Field(ge=1, le=1000)]
    price: Annotated[int, Field(ge=0, le=1_000_000)]


@app.get("/plaintext")
def plaintext() -> Response:
    return Response("Hello, World!", mimetype="text/plain")


@app.get("/purchases/<int:id>")
def read(id: int) -> DictRow:
    with pool.connection() as connection:
        row = connection.execute(READ, (id,)).fetchone()
    if row is None:
        abort(404)
    return row


@app.get("/purchases")
def list_purchases() -> list[DictRow]:
    first = Range.model_validate(request.args.to_dict()).first
    with pool.connection() as connection:
        return connection.execute(LIST, (first,)).fetchall()


@app.post("/purchases")
def insert() -> dict[str, Any]:
    order = Order.model_validate(request.get_json()).model_dump()
    with pool.connection() as connection:
        (row,) = connection.execute(INSERT, order)
    return {**row, **order}


# --8<-- [start:crud-update]
@app.put("/purchases/<int:id>")
def update(id: int) -> dict[str, Any]:
    purchase = {"id": id, **Order.model_validate(request.get_json()).model_dump()}
    with pool.connection() as connection, connection.transaction():
        if connection.execute(UPDATE, purchase).rowcount == 0:
            abort(404)
        connection.execute(COUNT, (id,))
    return purchase


# --8<-- [end:crud-update]
