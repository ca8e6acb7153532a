"""FastAPI with one route: loaded and ready, but not started. Its validation, pydantic-core, is Rust."""

from __future__ import annotations

import sys

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/", response_class=PlainTextResponse)
async def greet() -> str:
    return "hello\n"


sys.stdout.write("ready\n")
