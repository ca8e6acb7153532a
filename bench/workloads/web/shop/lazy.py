"""The shop, whose framework and models are imported with the first request that needs them; what tells it is up does not."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.workloads.web.shop.settings import settings


class Imported:
    """An application that is imported when it is first called."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is None:
            self.app = await asyncio.to_thread(shop)  # which takes a while, in which others are answered
        await self.app(scope, receive, send)


def shop() -> ASGIApp:
    from bench.workloads.web.shop.app import app  # noqa: PLC0415 - here is what this module is about

    return app


async def about(_: Request) -> JSONResponse:
    return JSONResponse({"name": settings.name, "environment": settings.environment})


app = Starlette(routes=[Route("/", about), Mount("/", Imported())])
