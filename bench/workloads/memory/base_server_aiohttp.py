"""A server of one page by aiohttp on asyncio's own event loop, which has answered one request.

Routing and responses are bytecode; the parser is C.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


async def ok(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def serve(mark: Mark) -> int:
    application = web.Application()
    application.router.add_get("/", ok)
    runner = web.AppRunner(application, access_log=None)  # Go's server writes no log of requests
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection(*runner.addresses[0][:2])
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    response = await reader.read()
    writer.close()
    mark("held")
    await runner.cleanup()
    status, _, rest = response.partition(b"\r\n")
    return int(status.split()[1]) if rest.endswith(b"\r\n\r\nok\n") else 0


def run(mark: Mark) -> int:
    """Return the status of the answer."""
    return asyncio.run(serve(mark))
