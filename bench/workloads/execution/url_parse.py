"""URLs are taken apart: host, decoded path, decoded parameters of the query. `urllib.parse`, which is Python code.

The answer is the number of parameters, and all hosts, paths and values of `q`, which are empty where there is none.
"""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from bench.workloads.execution.lines import lines as split


def prepare(lines: bytes) -> dict[str, list[str]]:
    return {"urls": split(lines)}


def run(urls: list[str]) -> list[int | str]:
    parameters = 0
    hosts, paths, words = [], [], []
    for url in urls:
        parts = urlsplit(url)
        # What Go and the frameworks of both languages do: a parameter without a value is there, and empty.
        query = parse_qs(parts.query, keep_blank_values=True)
        parameters += sum(map(len, query.values()))
        hosts.append(parts.hostname or "")
        paths.append(unquote(parts.path))
        words.append(query["q"][0] if "q" in query else "")
    return [parameters, "\n".join(hosts), "\n".join(paths), "\n".join(words)]
