"""The floor beneath FastAPI: an ASGI application without a framework, which keeps WebSockets open and broadcasts to them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

connected: set[Send] = set()
"""By which each connection is sent messages."""


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """Serve one request or one WebSocket. uvicorn pings these, and closes those that do not answer."""
    if scope["type"] == "websocket":
        await keep(scope, receive, send)
    elif (scope["method"], scope["path"]) == ("GET", "/plaintext"):
        await answer(send, b"Hello, World!", b"text/plain; charset=utf-8")
    elif (scope["method"], scope["path"]) == ("POST", "/broadcast"):
        await answer(send, b'{"sent":%d}' % await broadcast(await body(receive)), b"application/json")
    else:
        await answer(send, b'{"errors":{"path":"is not there"}}', b"application/json", HTTPStatus.NOT_FOUND)


async def keep(scope: Message, receive: Receive, send: Send) -> None:
    await receive()
    if scope["path"] != "/ws":
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    connected.add(send)
    try:
        while (await receive())["type"] == "websocket.receive":
            pass
    finally:
        connected.discard(send)


async def broadcast(text: str) -> int:
    message = {"type": "websocket.send", "text": text}
    sends = tuple(connected)
    # at the same time, so that one that is slow does not keep the others waiting
    await asyncio.gather(*(send(message) for send in sends), return_exceptions=True)
    return len(sends)


async def body(receive: Receive) -> str:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts).decode()


async def answer(send: Send, content: bytes, content_type: bytes, status: int = HTTPStatus.OK) -> None:
    headers = [(b"content-type", content_type), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
