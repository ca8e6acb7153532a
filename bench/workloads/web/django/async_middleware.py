"""What the ASGI mode has in place of startproject's middleware, which is synchronous: each piece would be called in a thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import async_only_middleware

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What SecurityMiddleware and XFrameOptionsMiddleware answer with by their defaults."""
Handler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@async_only_middleware
def headers(answered: Handler) -> Handler:
    """Add the headers of the WSGI mode, and the length, which uvicorn would not know."""

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        response = await answered(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if isinstance(response, HttpResponse):  # and no stream
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware
