"""The shop in both languages: each of its fifty requests against one contract, with a real PostgreSQL."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, create_engine, make_url

from bench.catalog.loader import ROOT
from bench.measure.instruments import commands
from bench.measure.instruments.base import MeasureContext
from bench.workloads.web.shop.models import Base
from tests.cataloged import CATALOG

ENTRY = CATALOG.benchmark("execution/first-response-real")
PROGRAMS = [*(f"python/{variant}" for variant in ENTRY.python), *(f"go/{variant}" for variant in ENTRY.go)]
REFUSED = 4
"""Stands for any status from 400 to 499: frameworks differ in what they call a request that breaks a rule."""
LIMIT = 60.0
"""Seconds in which a shop has to answer for the first time."""
Row = Mapping[str, int | str]


class Exchange(NamedTuple):
    """A request and what it has to be answered with."""

    method: str
    path: str
    body: Row | None
    status: int
    answer: object = None
    """None where the status says all."""


def exchanges(path: str, first: Row, second: Row, changed: Row) -> list[Exchange]:
    """Return what is asked of one table: two rows are created, the first is changed, the second deleted."""
    one, two, new = ({"id": id, **fields} for id, fields in ((1, first), (2, second), (1, changed)))
    return [
        Exchange("GET", path, None, 200, []),
        Exchange("POST", path, first, 201, one),
        Exchange("POST", path, second, 201, two),
        Exchange("GET", path, None, 200, [one, two]),
        Exchange("GET", f"{path}?after=1&limit=1", None, 200, [two]),
        Exchange("GET", f"{path}?limit=1", None, 200, [one]),
        Exchange("GET", f"{path}?limit=101", None, REFUSED),
        Exchange("GET", f"{path}/1", None, 200, one),
        Exchange("PUT", f"{path}/1", changed, 200, new),
        Exchange("GET", f"{path}/1", None, 200, new),
        Exchange("PUT", f"{path}/99", changed, 404),
        Exchange("DELETE", f"{path}/2", None, 204),
        Exchange("GET", f"{path}/2", None, 404),
        Exchange("DELETE", f"{path}/2", None, 404),
        Exchange("GET", f"{path}/many", None, REFUSED),
        Exchange("POST", path, {}, REFUSED),
        *(Exchange("PUT", f"{path}/1", {**changed, name: wrong(value)}, REFUSED) for name, value in changed.items()),
    ]


def wrong(value: int | str) -> int | str:
    """Return a value that no field takes which takes the given one."""
    return str(value) if isinstance(value, int) else ""


PRODUCT: Row = {"category_id": 1, "supplier_id": 1, "name": "tea pot", "cents": 2990}
CONTRACT = [
    *exchanges(
        "/customers",
        {"name": "Ada", "email": "ada@example.com"},
        {"name": "Esi", "email": "esi@example.com"},
        {"name": "Ada L.", "email": "ada@example.org"},
    ),
    *exchanges(
        "/addresses",
        {"customer_id": 1, "street": "1 Mill Lane", "city": "Cork", "postcode": "T12"},
        {"customer_id": 1, "street": "2 Mill Lane", "city": "Cork", "postcode": "T12"},
        {"customer_id": 1, "street": "3 Mill Lane", "city": "Córdoba", "postcode": "14001"},
    ),
    *exchanges("/categories", {"name": "tea"}, {"name": "lamps"}, {"name": "tea & coffee"}),
    *exchanges(
        "/suppliers",
        {"name": "Pots", "email": "sales@pots.example"},
        {"name": "Lamps", "email": "sales@lamps.example"},
        {"name": "Pots Ltd", "email": "info@pots.example"},
    ),
    *exchanges("/products", PRODUCT, {**PRODUCT, "name": "café cups"}, {**PRODUCT, "cents": 1}),
    *exchanges(
        "/orders",
        {"customer_id": 1, "status": "open"},
        {"customer_id": 1, "status": "sent"},
        {"customer_id": 1, "status": "paid"},
    ),
    *exchanges(
        "/lines",
        {"order_id": 1, "product_id": 1, "quantity": 2, "cents": 5980},
        {"order_id": 1, "product_id": 1, "quantity": 1, "cents": 2990},
        {"order_id": 1, "product_id": 1, "quantity": 1000, "cents": 100_000_000},
    ),
    *exchanges(
        "/payments",
        {"order_id": 1, "method": "card", "cents": 5980},
        {"order_id": 1, "method": "transfer", "cents": 1},
        {"order_id": 1, "method": "invoice", "cents": 5980},
    ),
    *exchanges(
        "/shipments",
        {"order_id": 1, "carrier": "post", "tracking": "A1"},
        {"order_id": 1, "carrier": "bicycle", "tracking": "A2"},
        {"order_id": 1, "carrier": "post", "tracking": "A3"},
    ),
    *exchanges(
        "/reviews",
        {"customer_id": 1, "product_id": 1, "stars": 5, "text": "pours well"},
        {"customer_id": 1, "product_id": 1, "stars": 1, "text": "drips"},
        {"customer_id": 1, "product_id": 1, "stars": 3, "text": "drips, but <pours>"},
    ),
    Exchange("POST", "/customers", {"name": "Bob", "email": "ada@example.org"}, 409),
    Exchange("POST", "/addresses", {"customer_id": 99, "street": "4 Mill Lane", "city": "Cork", "postcode": "T12"}, 409),
    Exchange("PUT", "/orders/1", {"customer_id": 99, "status": "paid"}, 409),
    Exchange("DELETE", "/customers/1", None, 409),
    Exchange("GET", "/customers/1", None, 200, {"id": 1, "name": "Ada L.", "email": "ada@example.org"}),
    Exchange("GET", "/nothing", None, 404),
]


@pytest.fixture(scope="module")
def equipped(backed: MeasureContext) -> MeasureContext:
    """The context with the shops built."""
    commands.build(backed, ENTRY, ())
    return backed


@pytest.fixture
def database(equipped: MeasureContext) -> Iterator[str]:
    """The address of a database in which the shop's tables are empty."""
    url = equipped.needed().url
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with tables(engine):
        yield url
    engine.dispose()


