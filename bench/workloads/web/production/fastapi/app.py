"""The validated POST of FastAPI's server as a service in production has it: a dependency that checks tokens, and a middleware."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Response
from fastapi.responses import PlainTextResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bench.workloads.web.fastapi.app import lifespan, plaintext, validated_post
from bench.workloads.web.production import observed, tokens, trace


class Observed:
    """Traces, logs, counts and times all requests."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        header = trace.begin(Headers(scope=scope).get("traceparent", "")).header
        status = 500

        async def recorded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["traceresponse"] = header
            await send(message)

        try:
            await self.app(scope, receive, recorded)
        finally:
            route = scope.get("route")
            path = route.path if route else ""
            observed.answered(scope["method"], scope["path"], path, status, time.perf_counter() - began)


async def authorised(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> None:
    """Refuse a request without a token."""
    if not tokens.valid(credentials.credentials):
        raise HTTPException(401, "a valid token is needed", {"WWW-Authenticate": "Bearer"})


app = FastAPI(lifespan=lifespan)
app.add_middleware(Observed)
app.get("/plaintext", response_class=PlainTextResponse)(plaintext)
app.post("/orders", dependencies=[Depends(authorised)])(validated_post)


@app.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
