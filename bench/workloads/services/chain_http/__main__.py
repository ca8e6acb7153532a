"""Starts the chain, or the part of it that SERVICE names: `python -m bench.workloads.services.chain_http PORT`."""

from __future__ import annotations

import sys

from bench.workloads.services.deployment import deploy

PACKAGE = "bench.workloads.services.chain_http"


def uvicorn(application: str) -> list[str]:
    """Return the interpreter's arguments that serve an application."""
    server = ["-m", "uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--loop", "uvloop", "--http", "httptools"]
    return [*server, "--no-access-log", "--log-level", "warning", "--timeout-keep-alive", "75", f"{PACKAGE}.{application}"]


if __name__ == "__main__":
    services = {name: uvicorn(f"services:{name}") for name in ("users", "orders", "prices")}
    deploy(services, uvicorn("gateway:app"), sys.argv[1])
