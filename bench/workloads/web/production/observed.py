"""Requests that have been answered: a line of the access log for each, and the metrics of its route.

The variable ACCESS_LOG names the file, to which lines are added. The standard library's logging writes each at once.
"""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime

from prometheus_client import Counter, Histogram

from bench.workloads.web.production import trace

ATTRIBUTES = ("method", "path", "status", "seconds", "trace_id")

requests = Counter("http_requests_total", "Requests that were answered.", ["method", "route", "status"])
seconds = Histogram(
    "http_request_duration_seconds",
    "How long requests took to answer.",
    ["method", "route"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5),
)


class Lines(logging.Formatter):
    """Formats what is logged as a JSON object on a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "msg": record.getMessage(),
            **{name: value for name in ATTRIBUTES if (value := getattr(record, name, None)) is not None},
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


class Traced(logging.Filter):
    """Adds the trace of the context to each line that is logged, those of views included."""

    def filter(self, record: logging.LogRecord) -> bool:
        if found := trace.current.get():
            record.trace_id = found.id
        return True


def logger() -> logging.Logger:
    """Return what writes to the access log."""
    handler = logging.FileHandler(os.environ["ACCESS_LOG"])
    handler.addFilter(Traced())
    handler.setFormatter(Lines())
    access = logging.getLogger("access")
    access.addHandler(handler)
    access.setLevel(logging.INFO)
    access.propagate = False
    return access


access = logger()


def answered(method: str, path: str, route: str, status: int, took: float) -> None:
    """Record a request that took so many seconds."""
    requests.labels(method, route, status).inc()
    seconds.labels(method, route).observe(took)
    access.info("request", extra={"method": method, "path": path, "status": status, "seconds": took})
