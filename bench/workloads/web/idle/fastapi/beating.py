"""The same on granian, which sends no pings, and ASGI has none: the application asks for a sign of life by a message."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, WebSocket

from bench.workloads.web.idle.fastapi.app import connected, router

PERIOD = int(os.environ["PING"])
"""Seconds between two of these messages to a connection..."""
PATIENCE = 30
"""...and seconds in which one has to be answered."""


async def look_after(socket: WebSocket, silent: float) -> None:
    """Ask a connection for a sign of life, or close one that has not answered the one before."""
    if silent > PERIOD + PATIENCE:
        await socket.close()
    else:
        await socket.send_text("ping")


async def beat() -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(PERIOD)
        now = loop.time()
        await asyncio.gather(
            *(look_after(socket, now - heard) for socket, heard in tuple(connected.items())), return_exceptions=True
        )


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Look after the connections for as long as the server runs."""
    beating = asyncio.create_task(beat())
    yield
    beating.cancel()


app = FastAPI(lifespan=lifespan)
app.include_router(router)
