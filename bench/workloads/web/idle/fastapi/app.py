"""FastAPI: WebSockets that are kept open, and a broadcast to all. uvicorn pings them, and closes those that do not answer."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, FastAPI, Request, WebSocket
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

router = APIRouter()
connected: dict[WebSocket, float] = {}
"""When each was last heard of, by the clock of the loop."""


class Sent(BaseModel):
    """How many connections were sent a message."""

    sent: int


@router.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


@router.websocket("/ws")
async def websocket(websocket: WebSocket) -> None:
    loop = asyncio.get_running_loop()
    await websocket.accept()
    connected[websocket] = loop.time()
    try:
        async for _ in websocket.iter_text():
            connected[websocket] = loop.time()
    finally:
        del connected[websocket]


@router.post("/broadcast")
async def broadcast(request: Request) -> Sent:
    text = (await request.body()).decode()
    sockets = tuple(connected)
    # at the same time, so that one that is slow does not keep the others waiting; its own handler sees to one that has gone
    await asyncio.gather(*(socket.send_text(text) for socket in sockets), return_exceptions=True)
    return Sent(sent=len(sockets))


app = FastAPI()
app.include_router(router)
