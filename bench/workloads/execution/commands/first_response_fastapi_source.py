"""FastAPI with one route, served by uvicorn, on the port of the last argument, without bytecode: all is compiled at each start.

What is set here has the effect of PYTHONDONTWRITEBYTECODE and PYTHONPYCACHEPREFIX for all that is imported afterwards.
"""

from __future__ import annotations

import os
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, os.devnull

import uvicorn  # noqa: E402 - without bytecode
from fastapi import FastAPI  # noqa: E402 - likewise
from fastapi.responses import PlainTextResponse  # noqa: E402 - likewise

app = FastAPI()


@app.get("/", response_class=PlainTextResponse)
async def greet() -> str:
    return "hello\n"


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[-1]), log_level="warning", access_log=False)
