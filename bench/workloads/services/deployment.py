"""Starts the services of a chain, each a process of its own, and then becomes the gateway: a deployment is one process group."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NoReturn

PATIENCE = 30.0
"""Seconds within which all services have to listen."""
POLL = 0.005
GATEWAY = "gateway"
"""The gateway's name in SERVICE, where it is to run alone."""


def deploy(services: Mapping[str, Sequence[str]], gateway: Sequence[str], port: str) -> NoReturn:
    """Start services and wait until they listen; then run the gateway in this process.

    Where SERVICE names one of the services it runs alone, and so does the gateway, for which all services are then at UPSTREAM.

    Args:
        services: name -> the interpreter's arguments, with {port} for the port. A service's own name is in SERVICE.
        gateway: the same of the gateway, which finds the address of a service in the variable of its name, as USERS.
        port: of the gateway, or of what runs alone.
    """
    programs = {**services, GATEWAY: gateway}
    alone = os.environ.get("SERVICE")
    if alone is None:
        addresses = _started(services)
    elif alone in programs:
        addresses = dict.fromkeys(services, os.environ["UPSTREAM"])
    else:
        sys.exit(f"SERVICE: there is no service {alone!r}")
    os.environ.update({name.upper(): address for name, address in addresses.items()})
    os.execv(sys.executable, _command(programs[alone or GATEWAY], port))  # noqa: S606


def _started(services: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Start services, wait until they listen, and return the address of each."""
    ports = _free_ports(services)
    running = {
        name: subprocess.Popen(_command(arguments, ports[name]), env={**os.environ, "SERVICE": name})
        for name, arguments in services.items()
    }
    for name, started in running.items():
        _await_listening(name, started, ports[name])
    return {name: f"127.0.0.1:{port}" for name, port in ports.items()}


def _command(arguments: Sequence[str], port: int | str) -> list[str]:
    return [sys.executable, *(argument.format(port=port) for argument in arguments)]


def _free_ports(names: Mapping[str, object]) -> dict[str, int]:
    with contextlib.ExitStack() as held:  # all at once, so that none is given twice
        listening = {name: held.enter_context(socket.create_server(("127.0.0.1", 0))) for name in names}
        return {name: int(one.getsockname()[1]) for name, one in listening.items()}


def _await_listening(name: str, started: subprocess.Popen[bytes], port: int) -> None:
    limit = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        if started.poll() is not None:
            sys.exit(f"{name} ended with exit status {started.returncode}")
        if time.monotonic() > limit:
            sys.exit(f"{name} does not listen after {PATIENCE:.0f} s")
        time.sleep(POLL)