@contextlib.contextmanager
def tables(engine: Engine) -> Iterator[None]:
    """Create the shop's tables; drop them in the end."""
    Base.metadata.create_all(engine)
    try:
        yield
    finally:
        Base.metadata.drop_all(engine)


@contextlib.contextmanager
def running(context: MeasureContext, program: str, database: str) -> Iterator[http.client.HTTPConnection]:
    """Run a shop; yield a connection to it."""
    language, variant = program.split("/")
    python, go = ENTRY.python.get(variant), ENTRY.go.get(variant)
    command = [sys.executable, str(ROOT / python.path)] if language == "python" and python else []
    command += [str(commands.binary(context, go.package))] if language == "go" and go else []
    port = commands.free_port()
    with subprocess.Popen([*command, str(port)], env={**os.environ, "SHOP_DATABASE_URL": database}) as shop:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        try:
            until = time.monotonic() + LIMIT
            while not listens(connection):
                assert shop.poll() is None
                assert time.monotonic() < until
                time.sleep(0.01)
            yield connection
        finally:
            connection.close()
            shop.kill()


def listens(connection: http.client.HTTPConnection) -> bool:
    with contextlib.suppress(ConnectionRefusedError):
        connection.connect()
        return True
    return False


def asked(connection: http.client.HTTPConnection, exchange: Exchange) -> Exchange:
    """Make a request; return it with what it was answered with, as far as the contract says anything of it."""
    body = None if exchange.body is None else json.dumps(exchange.body)
    connection.request(exchange.method, exchange.path, body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    text = response.read()
    answer: Any = json.loads(text) if text and exchange.answer is not None else None
    status = REFUSED if exchange.status == REFUSED and 400 <= response.status < 500 else response.status
    return exchange._replace(status=status, answer=answer)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_shop_answers_as_the_contract_says(equipped: MeasureContext, database: str, program: str) -> None:
    with running(equipped, program, database) as connection:
        answers = [asked(connection, exchange) for exchange in CONTRACT]
    assert [(exchange, answer) for exchange, answer in zip(CONTRACT, answers, strict=True) if answer != exchange] == []


def test_the_contract_has_fifty_requests() -> None:
    routes = {(one.method, one.path.split("/")[1].partition("?")[0], one.path.count("/")) for one in CONTRACT if one.status < 400}
    assert len(routes - {("GET", "nothing", 1)}) == 50
