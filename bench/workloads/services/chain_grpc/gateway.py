"""The gateway: asks two services at the same time and then a third, all within a limit, which the services are told."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

import grpc
import grpc.aio
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from bench.workloads.services import chain_pb2_grpc
from bench.workloads.services.chain_pb2 import OrdersRequest, UserRequest

LIMIT = float(os.environ["LIMIT"])
"""Seconds that the services have for a request together."""
STATUSES = {grpc.StatusCode.NOT_FOUND: 404, grpc.StatusCode.DEADLINE_EXCEEDED: 504}
"""Of HTTP; what is not listed is 503."""


@dataclass(frozen=True)
class Stubs:
    """The services, each behind a channel of its own."""

    users: chain_pb2_grpc.UsersStub
    orders: chain_pb2_grpc.OrdersStub
    prices: chain_pb2_grpc.PricesStub


class Summary(BaseModel):
    """What a user has ordered, and what that costs."""

    user: int
    credit: int
    items: list[int]
    total: int


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the channels to the services for as long as the gateway runs."""
    async with (
        grpc.aio.insecure_channel(os.environ["USERS"]) as users,
        grpc.aio.insecure_channel(os.environ["ORDERS"]) as orders,
        grpc.aio.insecure_channel(os.environ["PRICES"]) as prices,
    ):
        app.state.stubs = Stubs(
            chain_pb2_grpc.UsersStub(users), chain_pb2_grpc.OrdersStub(orders), chain_pb2_grpc.PricesStub(prices)
        )
        yield


app = FastAPI(lifespan=lifespan)


async def get_stubs(request: Request) -> Stubs:
    stubs: Stubs = request.app.state.stubs
    return stubs


Services = Annotated[Stubs, Depends(get_stubs)]


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


@app.get("/summaries/{user}")
async def summary(user: int, services: Services) -> Summary:
    until = asyncio.get_running_loop().time() + LIMIT
    try:
        person, placed = await asyncio.gather(
            services.users.Get(UserRequest(id=user), timeout=LIMIT),
            services.orders.OfUser(OrdersRequest(user=user), timeout=LIMIT),
        )
        priced = await services.prices.OfItems(placed, timeout=until - asyncio.get_running_loop().time())
    except grpc.aio.AioRpcError as error:
        raise HTTPException(STATUSES.get(error.code(), 503)) from error
    return Summary(user=person.id, credit=person.credit, items=list(placed.items), total=sum(priced.prices))
