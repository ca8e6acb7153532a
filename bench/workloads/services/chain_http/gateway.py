"""The gateway: asks two services at the same time and then a third, all within a limit."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

import aiohttp
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel

from bench.workloads.services.chain_http.shapes import Orders, Prices, Summary, User

LIMIT = float(os.environ["LIMIT"])
"""Seconds that the services have for a request together."""
Shape = TypeVar("Shape", bound=BaseModel)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the connections to the services for as long as the gateway runs."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as services:
        app.state.services = services
        yield


app = FastAPI(lifespan=lifespan)


async def get_services(request: Request) -> aiohttp.ClientSession:
    services: aiohttp.ClientSession = request.app.state.services
    return services


Services = Annotated[aiohttp.ClientSession, Depends(get_services)]


@app.exception_handler(TimeoutError)
async def late(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "a service has not answered in time"}, 504)


@app.exception_handler(aiohttp.ClientError)
async def unavailable(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "a service is not available"}, 503)


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


@app.get("/summaries/{user}")
async def summary(user: int, services: Services) -> Summary:
    async with asyncio.timeout(LIMIT):
        person, placed = await asyncio.gather(
            ask(services, f"http://{os.environ['USERS']}/users/{user}", User),
            ask(services, f"http://{os.environ['ORDERS']}/orders?user={user}", Orders),
        )
        wanted = "&".join(f"items={item}" for item in placed.items)
        priced = await ask(services, f"http://{os.environ['PRICES']}/prices?{wanted}", Prices)
    return Summary(user=person.id, credit=person.credit, items=placed.items, total=sum(priced.prices))


async def ask(services: aiohttp.ClientSession, url: str, shape: type[Shape]) -> Shape:
    """Return what a service answers with, validated."""
    async with services.get(url) as response:
        if response.status == 404:
            raise HTTPException(404)
        response.raise_for_status()
        return shape.model_validate_json(await response.read())
