"""The documents by grpcio's asyncio server: calls are coroutines of one event loop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator

import grpc
import grpc.aio
import uvloop

from bench.workloads.services import store
from bench.workloads.services.documents_pb2 import Document, GetRequest, ListRequest
from bench.workloads.services.documents_pb2_grpc import DocumentsServicer, add_DocumentsServicer_to_server

GRACE = 10.0
"""Seconds that calls under way have when the process is told to end."""


class Documents(DocumentsServicer):
    """Serves documents."""

    async def Get(self, request: GetRequest, context: grpc.aio.ServicerContext[GetRequest, Document]) -> Document:
        """Answer with one document."""
        document = store.document(request.id, request.size)
        if document is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, f"there is no document {request.id}")
        return document

    async def List(
        self, request: ListRequest, context: grpc.aio.ServicerContext[ListRequest, Document]
    ) -> AsyncIterator[Document]:
        """Answer with several documents, each in a message of its own."""
        for id in range(request.first, request.first + request.count):
            document = store.document(id, request.size)
            if document is None:
                await context.abort(grpc.StatusCode.NOT_FOUND, f"there is no document {id}")
            yield document


async def serve(port: int) -> None:
    """Answer until the process is told to end."""
    server = grpc.aio.server()
    add_DocumentsServicer_to_server(Documents(), server)
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    await told.wait()
    await server.stop(GRACE)


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
