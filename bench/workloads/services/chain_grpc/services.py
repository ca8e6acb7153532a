"""The three services behind the gateway: `python -m bench.workloads.services.chain_grpc.services NAME PORT` is one of them."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import Any

import asyncpg
import grpc
import grpc.aio
import uvloop

from bench.workloads.services import chain_pb2_grpc, tables
from bench.workloads.services.chain_pb2 import Items, OrdersRequest, PriceList, User, UserRequest

GRACE = 10.0
"""Seconds that calls under way have when the process is told to end."""
Context = grpc.aio.ServicerContext[Any, Any]


class Users(chain_pb2_grpc.UsersServicer):
    """Knows users."""

    def __init__(self, database: asyncpg.Pool) -> None:
        self.database = database

    async def Get(self, request: UserRequest, context: Context) -> User:
        """Answer with a user."""
        credit = await tables.credit(self.database, request.id)
        if credit is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, f"there is no user {request.id}")
        return User(id=request.id, credit=credit)


class Orders(chain_pb2_grpc.OrdersServicer):
    """Knows what users have ordered."""

    def __init__(self, database: asyncpg.Pool) -> None:
        self.database = database

    async def OfUser(self, request: OrdersRequest, _context: Context) -> Items:
        """Answer with the items of a user's orders."""
        return Items(items=await tables.items(self.database, request.user))


class Prices(chain_pb2_grpc.PricesServicer):
    """Knows prices."""

    def __init__(self, database: asyncpg.Pool) -> None:
        self.database = database

    async def OfItems(self, request: Items, context: Context) -> PriceList:
        """Answer with the prices of items."""
        found = await tables.prices(self.database, request.items)
        if found is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, "there is no such item")
        return PriceList(prices=found)


async def serve(name: str, port: int) -> None:
    """Run a service until the process is told to end."""
    server = grpc.aio.server()
    async with tables.pool() as database:
        if name == "users":
            chain_pb2_grpc.add_UsersServicer_to_server(Users(database), server)
        elif name == "orders":
            chain_pb2_grpc.add_OrdersServicer_to_server(Orders(database), server)
        else:
            chain_pb2_grpc.add_PricesServicer_to_server(Prices(database), server)
        server.add_insecure_port(f"127.0.0.1:{port}")
        await server.start()
        told = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
        await told.wait()
        await server.stop(GRACE)


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], int(sys.argv[2])))
