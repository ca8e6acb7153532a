"""Parameters of a query. Django answers a BadRequest with the status 400."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest


def text(request: HttpRequest, name: str) -> str:
    try:
        return request.GET[name]
    except KeyError:
        raise BadRequest(f"{name} is required") from None


def integer(request: HttpRequest, name: str, default: int | None = None) -> int:
    if default is not None and name not in request.GET:
        return default
    try:
        return int(text(request, name))
    except ValueError:
        raise BadRequest(f"{name} is no integer") from None
