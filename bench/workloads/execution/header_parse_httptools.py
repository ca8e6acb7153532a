"""Heads of requests on a connection that is kept alive are parsed, as uvicorn does: the library httptools.

Its parser is llhttp, in C, which calls Python back for each field.

The answer is the number of fields, and all methods, targets, hosts and user agents.
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
    return {"heads": [head + END for head in heads.removesuffix(END).split(END)]}


def run(heads: list[bytes]) -> list[int | bytes]:
    request = Request()
    parser = HttpRequestParser(request)
    count = 0
    methods, targets, hosts, agents = [], [], [], []
    for head in heads:
        parser.feed_data(head)
        fields = dict(request.fields)
        count += len(request.fields)
        methods.append(parser.get_method())
        targets.append(request.target)
        hosts.append(fields[b"host"])
        agents.append(fields[b"user-agent"])
    return [count, b"\n".join(methods), b"\n".join(targets), b"\n".join(hosts), b"\n".join(agents)]
