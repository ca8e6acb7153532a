"""The documents by grpcio's server with threads: each call has one of a pool as long as it is answered."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc

from bench.workloads.services import store
from bench.workloads.services.documents_pb2 import Document, GetRequest, ListRequest
from bench.workloads.services.documents_pb2_grpc import DocumentsServicer, add_DocumentsServicer_to_server

THREADS = 10
GRACE = 10.0
"""Seconds that calls under way have when the process is told to end."""


class Documents(DocumentsServicer):
    """Serves documents."""

    def Get(self, request: GetRequest, context: grpc.ServicerContext) -> Document:
        """Answer with one document."""
        document = store.document(request.id, request.size)
        if document is None:
            context.abort(grpc.StatusCode.NOT_FOUND, f"there is no document {request.id}")
        return document

    def List(self, request: ListRequest, context: grpc.ServicerContext) -> Iterator[Document]:
        """Answer with several documents, each in a message of its own."""
        for id in range(request.first, request.first + request.count):
            document = store.document(id, request.size)
            if document is None:
                context.abort(grpc.StatusCode.NOT_FOUND, f"there is no document {id}")
            yield document


def serve(port: int) -> None:
    """Answer until the process is told to end."""
    server = grpc.server(ThreadPoolExecutor(THREADS))
    add_DocumentsServicer_to_server(Documents(), server)
    server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    signal.signal(signal.SIGTERM, lambda *_: server.stop(GRACE))
    server.wait_for_termination()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
