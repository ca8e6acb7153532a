"""Heads of requests on a connection that is kept alive are parsed, as the standard library's `http.server` does.

The first line is split, and `http.client` reads the fields; all of it is Python code, on the parser for e-mail.

The answer is the number of fields, and all methods, targets, hosts and user agents; a head without a host is refused.
"""

from __future__ import annotations

import io
from http.client import parse_headers

END = b"\r\n\r\n"


def prepare(heads: bytes) -> dict[str, bytes]:
    if heads and not heads.endswith(END):
        raise ValueError("a head without an end")
    return {"heads": heads}


def run(heads: bytes) -> list[int | str]:
    connection = io.BytesIO(heads)
    count = 0
    methods, targets, hosts, agents = [], [], [], []
    while line := connection.readline():
        method, target, _version = line.decode("iso-8859-1").split()
        fields = parse_headers(connection)
        if fields.defects:
            raise ValueError(fields.defects)
        count += len(fields)
        methods.append(method)
        targets.append(target)
        # Blanks at the end of a field do not belong to its value; the parser drops those at its start alone.
        hosts.append(fields["Host"].rstrip())
        agents.append(fields.get("User-Agent", "").rstrip())
    return [count, "\n".join(methods), "\n".join(targets), "\n".join(hosts), "\n".join(agents)]
