"""Domains of the benchmarks of bytes, tokens, times, URLs and heads of requests."""

from __future__ import annotations

from hypothesis import strategies as st

from bench.workloads import case
from tests.workloads.domains.inputs import CHARACTERS, NO_UTF_8, WORD, Domain, given, named


def urls(host: str, path: str, query: list[tuple[str, str]]) -> bytes:
    return f"https://{host}/{path}?{'&'.join(f'{name}={value}' for name, value in query)}\n".encode()


def head(*fields: str, first: str = "GET / HTTP/1.1") -> bytes:
    return "\r\n".join([first, *fields, "", ""]).encode()


ANY_BYTES = Domain(given(document=st.binary(max_size=300)), named("document", [b"", b"\0", b"a" * 70_000, bytes(range(256))]))

BYTES = {
    "gzip": ANY_BYTES,
    "zstd": ANY_BYTES,
    "sha-256": Domain(
        inside=given(text=st.binary(min_size=128, max_size=300), tokens=st.integers(0, 2)),
        edges=[{"text": b"", "tokens": 0}, {"text": b"a" * 64, "tokens": 1}, {"text": b"a" * 40_000, "tokens": 0}],
        outside=[{"text": b"", "tokens": 1}, {"text": b"a" * 63, "tokens": 1}, {"text": b"a" * 127, "tokens": 2}],
    ),
    "base64": Domain(
        inside=given(text=st.binary(min_size=64, max_size=100), size=st.integers(0, 64), values=st.integers(0, 2)),
        edges=[
            {"text": b"", "size": 0, "values": 0},
            {"text": b"\xff" * 32, "size": 32, "values": 1},
            {"text": b"ab", "size": 1, "values": 0},
        ],
        outside=[
            {"text": b"ab", "size": 3, "values": 0},
            {"text": b"ab", "size": -1, "values": 0},
            {"text": b"ab", "size": 2, "values": 1},
        ],
    ),
    "jwt-hs256": Domain(
        inside=given(key=st.text(CHARACTERS, min_size=32, max_size=40), tokens=st.integers(0, 3)),
        edges=[{"key": "k" * 32, "tokens": 0}, {"key": "\U0001f375" * 8, "tokens": 1}],
        outside=[{"key": "", "tokens": 1}, {"key": "k" * 31, "tokens": 1}],
    ),
    "jwt-rs256": Domain(
        inside=given(key=st.builds((case.INPUTS / "rsa-test-key.pem").read_bytes), tokens=st.integers(0, 1)),
        edges=[],
        outside=named("key", [b"", b"-----BEGIN RSA PRIVATE KEY-----\n"], tokens=1),
    ),
    "rfc-3339": Domain(
        inside=given(
            lines=st.lists(
                st.builds(
                    lambda moment, zone: f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + zone,
                    st.datetimes(),
                    st.sampled_from(["+00:01", "-23:59", "+14:00", "-03:30"]),
                ).filter(lambda text: text < "9998"),
                max_size=4,
            )
            .map("\n".join)
            .map(str.encode)
        ),
        edges=named(
            "lines",
            [
                b"",
                b"0001-01-01T00:00:00+00:01\n",
                b"9998-12-01T23:59:59-23:59",
                b"2024-01-31T23:59:59+01:00\n",
                b"2023-01-30T00:00:00+23:59\n",
            ],
        ),
        outside=named(
            "lines",
            [
                b"\n",
                b"yesterday\n",
                b"2026-02-30T00:00:00+01:00\n",
                b"2026-01-01T24:00:01+01:00\n",
                b"2026-01-01T00:00:60+01:00\n",
                b" 2026-01-01T00:00:00+01:00\n",
            ],
        ),
        differing=named(
            "lines",
            [b"2026-01-01T00:00:00Z", b"2026-01-01T00:00:00+00:00", b"2026-01-01T00:00:00.5+01:00", b"9999-12-31T00:00:00+01:00"],
        ),
    ),
    "url-parse": Domain(
        inside=given(
            lines=st.lists(
                st.builds(
                    urls,
                    WORD.map("a".__add__),
                    st.sampled_from(["", "a/b", "caf%C3%A9", "a%2Fb+c"]),
                    st.lists(
                        st.tuples(st.sampled_from(["q", "p", ""]), st.sampled_from(["", "a+b", "%E8%8C%B6", "a%26b", "%00"])),
                        max_size=3,
                    ),
                ),
                max_size=4,
            ).map(b"".join)
        ),
        edges=named(
            "lines",
            [
                b"",
                b"https://example.org/?q=&q=2",
                b"http://a:8080/%25#q=1",
                b"https://u:p@example.org/?&&a",
                b"https://example.org/?p=1",
            ],
        ),
        apart={
            "python/native-library": named(
                "lines",
                [
                    b"\n",
                    b"\n\n",
                    b"https://example.org",
                    b"https://example.org?q",
                    b"http://[::1]:80/?q=1",
                    b"/relative?q=1",
                    b"http://0/",
                    b"http://1.2/",
                    b"http://a/../b",
                ],
            )
        },
        outside=named("lines", [NO_UTF_8, b"http://a/\x01\n", b"http://a/\r\n", b"http://[::1/\n"]),
        differing=named("lines", [b"http://A/", b"http://a/%zz", b"http://a/?q=a;b", b"http://a/?q=%ff"]),
    ),
    "header-parse": Domain(
        inside=given(
            heads=st.lists(
                st.builds(
                    lambda method, path, names: head(
                        f"Host: {path}", *(f"{name}: {path}" for name in names), first=f"{method} /{path} HTTP/1.1"
                    ),
                    st.sampled_from(["GET", "HEAD", "DELETE", "OPTIONS"]),
                    WORD,
                    st.lists(st.sampled_from(["User-Agent", "user-agent", "Accept", "X-A"]), max_size=3),
                ),
                max_size=4,
            ).map(b"".join)
        ),
        edges=named(
            "heads",
            [
                b"",
                head("Host: a"),
                head("Host:"),
                head("host: a", "HOST: b"),
                head("Host: a \t "),
                head("Host:a", "User-Agent: \t"),
                head("Host: a", "User-Agent: x  "),
                head("Host: a", "User-Agent: x:y: z"),
            ],
        ),
        outside=named(
            "heads",
            [
                head(),
                head("Accept: a"),
                head("Host: a", "no field"),
                head("Host : a"),
                head("Host: a")[:-2],
                head("Host: a")[:-4],
                head("Host: a", first=""),
            ],
        ),
        differing=named(
            "heads",
            [
                head("Host: a", first="BREW / HTTP/1.1"),
                head("Host: a", "X: b\r\n c"),
                b"GET / HTTP/1.1\nHost: a\n\n",
                head("Host: a", "User-Agent: \u00e9"),
            ],
        ),
    ),
}
