"""The shop on FastAPI, served by uvicorn on the port of the last argument; everything is imported at the start."""

from __future__ import annotations

import sys

sys.path.append(f"{sys.path[0]}/../../../..")  # the repository: a script has its own folder alone

import uvicorn

from bench.workloads.web.shop.app import app

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[-1]), log_level="warning", access_log=False)
