"""Echoes with a thread for each connection that reads and writes a blocking socket; the system's scheduler and the GIL switch."""

from __future__ import annotations

import atexit
import contextlib
import socket
import threading
from typing import Any

from bench.workloads.concurrency.echo_clients import BlockingClients


def prepare(connections: int, rounds: int) -> dict[str, Any]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
    clients = BlockingClients(listener.getsockname()[1], connections)
    atexit.register(clients.close)
    return {"clients": clients, "rounds": rounds}


def run(clients: BlockingClients, rounds: int) -> int:
    return clients.rounds(rounds)


def serve(listener: socket.socket) -> None:
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=echo, args=(connection,), daemon=True).start()


def echo(connection: socket.socket) -> None:
    with connection, contextlib.suppress(ConnectionError):
        while data := connection.recv(4096):
            connection.sendall(data)
