"""A server of one page by `http.server`, a thread for each connection, which has answered one request.

The standard library's own server; its parser and its responses are bytecode.
"""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


class Handler(BaseHTTPRequestHandler):
    """Answers each GET with a short text."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"ok\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass  # Go's server writes no log of requests


def run(mark: Mark) -> int:
    """Return the status of the answer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with socket.create_connection(("127.0.0.1", server.server_port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        with client.makefile("rb") as answer:
            response = answer.read()
    mark("held")
    status, _, rest = response.partition(b"\r\n")
    return int(status.split()[1]) if rest.endswith(b"\r\n\r\nok\n") else 0
