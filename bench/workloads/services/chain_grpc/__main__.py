"""Starts the chain: `python -m bench.workloads.services.chain_grpc PORT`."""

from __future__ import annotations

import sys

from bench.workloads.services.deployment import deploy

PACKAGE = "bench.workloads.services.chain_grpc"

if __name__ == "__main__":
    services = {name: ["-m", f"{PACKAGE}.services", name, "{port}"] for name in ("users", "orders", "prices")}
    server = ["-m", "uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--loop", "uvloop", "--http", "httptools"]
    server += ["--no-access-log", "--log-level", "warning", "--timeout-keep-alive", "75"]
    deploy(services, [*server, f"{PACKAGE}.gateway:app"], sys.argv[1])
