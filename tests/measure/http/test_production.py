"""What a service in production has written down, read and held against what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench.measure.http import production
from bench.measure.http.production import Written
from bench.measure.http.serving import LoadError, Server

METRICS = """# HELP http_requests_total Requests that were answered.
# TYPE http_requests_total counter
http_requests_total{method="GET",route="/plaintext",status="200"} 1.0
http_requests_total{method="POST",route="/orders",status="200"} 40.0
http_requests_total{method="POST",route="/orders",status="401"} 2
http_requests_created{method="POST",route="/orders",status="200"} 1.7e+09
http_request_duration_seconds_bucket{le="0.001",method="POST",route="/orders"} 17.0
http_request_duration_seconds_count{method="GET",route="/plaintext"} 1.0
http_request_duration_seconds_count{method="POST",route="/orders"} 42.0
http_request_duration_seconds_sum{method="POST",route="/orders"} 0.1
"""
LINE = {
    "time": "2026-11-30T10:50:25.867Z",
    "method": "POST",
    "path": "/orders",
    "status": 200,
    "seconds": 0.0003,
    "trace_id": "0af7651916cd43dd8448eb211c80319c",
}


class Exposes(BaseHTTPRequestHandler):
    """Exposes the metrics."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(METRICS.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the library calls it so
        """Say nothing."""


class Fails(Exposes):
    """Has none."""

    def do_GET(self) -> None:
        self.send_error(404)


@pytest.fixture
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """Of a server in this process."""
    with ThreadingHTTPServer(("127.0.0.1", 0), request.param) as listening:
        serving = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield listening.server_port
        listening.shutdown()
        serving.join()


def logged(folder: Path, *lines: str) -> Path:
    log = folder / "access.log"
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return log


def line(**changes: object) -> str:
    return json.dumps({**LINE, **changes})


@pytest.mark.parametrize("port", [Exposes], indirect=True)
def test_what_is_written_of_the_counted_path_is_added_up(port: int, tmp_path: Path) -> None:
    log = logged(tmp_path, line(), line(path="/plaintext"), line(status=401))
    assert production.written(Server(1, port, 0.1, log)) == Written(logged=2, counted=42, timed=42)


def test_a_server_without_a_log_has_nothing_written() -> None:
    assert production.written(Server(1, 1, 0.1)) is None


@pytest.mark.parametrize("port", [Fails], indirect=True)
def test_a_service_without_metrics_is_refused(port: int, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="GET /metrics: status 404"):
        production.written(Server(1, port, 0.1, logged(tmp_path, line())))


@pytest.mark.parametrize(
    "wrong", ["no JSON", "[]", "{}", line(trace_id="xyz"), line(status=None), json.dumps({"path": "/orders"})], ids=repr
)
@pytest.mark.parametrize("port", [Exposes], indirect=True)
def test_a_line_that_is_none_is_shown(port: int, tmp_path: Path, wrong: str) -> None:
    with pytest.raises(LoadError, match="the access log has a line that is none"):
        production.written(Server(1, port, 0.1, logged(tmp_path, line(), wrong)))


def test_a_log_and_metrics_that_grew_by_what_was_sent_pass() -> None:
    production.verify(Written(2, 2, 2), Written(7, 7, 7), 5)


def test_a_service_that_writes_nothing_down_is_not_held_against_anything() -> None:
    production.verify(None, None, 5)


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (Written(6, 7, 7), "5 requests were sent, and 4 were logged"),
        (Written(7, 8, 7), "5 requests were sent, and 6 were counted"),
        (Written(7, 7, 2), "5 requests were sent, and 0 were timed"),
    ],
)
def test_a_request_that_was_not_written_down_once_is_found_out(after: Written, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        production.verify(Written(2, 2, 2), after, 5)
