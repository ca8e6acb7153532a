"""What a service in production writes down of its requests, its access log and its metrics, held against those that it was sent."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from pathlib import Path

from bench.measure.http.serving import PATIENCE, LoadError, Server

PATH = "/orders"
"""Of the requests that are counted: a server is asked for others too, to see that it is ready, and for its metrics."""
TRACE = re.compile(r"[0-9a-f]{32}")
COUNTED = re.compile(r"^http_requests_total\{([^}]*)\} (\S+)", re.MULTILINE)
TIMED = re.compile(r"^http_request_duration_seconds_count\{([^}]*)\} (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Written:
    """How many requests a service has written down in each place."""

    logged: int
    """Lines of the access log."""
    counted: int
    """By the counter, whatever the status."""
    timed: int
    """By the histogram."""


def written(server: Server) -> Written | None:
    """Return what a server has written down so far; None of one that keeps no access log.

    Raises:
        LoadError: a line of the log is none, or the metrics cannot be read.
    """
    if server.log is None:
        return None
    metrics = _metrics(server.port)
    return Written(logged=_lines(server.log), counted=_total(COUNTED, metrics), timed=_total(TIMED, metrics))


def verify(before: Written | None, after: Written | None, sent: float) -> None:
    """Refuse a service whose log and metrics have not grown by the requests that it was sent; raises LoadError."""
    if before is None or after is None:
        return
    for name in ("logged", "counted", "timed"):
        if (grown := getattr(after, name) - getattr(before, name)) != sent:
            raise LoadError(f"{sent:.0f} requests were sent, and {grown} were {name}")


def _lines(log: Path) -> int:
    """Return how many lines of an access log are of the requests that are counted."""
    logged = 0
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                entry = json.loads(line)
                of_path = entry["path"] == PATH
                if of_path and not (TRACE.fullmatch(entry["trace_id"]) and entry["method"] and entry["status"] and entry["seconds"]):
                    raise ValueError("a value is missing")
            except (ValueError, LookupError, TypeError) as error:
                raise LoadError(f"the access log has a line that is none: {line.rstrip()!r}: {error!r}") from error
            logged += of_path
    return logged


def _total(series: re.Pattern[str], metrics: str) -> int:
    """Return the sum of a metric's series that are of the requests that are counted."""
    return sum(int(float(value)) for labels, value in series.findall(metrics) if f'route="{PATH}"' in labels)


def _metrics(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        text = answer.read().decode()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise LoadError(f"GET /metrics: {error!r}") from error
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise LoadError(f"GET /metrics: status {answer.status}")
    return text
