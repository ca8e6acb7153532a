"""The documents that the gRPC servers serve: all their bodies are in memory before the first call."""

from __future__ import annotations

from bench.workloads.services.documents_pb2 import SIZE_LONG, SIZE_SHORT, Document, Size

DOCUMENTS = 256
"""Of each size; their ids are 1 to this."""
LETTERS = {SIZE_SHORT: 100, SIZE_LONG: 10_000}


def body(id: int, letters: int) -> str:
    """Return the text of a document."""
    text = f"document {id}, "
    return (text * (letters // len(text) + 1))[:letters]


BODIES = {(id, size): body(id, letters) for size, letters in LETTERS.items() for id in range(1, DOCUMENTS + 1)}


def document(id: int, size: Size) -> Document | None:
    """Return a new message of a document, or None where there is none of this id and size."""
    text = BODIES.get((id, size))
    return None if text is None else Document(id=id, body=text)
