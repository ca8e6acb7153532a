"""Django alone: it is imported, has one page, and answers one request. It has no application, no middleware and no database."""

from __future__ import annotations

from time import perf_counter

from bench.workloads.memory.gateway import status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from bench.workloads.report import Mark


def run(mark: Mark) -> int:
    start = perf_counter()
    from django.conf import settings  # noqa: PLC0415 - importing is measured
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    settings.configure(ALLOWED_HOSTS=["localhost"], ROOT_URLCONF=(path("", greet),))
    answered = status(get_wsgi_application())
    mark("start", seconds=perf_counter() - start)
    return answered


def greet(_: HttpRequest) -> HttpResponse:
    from django.http import HttpResponse  # noqa: PLC0415 - as above

    return HttpResponse("hello\n", content_type="text/plain")
