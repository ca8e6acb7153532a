"""What Flask's servers have in common: the application, its JSON, and the parameter of the endpoints that query many rows."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from pydantic import BaseModel, ValidationError

ROWS = 20


class JSON(DefaultJSONProvider):
    """Flask's own, with keys in the order in which they are written and texts in UTF-8."""

    sort_keys = False
    ensure_ascii = False


class Range(BaseModel):
    """The first of the rows that are asked for."""

    first: int


def application() -> Flask:
    """Return an application without routes."""
    app = Flask(__package__)
    app.json = JSON(app)
    app.register_error_handler(ValidationError, invalid)
    return app


def invalid(error: ValidationError) -> tuple[dict[str, Any], int]:
    return {"errors": error.errors(include_url=False, include_input=False, include_context=False)}, 422
