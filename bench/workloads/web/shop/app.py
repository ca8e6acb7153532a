"""The shop on FastAPI, with SQLAlchemy's asynchronous ORM over asyncpg."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import configure_mappers

from bench.workloads.web.shop.routes import customers, orders, products
from bench.workloads.web.shop.settings import settings
from bench.workloads.web.shop.store import engine

configure_mappers()  # a mistake in a model ends the start, and not the first request


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Close the connections to the database with the server."""
    yield
    await engine.dispose()


app = FastAPI(title=settings.name, lifespan=lifespan, openapi_url=None)
for router in (customers.customers, customers.addresses, customers.reviews):
    app.include_router(router)
for router in (products.categories, products.suppliers, products.products):
    app.include_router(router)
for router in (orders.orders, orders.lines, orders.payments, orders.shipments):
    app.include_router(router)


@app.exception_handler(IntegrityError)
async def refuse(_: Request, __: Exception) -> JSONResponse:
    """Say that what was sent does not go with what is stored: a row of that name, or none of that id."""
    return JSONResponse({"detail": "conflicts with other rows"}, 409)


@app.get("/")
async def about() -> dict[str, str]:
    return {"name": settings.name, "environment": settings.environment}
