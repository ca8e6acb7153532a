"""The load generator as a program, against servers that are none of its own; go_examples/load has the tests of its parts."""

from __future__ import annotations

import json
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from bench.catalog.loader import ROOT
from bench.measure.host import golang
from bench.measure.http import generator
from bench.measure.instruments import commands
from tests import observed

JSON = b'{"message":"Hello, World!"}'
CLOSED = {"mode": "closed", "endpoint": "json", "seed": 7, "connections": 4, "warm_up": 0.1, "seconds": 0.5}
OPEN = {"mode": "open", "endpoint": "json", "seed": 7, "connections": 8, "rate": 100.0, "warm_up": 0.1, "seconds": 0.5}
CHECK = {"mode": "check", "endpoint": "json", "seed": 7, "requests": 32, "limit": 5.0}


@pytest.fixture(scope="module")
def load() -> Path:
    return golang.build(ROOT, generator.PACKAGE, None, commands.binary(observed.context(), generator.PACKAGE))


class Answers(BaseHTTPRequestHandler):
    """Answers every request by the same JSON."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(JSON)))
        self.end_headers()
        self.wfile.write(JSON)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the library calls it so
        """Say nothing: no access log."""


class AnswersOnce(Answers):
    """Closes the connection after each answer, as HTTP/1.0 does."""

    protocol_version = "HTTP/1.0"


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server in this process."""
    with ThreadingHTTPServer(("127.0.0.1", 0), request.param) as listening:
        serving = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield f"127.0.0.1:{listening.server_port}"
        listening.shutdown()
        serving.join()


def run(load: Path, *arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([load, *arguments], input=lines, capture_output=True, text=True, timeout=60, check=False)


def told(load: Path, *phases: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what phases are answered with."""
    done = run(load, "-schema", str(ROOT / generator.SCHEMA), lines="".join(json.dumps(phase) + "\n" for phase in phases))
    assert (done.returncode, done.stderr) == (0, "")
    _, *answers = map(json.loads, done.stdout.splitlines())
    return answers


def test_it_serves_the_upstream_until_its_input_ends(load: Path) -> None:
    with subprocess.Popen([load], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        upstream = json.loads(running.stdout.readline())["upstream"]
        with urllib.request.urlopen(f"http://{upstream}/?ms=1") as answer:
            assert answer.read() == b"ok\n"
        running.stdin.close()
        assert running.wait(60) == 0
    with pytest.raises(URLError, match="refused"), urllib.request.urlopen(f"http://{upstream}/?ms=1"):
        pass


@pytest.mark.parametrize("server", [Answers], indirect=True)
def test_one_process_makes_all_phases(load: Path, server: str) -> None:
    checked, closed, opened = told(load, *({**phase, "target": server} for phase in (CHECK, CLOSED, OPEN)))
    assert checked == {"valid": 32}
    assert closed["errors"] == opened["errors"] == 0
    assert closed["requests"] > 0
    assert opened["requests"] == 50
    assert "lag_p99" in opened
    assert "lag_p99" not in closed


@pytest.mark.parametrize("server", [Answers], indirect=True)
def test_percentiles_are_in_order(load: Path, server: str) -> None:
    for metrics in told(load, {**CLOSED, "target": server}, {**OPEN, "target": server}):
        steps = [metrics[name] for name in ("p50", "p90", "p99", "p999", "max")]
        assert steps == sorted(steps)


@pytest.mark.parametrize("server", [Answers], indirect=True)
def test_connections_are_kept(load: Path, server: str) -> None:
    (metrics,) = told(load, {**CLOSED, "target": server})
    assert metrics["opened"] == CLOSED["connections"]


@pytest.mark.parametrize("server", [AnswersOnce], indirect=True)
def test_a_server_that_does_not_keep_them_shows(load: Path, server: str) -> None:
    (metrics,) = told(load, {**CLOSED, "target": server})
    assert metrics["errors"] == 0
    assert metrics["opened"] >= metrics["requests"] > 0


@pytest.mark.parametrize("server", [Answers], indirect=True)
def test_after_a_failure_it_goes_on(load: Path, server: str) -> None:
    wrong, refused, right = told(
        load, {"mode": "closed"}, {**CHECK, "target": server, "endpoint": "plaintext"}, {**CHECK, "target": server}
    )
    assert wrong["failure"].startswith("line 1: ")
    assert refused["failure"] == 'GET /plaintext: answered wrong: want the content type text/plain, got "application/json"'
    assert right == {"valid": 32}


def test_help_teaches_every_mode_and_endpoint(load: Path) -> None:
    done = run(load, "-help")
    assert done.returncode == 0
    for word in ("check", "closed", "open", "ceiling", "fortunes", "websocket", "lag_p99", "-schema"):
        assert word in done.stderr


@pytest.mark.parametrize("arguments", [["-pace", "1"], ["phases.json"], ["-connections", "many"]])
def test_arguments_that_make_no_sense_have_exit_status_2(load: Path, arguments: list[str]) -> None:
    done = run(load, *arguments)
    assert done.returncode == 2
    assert arguments[-1] in done.stderr or arguments[0] in done.stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [(None, "no such file"), ("SELECT 1;", 'there is no "INSERT INTO fortune VALUES"')],
    ids=["none", "another"],
)
def test_a_schema_that_cannot_be_read_has_exit_status_1(load: Path, tmp_path: Path, text: str | None, reason: str) -> None:
    schema = tmp_path / "schema.sql"
    if text:
        schema.write_text(text, encoding="utf-8")
    done = run(load, "-schema", str(schema))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("load: ")
    assert reason in done.stderr


def test_the_ceiling_is_measured_on_its_own(load: Path) -> None:
    done = run(load, "-ceiling", "-seconds", "0.3", "-connections", "4")
    assert done.returncode == 0
    metrics = json.loads(done.stdout)
    assert metrics["errors"] == 0
    assert metrics["ceiling"] == pytest.approx(metrics["rate"] * metrics["seconds"] / metrics["cpu"])
