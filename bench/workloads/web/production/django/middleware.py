"""What is around Django's views: the trace, the log and the metrics of all requests, and the check of tokens."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from bench.workloads.web.production import observed, tokens, trace

View = Callable[..., HttpResponseBase]


def observe(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Trace, log, count and time all requests."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        begun = trace.begin(request.headers.get("traceparent", ""))
        response = get_response(request)
        response["traceresponse"] = begun.header
        route = f"/{request.resolver_match.route}" if request.resolver_match else ""
        observed.answered(str(request.method), request.path, route, response.status_code, time.perf_counter() - began)
        return response

    return middleware


def authorised(view: View) -> View:
    """Refuse a request without a token."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if not tokens.valid(tokens.bearer(request.headers.get("Authorization", ""))):
            return JsonResponse({"error": "a valid token is needed"}, status=401, headers={"WWW-Authenticate": "Bearer"})
        return view(request, *arguments, **named)

    return checked
