"""Flask with one route: loaded and ready, but not started."""

from __future__ import annotations

import sys

from flask import Flask

app = Flask(__name__)


@app.get("/")
def greet() -> str:
    return "hello\n"


sys.stdout.write("ready\n")
