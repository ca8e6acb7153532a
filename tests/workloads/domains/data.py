"""Domains of the benchmarks of loops and of data in memory."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.workloads.domains.inputs import INTEGERS, LARGEST, NO_UTF_8, TEXT, Domain, encoded, given, named, rows, table

FIELD = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters=';"'), max_size=12)
ASCII = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters=";"), max_size=12)
CENTS = st.integers(-100_000_000, 100_000_000)

SALES = Domain(
    inside=given(
        rows=st.lists(st.tuples(FIELD, INTEGERS, CENTS), min_size=1, max_size=12, unique_by=lambda row: row[1]).map(
            lambda drawn: table(*drawn)
        )
    ),
    edges=named(
        "rows",
        [
            table(("ada", 1, -5)),
            table(("ada", 1, -5), ("bob", 2, -7)),
            table(("", 0, 0)),
            table(("Zo\u0301", -LARGEST - 1, 100_000_000), ("\U0001f375", LARGEST, -100_000_000)),
            b"ada\t+1\t007",
        ],
    ),
    outside=named(
        "rows",
        [
            NO_UTF_8,
            b"\n",
            b"ada\t1\n",
            b"ada\t1\t2\t3\n",
            b"ada\t1\t1_000\n",
            b"ada\t1\t 2\n",
            "ada\t1\t\u0665\n".encode(),
            b"ada\t1\t2\r\n",
            b"ada\x0c\t1\t2\n",
            b"ada\t1\t100000001\n",
            b"ada\t9223372036854775808\t1\n",
            b"ada\t1\t2.5\n",
        ],
    ),
)

DATA = {
    "k-nucleotide": Domain(
        inside=given(sequence=st.text("ACGT", min_size=18, max_size=60).map(str.encode)),
        edges=named("sequence", [b"A" * 18, b"ACGT" * 10, bytes(range(0x20, 0x7F))]),
        outside=named("sequence", [b"", b"A" * 17, b"A" * 17 + "\u00e9".encode(), b"A" * 18 + b"\xff"]),
    ),
    "levenshtein": Domain(
        inside=given(pairs=rows(TEXT, TEXT)),
        edges=named(
            "pairs", [b"", b"\t\n", b"\t", b"a\t\n", "\U0001f375\u0301\te\u0301\n".encode(), b"a" * 300 + b"\t" + b"b" * 200]
        ),
        outside=named("pairs", [NO_UTF_8, b"\n", b"a\n", b"a\tb\tc\n", "a\tb\u2028c\n".encode(), b"a\tb\r\n"]),
    ),
    "sort-integers": Domain(
        inside=given(numbers=st.lists(INTEGERS, max_size=600).map(lambda drawn: encoded(*drawn))),
        edges=named("numbers", [b"", encoded(0), encoded(LARGEST, -LARGEST - 1, 0, -1, 0), encoded(*range(600, 0, -1))]),
        outside=named("numbers", [b"\0", encoded(1) + b"\0\0\0"]),
    ),
    "sort-records": Domain(SALES.inside, [*SALES.edges, *named("rows", [b""])], SALES.outside),
    "group-by": Domain(SALES.inside, SALES.edges, [*SALES.outside, *named("rows", [b""])]),
    "hash-map": Domain(
        inside=given(seen=rows(FIELD), asked=rows(FIELD)),
        edges=[{"seen": seen, "asked": asked} for seen in (b"", b"\n", b"a\n\nb\n\n", b"a\na") for asked in (b"", b"a\nc\n")],
        outside=[{"seen": NO_UTF_8, "asked": b"a\n"}, {"seen": b"a\n", "asked": NO_UTF_8}, {"seen": b"a\r\n", "asked": b"a\n"}],
    ),
    "string-building": Domain(
        inside=given(rows=rows(FIELD, FIELD, FIELD, INTEGERS)),
        edges=named("rows", [b"", b"\t\t\t0\n", b"GET\t/\t200\t-9223372036854775808", b'"\t\\\t200\t+9223372036854775807\n']),
        outside=named(
            "rows", [NO_UTF_8, b"\n", b"a\tb\tc\n", b"a\tb\tc\t1\t2\n", b"a\tb\tc\t1_0\n", b"a\tb\tc\t9223372036854775808\n"]
        ),
    ),
    "string-splitting": Domain(
        inside=given(text=rows(FIELD, FIELD, ASCII, FIELD, between=";")),
        edges=named("text", [b"", b";;\n", b" a ; b;C@D ", "\u00a0a\u3000;\u2003;\u00a0A@B\u00a0;\n".encode(), b";;;;;;\n" * 70]),
        outside=named("text", [NO_UTF_8, b"\n", b"a;b\n", b"a;b;c\n\n", b"a;b;c\r\n", "a;b\u2028;c\n".encode(), b"a\x1c;b;c\n"]),
        differing=named("text", ["a;b;\u0130;c\n".encode(), "a;b;\u039f\u03a3;c\n".encode()]),
    ),
    "lru-cache": Domain(
        inside=given(
            keys=st.lists(st.integers(0, 9) | st.integers(0, LARGEST), max_size=60).map(lambda drawn: encoded(*drawn)),
            capacity=st.integers(1, 5),
        ),
        edges=[
            *named("keys", [b"", encoded(0), encoded(1, 2, 1, 3, 1, 2), encoded(LARGEST, LARGEST)], capacity=1),
            *named("keys", [encoded(1, 2, 3, 1, 4, 1, 2)], capacity=3),
        ],
        outside=[
            *named("capacity", [0, -1], keys=encoded(1, 2)),
            *named("keys", [encoded(-1), encoded(1, -LARGEST - 1), encoded(1)[:-1]], capacity=2),
        ],
    ),
    "priority-queue": Domain(
        inside=given(delays=st.lists(st.integers(0, 9) | st.integers(0, 2**32), max_size=60).map(lambda drawn: encoded(*drawn))),
        edges=named("delays", [b"", encoded(0), encoded(0, 0, 0), encoded(5, 4, 3, 2, 1), encoded(2**32)]),
        outside=named("delays", [encoded(-1), encoded(2**32 + 1), encoded(LARGEST), b"\0"]),
    ),
}
