"""Heads of requests on a connection that is kept alive are parsed, as uvicorn does: the library httptools.

Its parser is llhttp, in C, which calls Python back for each field.

The answer is the number of fields, and all methods, targets, hosts and user agents; a head without a host is refused.
"""

from __future__ import annotations

from httptools import HttpRequestParser

END = b"\r\n\r\n"


class Request:
    """What the parser reports of one request. Names of fields are in lower case, as ASGI wants them."""

    def __init__(self) -> None:
        self.target = b""
        self.fields: list[tuple[bytes, bytes]] = []

    def on_message_begin(self) -> None:
        self.target = b""
        self.fields = []

    def on_url(self, target: bytes) -> None:
        self.target += target

    def on_header(self, name: bytes, value: bytes) -> None:
        self.fields.append((name.lower(), value))


def prepare(heads: bytes) -> dict[str, list[bytes]]:
    *whole, rest = heads.split(END)
    if rest:
        raise ValueError("a head without an end")
    return {"heads": [head + END for head in whole]}


def run(heads: list[bytes]) -> list[int | bytes]:
    request = Request()
    parser = HttpRequestParser(request)
    count = 0
    methods, targets, hosts, agents = [], [], [], []
    for head in heads:
        parser.feed_data(head)
        fields = dict(request.fields)
        if len(fields) < len(request.fields):
            # The first of several fields with one name counts, as it does in the other programs.
            fields = dict(reversed(request.fields))
        count += len(request.fields)
        methods.append(parser.get_method())
        targets.append(request.target)
        # Blanks at the end of a field do not belong to its value; the parser drops those at its start alone.
        hosts.append(fields[b"host"].rstrip())
        agents.append(fields.get(b"user-agent", b"").rstrip())
    return [count, b"\n".join(methods), b"\n".join(targets), b"\n".join(hosts), b"\n".join(agents)]
