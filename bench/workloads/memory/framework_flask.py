"""Flask alone: it is imported, has one page, and answers one request."""

from __future__ import annotations

from time import perf_counter

from bench.workloads.memory.gateway import status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark) -> int:
    start = perf_counter()
    from flask import Flask  # noqa: PLC0415 - importing is measured

    app = Flask(__name__)
    app.get("/")(greet)
    answered = status(app)
    mark("start", seconds=perf_counter() - start)
    return answered


def greet() -> str:
    return "hello\n"
