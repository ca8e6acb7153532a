"""What a service in production writes down, its access log and its metrics, held against the requests that it was sent."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from bench.measure.http.serving import PATIENCE, LoadError, Server

PATH = "/orders"
"""Of the requests that are counted: a server is asked for others too, to see that it is ready, and for its metrics."""
COUNTED = re.compile(r"^http_requests_total\{([^}]*)\} (\S+)", re.MULTILINE)
TIMED = re.compile(r"^http_request_duration_seconds_count\{([^}]*)\} (\S+)", re.MULTILINE)


class Line(BaseModel):
    """What a line of an access log has, whatever else."""

    time: AwareDatetime
    method: str
    path: str
    status: Annotated[int, Field(ge=100, le=599)]
    seconds: Annotated[float, Field(gt=0)]
    trace_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


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
    with log.open(encoding="utf-8") as lines:
        return sum(_line(line) for line in lines)


def _line(text: str) -> bool:
    """Return whether a line of an access log is of a request that is counted; raises LoadError where it is no line of one."""
    try:
        line = Line.model_validate_json(text)
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise LoadError(f"the access log has a line that is none: {text.rstrip()}: {reasons}") from error
    return line.path == PATH


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
