"""Threads that have answered one byte and wait for more, each on a connection of its own, by `socketserver`.

A connection has a thread of the operating system, a socket object and a handler object. The other ends are the companion's.
"""

from __future__ import annotations

import os
import socket
import socketserver
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


class Server(socketserver.ThreadingTCPServer):
    """Counts the bytes of all connections."""

    daemon_threads = True
    request_queue_size = 4096  # as Go's listener, which asks the kernel for its limit: none of a burst of connections is refused

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.received = 0
        self.lock = threading.Lock()


class Connection(socketserver.BaseRequestHandler):
    """One connection, in a thread of its own."""

    server: Server

    def handle(self) -> None:
        while data := self.request.recv(512):
            with self.server.lock:
                self.server.received += len(data)
            self.request.sendall(data)


def connect(port: int, count: int) -> socket.socket:
    """Have the companion open connections, and send a byte on each and get it back, until what is returned is closed.

    Raises:
        ConnectionError: it could not.
    """
    host, _, load = os.environ["LOAD"].rpartition(":")
    companion = socket.create_connection((host, int(load)))
    companion.sendall(b"connect %d %d echo\n" % (port, count))
    with companion.makefile("rb") as reader:
        answer = reader.readline()
    if answer != b"connected %d\n" % count:
        raise ConnectionError(f"the companion answers {answer!r}")
    return companion


def run(mark: Mark, count: int) -> int:
    """Return how many bytes came: one from each connection."""
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with connect(server.server_address[1], count):
        mark("held")
    return server.received
