"""How a chain of services starts."""

from __future__ import annotations

import os
import subprocess
import sys

from bench.catalog.loader import ROOT
from bench.measure.processes.process import kill_group

LISTENING = [
    "-c",
    "import socket, sys, time; held = socket.create_server(('127.0.0.1', int(sys.argv[1]))); time.sleep(60)",
    "{port}",
]
ASK = "import os, socket; [socket.create_connection(os.environ[name].split(':')).close() for name in ('USERS', 'PRICES')]"
NAMED = ["-c", "import sys; print('prices at', sys.argv[1])", "{port}"]


def deployed(services: dict[str, list[str]], gateway: str, **variables: str) -> tuple[int, str, str]:
    """Deploy services and a gateway, which is a program that ends; return its exit status and what all have written."""
    code = f"from bench.workloads.services.deployment import deploy; deploy({services!r}, ['-c', {gateway!r}], '8000')"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **variables},
        text=True,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        try:
            status = running.wait(60)
        finally:
            kill_group(running.pid)  # the services outlive this gateway
        stdout, stderr = running.communicate()
    return status, stdout, stderr


def test_the_gateway_finds_each_service_where_it_listens() -> None:
    found = deployed({"users": LISTENING, "prices": LISTENING}, f"{ASK}; print(os.environ.get('SERVICE', 'found'))")
    assert found == (0, "found\n", "")


def test_a_service_that_ends_at_once_ends_the_deployment() -> None:
    assert deployed({"users": ["-c", "raise SystemExit(3)"]}, "print('started')") == (1, "", "users ended with exit status 3\n")


def test_a_service_that_is_named_runs_alone() -> None:
    alone = {"SERVICE": "prices", "UPSTREAM": "127.0.0.1:7"}
    assert deployed({"users": LISTENING, "prices": NAMED}, "print('started')", **alone) == (0, "prices at 8000\n", "")


def test_a_gateway_that_runs_alone_has_all_services_at_the_upstream() -> None:
    asks = "import os; print(os.environ['USERS'], os.environ['PRICES'])"
    found = deployed({"users": NAMED, "prices": NAMED}, asks, SERVICE="gateway", UPSTREAM="127.0.0.1:7")
    assert found == (0, "127.0.0.1:7 127.0.0.1:7\n", "")


def test_a_service_that_there_is_not_ends_the_deployment() -> None:
    assert deployed({"users": NAMED}, "print('started')", SERVICE="cart") == (1, "", "SERVICE: there is no service 'cart'\n")
