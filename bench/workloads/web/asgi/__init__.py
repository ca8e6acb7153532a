"""The floor beneath the asynchronous frameworks: an ASGI application without one."""
