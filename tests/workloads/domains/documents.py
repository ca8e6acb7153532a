"""Orders: the documents and bodies that the domains of execution/json*, validation and protobuf-* are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from bench.workloads.generators import bodies
from bench.workloads.generators.bodies import Path
from tests.workloads.domains.inputs import INTEGERS, LARGEST, NAME, TEXT, Domain, given, named, record

Fields = dict[str, Any]


def changed(document: Fields, path: Path, value: object) -> Fields:
    """Return a copy of a JSON document with a value put at a place."""
    copy: Fields = json.loads(json.dumps(document))
    bodies.put(copy, path, value)
    return copy


def without(document: Fields, *path: str | int) -> Fields:
    """Return a copy of a JSON document without the field at a place."""
    copy: Fields = json.loads(json.dumps(document))
    place: Any = copy
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return copy


ITEM = {"sku": "F00DF00D", "name": "tea pot", "quantity": 2, "cents": 1999, "kilograms": 1.25}
ADDRESS = {"street": "1 Mill Lane", "city": "Cork", "postcode": "12345"}
ORDER: Fields = {
    "id": "0123456789abcdef",
    "created": "2026-11-23T09:15:00Z",
    "status": "paid",
    "customer": {"id": 7, "name": "Ada", "email": "ada@example.org", "address": ADDRESS},
    "currency": "EUR",
    "note": None,
    "items": [ITEM],
}


def document(*orders: object) -> bytes:
    return json.dumps({"orders": orders}).encode()


def item(price: st.SearchStrategy[int]) -> st.SearchStrategy[Fields]:
    weight = st.integers(0, 9999).map(lambda hundredths: (hundredths * 10 + 5) / 1000)
    return record(sku=NAME, name=NAME, quantity=st.integers(1, 999), cents=price, kilograms=weight)


def order(number: st.SearchStrategy[int], price: st.SearchStrategy[int]) -> st.SearchStrategy[Fields]:
    address = record(street=NAME, city=NAME, postcode=NAME)
    return record(
        id=NAME,
        created=NAME,
        status=st.sampled_from(("pending", "paid", "shipped")),
        customer=record(id=number, name=NAME, email=NAME, address=address),
        currency=NAME,
        note=st.none() | TEXT,
        items=st.lists(item(price), min_size=1, max_size=3),
    )


def documents(fewest: int, number: st.SearchStrategy[int], price: st.SearchStrategy[int]) -> st.SearchStrategy[bytes]:
    return st.lists(order(number, price), min_size=fewest, max_size=3).map(lambda orders: document(*orders))


def priced(cents: object) -> Fields:
    return changed(ORDER, ("items", 0, "cents"), cents)


NO_DOCUMENTS = named("document", [b"", b"{", b"[]", b'{"orders":7}', document(priced("1")), document(priced(1.5))])
CHECKED = Domain(
    inside=given(document=documents(0, st.integers(1, 2**53 - 1), st.integers(1, 10_000_000))),
    edges=named(
        "document",
        [
            document(),
            document(ORDER),
            document(changed(ORDER, ("customer", "id"), 2**53 - 1)),
            document(priced(10_000_000)),
            document(changed(ORDER, ("items", 0, "kilograms"), 999.99)),
            document(changed(ORDER, ("note",), "")),
            document(changed(ORDER, ("customer", "name"), "\U0001f375 é \x7f")),
        ],
    ),
    outside=[
        *NO_DOCUMENTS,
        *named("document", [document(priced(cents)) for cents in (0, -1, 10_000_001, LARGEST, LARGEST + 1, 2**64)]),
        *named("document", [document(changed(ORDER, ("items", 0, "kilograms"), weight)) for weight in (0, 1000, float("inf"))]),
        *named("document", [document(changed(ORDER, ("customer", "id"), 2**53)), document(changed(ORDER, ("items",), []))]),
        *named("document", [document(without(ORDER, "customer")), document(without(ORDER, "customer", "address"))]),
    ],
    differing=named(
        "document",
        [
            *(document(changed(ORDER, ("customer", "name"), name)) for name in ("<", ">", "&", "\u2028", "\u2029", "\ud800")),
            document(changed(ORDER, ("items", 0, "kilograms"), 2.0)),
            document(ORDER | {"more": 1}),
            document(without(ORDER, "note")),
        ],
    ),
)
DECODED = Domain(
    inside=given(document=documents(1, INTEGERS, INTEGERS)),
    edges=named("document", [document(priced(cents)) for cents in (0, -LARGEST - 1, LARGEST)]),
    outside=named("document", [b"", b"{", document(), document(changed(ORDER, ("items",), []))]),
)
ENCODED = Domain(
    inside=given(document=documents(0, INTEGERS, INTEGERS)),
    edges=named("document", [document(), document(priced(LARGEST)), document(changed(ORDER, ("note",), ""))]),
    outside=named("document", [b"", b"{"]),
)


def body(order: object) -> bytes:
    return json.dumps(order).encode() + b"\n"


MISSING: tuple[Path, ...] = (
    *((name,) for name in ORDER),
    *(("customer", name) for name in ORDER["customer"]),
    *(("customer", "address", name) for name in ADDRESS),
    *(("items", 0, name) for name in ITEM),
)
OFFENDING: tuple[tuple[Path, object], ...] = (
    (("id",), ""),
    (("customer", "address"), {}),
    (("customer", "address", "city"), "x" * 101),
    (("customer", "email"), "ada@example.org\n"),
    (("customer", "id"), 2**53),
    (("items", 0, "kilograms"), 1000),
    (("items", 0, "cents"), 10_000_001),
    (("note",), "x" * 201),
)
TYPES: tuple[tuple[Path, object], ...] = (
    (("created",), "2026-11-23T09:15:00"),
    (("items", 0, "quantity"), "2"),
    (("items", 0, "cents"), LARGEST + 1),
    (("items", 0, "cents"), 1.5),
    (("customer",), "Ada"),
    (("note",), 7),
    (("items",), {}),
)


def broken(parts: Iterable[tuple[Path, object]]) -> Fields:
    order = ORDER
    for path, value in parts:
        order = changed(order, path, value)
    return order


BODIES = st.one_of(
    st.sampled_from(TYPES).map(lambda part: broken([part])),
    # One for each field: the last of two would undo what the first did.
    st.lists(st.sampled_from([part for part in OFFENDING if part[0] != ("customer", "address")]), unique_by=repr).map(broken),
    st.sampled_from(MISSING).map(lambda path: without(ORDER, *path)),
)
