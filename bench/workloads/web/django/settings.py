"""The project's settings: what `startproject` writes, without what a service with neither users nor sessions has no use for."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).parent
# a key for each process will do: no cookie and no link is signed that another process would have to read
SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

# the models; without admin, auth, contenttypes, sessions and messages there are no users, and nothing is kept of a client
INSTALLED_APPS = ["bench.workloads.web.django"]
# the default but for sessions, auth and messages, which go with their applications
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bench.workloads.web.django.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
TIME_ZONE = "UTC"

_database = conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.get("dbname", ""),
        "USER": _database.get("user", ""),
        "PASSWORD": _database.get("password", ""),
        "HOST": _database.get("host", ""),
        "PORT": _database.get("port", ""),
        # The pool keeps connections from request to request. So CONN_MAX_AGE, which would keep one for each thread, has to stay
        # 0, its default: Django refuses both at once.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": int(os.environ.get("POOL", "16"))}},
    }
}
UPSTREAM = os.environ.get("UPSTREAM", "")

# by default, errors would only be mailed to the administrators, and there are none
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
