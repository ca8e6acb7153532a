"""URLs are taken apart: host, decoded path, decoded parameters of the query. Ada, the C++ parser of Node.js, through can_ada.

The answer is the number of parameters, and all hosts, paths and values of `q`.
"""

from __future__ import annotations

from urllib.parse import unquote

import can_ada

from bench.workloads.execution.lines import lines as split


def prepare(lines: bytes) -> dict[str, list[str]]:
    return {"urls": split(lines)}


def run(urls: list[str]) -> list[int | str]:
    parameters = 0
    hosts, paths, words = [], [], []
    for url in urls:
        parts = can_ada.parse(url)
        query = can_ada.URLSearchParams(parts.search)
        parameters += len(query)
        hosts.append(parts.hostname)
        paths.append(unquote(parts.pathname))
        words.append(query.get("q") or "")
    return [parameters, "\n".join(hosts), "\n".join(paths), "\n".join(words)]
