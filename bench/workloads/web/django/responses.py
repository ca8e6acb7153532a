"""Answers in JSON."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse


class CompactJsonResponse(JsonResponse):
    """Django's own, which takes lists as well, without spaces and with texts in UTF-8."""

    def __init__(self, data: object, **options: Any) -> None:
        super().__init__(data, safe=False, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")}, **options)
