"""The shop on FastAPI, served by uvicorn on the port of the last argument, without bytecode: all is compiled at each start.

What is set here has the effect of PYTHONDONTWRITEBYTECODE and PYTHONPYCACHEPREFIX for all that is imported afterwards.
"""

from __future__ import annotations

import os
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, os.devnull
sys.path.append(f"{sys.path[0]}/../../../..")  # the repository: a script has its own folder alone

import uvicorn  # noqa: E402 - without bytecode

from bench.workloads.web.shop.app import app  # noqa: E402 - likewise

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[-1]), log_level="warning", access_log=False)
