"""Domains of the benchmarks of documents and texts."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import strategies as st

from bench.workloads.generators import messages
from tests.workloads.domains.documents import (
    BODIES,
    CHECKED,
    DECODED,
    ENCODED,
    MISSING,
    OFFENDING,
    ORDER,
    TYPES,
    Fields,
    body,
    broken,
    document,
    order,
    priced,
    without,
)
from tests.workloads.domains.inputs import INTEGERS, LARGEST, TEXT, WORD, Domain, given, named, table


def entry(time: str = "2026-11-01T10:00:00.001Z", level: str = "INFO", message: str = "order stored", path: str = "/") -> bytes:
    others = {"method": "GET", "path": path, "status": 200, "microseconds": 0, "request": ""}
    return body({"time": time, "level": level, "msg": message, **others})


def html(**changes: object) -> bytes:
    row = {"number": 1, "customer": "", "product": "", "quantity": 0, "total": "", "status": "paid", "note": ""}
    return json.dumps([row | changes]).encode()


def message(*orders: Fields) -> bytes:
    return messages.framed(fields | {"created": "1970-01-01T00:00:00Z"} for fields in orders)


MESSAGES = Domain(
    inside=given(
        stream=st.lists(order(st.integers(0, LARGEST), st.integers(0, 10_000_000)), max_size=3).map(lambda some: message(*some))
    ),
    edges=named("stream", [b"", b"\0\0\0\0", message(ORDER, ORDER), message(ORDER | {"note": "", "items": []})]),
    outside=named("stream", [b"\0", b"\0\0\0", b"\0\0\0\1", message(ORDER)[:-3], b"\xff\xff\xff\xff", b"\0\0\0\3\n\1\xff"]),
)

TEXTS = {
    "json": CHECKED,
    "json-decode-1kb": replace(DECODED, differing=named("document", [document(priced(LARGEST + 1))])),
    **{f"json-decode-{size}": DECODED for size in ("20kb", "1mb")},
    **{f"json-encode-{size}": ENCODED for size in ("1kb", "20kb", "1mb")},
    "regex": Domain(
        inside=given(
            text=st.lists(
                st.sampled_from(
                    [
                        "ERROR",
                        "panic",
                        "errors",
                        "10.0.0.1",
                        "1234.5.6.7.8",
                        ' "POST / HTTP/1.1" 503',
                        "0123abcd-0000-0123456789ab",
                        "jo.doe+1@a-b.example.org",
                        "a@b",
                        "Timed Out",
                        "TIMEOUT",
                        "preset",
                        "reset",
                        " ",
                        "\n",
                        "\u00e9",
                        "\u212a",
                    ]
                ),
                max_size=30,
            ).map(lambda parts: "".join(parts).encode())
        ),
        edges=named(
            "text", [b"", b"\n", b"ERROR", b"ERRORFATAL panic", b'"PUT \n HTTP/1.1" 500', b"a@b.c.d.", b"1.2.3.4.5.6.7.8"]
        ),
        differing=named("text", ["re\u017fet".encode()]),
    ),
    "validation": Domain(
        inside=given(bodies=st.lists(BODIES.map(body), max_size=4).map(b"".join)),
        edges=named(
            "bodies",
            [
                b"",
                b"\n",
                body(ORDER),
                body(ORDER)[:-1],
                body(ORDER) + b"\n" + body({}),
                b"{\n",
                b"[]\n",
                b"7\n",
                *(body(without(ORDER, *path)) for path in MISSING),
                *(body(broken([part])) for part in (*OFFENDING, *TYPES)),
                body(ORDER | {"more": 1}),
                body(ORDER | {"created": "9999-12-31T23:59:59.999999-23:59"}),
                body(ORDER | {"items": ORDER["items"] * 50}),
                body(ORDER | {"items": ORDER["items"] * 51}),
            ],
        ),
        differing=named(
            "bodies",
            [
                body(broken(TYPES[:2])),
                body(broken([TYPES[1], OFFENDING[0]])),
                body(broken([(("customer", "name"), "\ud800")])),
                body(ORDER | {"created": "2026-11-23 09:15:00Z"}),
                body({name.upper(): value for name, value in ORDER.items()}),
            ],
        ),
    ),
    "html-template": Domain(
        inside=given(
            rows=st.lists(
                st.fixed_dictionaries(
                    {
                        "number": INTEGERS,
                        "customer": TEXT | st.just("<&>\"'"),
                        "product": TEXT,
                        "quantity": INTEGERS,
                        "total": TEXT,
                        "status": TEXT | st.just("\"'><"),
                        "note": TEXT,
                    }
                ),
                max_size=3,
            ).map(lambda drawn: json.dumps(drawn).encode())
        ),
        edges=named("rows", [b"[]", html(), html(note="</td>", status="\" onclick='"), html(customer="\ud83c\udf75 &amp; \\")]),
        outside=named("rows", [b"", b"[", b"[1]"]),
        differing=named("rows", [html(note="+"), html(note="\0")]),
    ),
    "csv": Domain(
        inside=given(
            document=st.lists(
                st.tuples(
                    WORD,
                    WORD,
                    st.sampled_from(["AT", '"a,b"', '"a""b"', '"a\nb"', "", " x "]),
                    WORD,
                    st.integers(-999, 999),
                    st.integers(-10_000_000, 10_000_000),
                    WORD,
                ),
                max_size=8,
            ).map(lambda drawn: table("abcdefg", *drawn, between=","))
        ),
        edges=named(
            "document",
            [
                b"a,b,c,d,e,f,g",
                b"a,b,c,d,e,f,g\r\n1,2,AT,4,5,6,\r\n",
                b"a,b,c,d,e,f,g\n,,,,0,0,",
                b"a,b,c,d,e,f,g\n,,,,-1,9223372036854775807,\n",
                '"a","b\n","c",d,e,f,g\n,,\u00e9,,+2,007,\n'.encode(),
            ],
        ),
        outside=named(
            "document",
            [
                b"",
                b"a,b,c,d,e,f,g\n1,2,AT,4,5,6,7,8\n",
                b"a,b,c,d,e,f,g\n1,2,AT,4,x,6,7\n",
                b"a,b,c,d,e,f,g\n1,2,AT,4,1.5,6,7\n",
            ],
        ),
        apart={"python/native-library": named("document", [b"a,b,c,d,e,f,g\n1,2,AT,4,5,6\n", b"a,b,c,d,e,f,g\n1,2,AT,4,,6,7\n"])},
        differing=named(
            "document",
            [
                b"a,b,c,d,e,f,g\n" + row
                for row in (
                    b"\n1,2,AT,4,5,6,7\n",
                    b"1,2,AT,4,1_0,6,7\n",
                    b'1,2,A"T,4,5,6,7\n',
                    b"1,2,AT,4,2,9223372036854775807,7\n",
                )
            ],
        ),
    ),
    "protobuf-encode": MESSAGES,
    "protobuf-decode": MESSAGES,
    "log-format": Domain(
        inside=given(
            entries=st.lists(
                st.builds(entry, level=st.sampled_from(["DEBUG", "INFO", "ERROR"]), message=TEXT, path=TEXT), max_size=4
            ).map(b"".join)
        ),
        edges=named(
            "entries",
            [
                b"",
                entry(),
                entry()[:-1],
                entry(time="1970-01-01T00:00:00.999Z"),
                entry(message="a <b> & c"),
                entry(message='"\\'),
            ],
        ),
        outside=named("entries", [b"{\n", b"\n", entry(level="LOUD"), entry(time="yesterday"), body([])]),
        differing=named(
            "entries",
            [
                entry(level="WARN"),
                entry(time="2026-11-01T10:00:00.100Z"),
                entry(time="2026-11-01T10:00:00.101+01:00"),
                *(entry(message=character) for character in ("\b", "\f", "\u2028", "\u2029")),
            ],
        ),
    ),
}
