"""The validated POST of Flask's server as a service in production has it: a decorator that checks tokens, and hooks."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bench.workloads.web.flask.app import plaintext, remove_sessions, validated_post
from bench.workloads.web.flask.base import application
from bench.workloads.web.production import observed, tokens, trace

View = Callable[..., ResponseReturnValue]

app = application()
app.teardown_appcontext(remove_sessions)


@app.before_request
def begin() -> None:
    g.began = time.perf_counter()
    g.trace = trace.begin(request.headers.get("traceparent", ""))


@app.after_request
def answered(response: Response) -> Response:
    response.headers["traceresponse"] = g.trace.header
    route = request.url_rule.rule if request.url_rule else ""
    observed.answered(request.method, request.path, route, response.status_code, time.perf_counter() - g.began)
    return response


def authorised(view: View) -> View:
    """Refuse a request without a token."""

    @functools.wraps(view)
    def checked(*arguments: Any, **named: Any) -> ResponseReturnValue:
        if not tokens.valid(tokens.bearer(request.headers.get("Authorization", ""))):
            return {"error": "a valid token is needed"}, 401, {"WWW-Authenticate": "Bearer"}
        return view(*arguments, **named)

    return checked


app.get("/plaintext")(plaintext)
app.post("/orders")(authorised(validated_post))


@app.get("/metrics")
def metrics() -> Response:
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
