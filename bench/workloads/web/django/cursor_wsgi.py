"""What granian serves in the mode without the ORM."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.workloads.web.django.cursor_settings")

application = get_wsgi_application()
