"""A document and many small values are encoded as base64 and decoded: `base64`, a thin layer over C.

Decoding refuses characters that do not belong there. The answer is the document in base64 and decoded again, then the values
likewise.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

VALUE = 32


def prepare(text: bytes, size: int, values: int) -> dict[str, object]:
    if not 0 <= size <= len(text) or len(text) < values * VALUE:
        raise ValueError("a text shorter than its parts")
    return {"document": text[:size], "values": [text[i * VALUE : (i + 1) * VALUE] for i in range(values)]}


def run(document: bytes, values: list[bytes]) -> list[bytes]:
    encoded_document = b64encode(document)
    encoded = [b64encode(value) for value in values]
    decoded_document = b64decode(encoded_document, validate=True)
    decoded = [b64decode(value, validate=True) for value in encoded]
    return [encoded_document, decoded_document, *encoded, *decoded]
