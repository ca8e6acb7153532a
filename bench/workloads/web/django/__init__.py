"""Django's server, laid out as its guide would: a project that is its own application, for WSGI and for ASGI."""
