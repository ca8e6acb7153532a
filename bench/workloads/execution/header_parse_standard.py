"""Heads of requests on a connection that is kept alive are parsed, as the standard library's `http.server` does.

The first line is split, and `http.client` reads the fields; all of it is Python code, on the parser for e-mail.

The answer is the number of fields, and all methods, targets, hosts and user agents.
"""

from __future__ import annotations

import io
from http.client import parse_headers


def run(heads: bytes) -> list[int | str]:
    connection = io.BytesIO(heads)
    count = 0
    methods, targets, hosts, agents = [], [], [], []
    while line := connection.readline():
        method, target, _version = line.decode("iso-8859-1").split()
        fields = parse_headers(connection)
        count += len(fields)
        methods.append(method)
        targets.append(target)
        hosts.append(fields["Host"])
        agents.append(fields["User-Agent"])
    return [count, "\n".join(methods), "\n".join(targets), "\n".join(hosts), "\n".join(agents)]
