"""The log of a service."""

from __future__ import annotations

from random import Random

from bench.workloads.generators.draw import between, pick

METHODS = ("GET", "GET", "GET", "POST", "PUT", "DELETE")
PATHS = ("/api/orders", "/api/orders/{n}", "/api/users/{n}/cart", "/static/app-{n}.js", "/search?q=item{n}", "/healthz")
CODES = (200, 200, 200, 200, 201, 204, 301, 404, 429, 500, 502, 503)
LEVELS = ("INFO", "INFO", "INFO", "INFO", "DEBUG", "WARNING", "ERROR", "FATAL")
EVENTS = (
    "request served in {n} ms",
    "cache miss for key user:{n}",
    "user{n}@example.org signed in",
    "connection to db-{n}.internal timed out, retrying",
    "password reset mailed to jo.doe+{n}@mail.example.com",
    "worker {n} finished its batch",
    "upstream refused connection after {n} attempts",
)


def log(lines: int, seed: int) -> bytes:
    """Make a service's log: request lines and event lines, with addresses, request ids, levels and a few e-mail addresses."""
    random = Random(seed)
    out = []
    for number in range(lines):
        clock = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.{between(random, 0, 999):03}"
        stamp = f"2026-11-01T{clock}Z"
        n = between(random, 1, 9999)
        if random.random() < 0.6:
            address = ".".join(str(between(random, 1, 254)) for _ in range(4))
            request = f"{pick(random, METHODS)} {pick(random, PATHS).format(n=n)} HTTP/1.1"
            reply = f"{pick(random, CODES)} {between(random, 80, 90_000)} {between(random, 1, 4000)}ms"
            out.append(f'{stamp} {address} "{request}" {reply}')
        else:
            request_id = f"{random.getrandbits(32):08x}-{random.getrandbits(16):04x}-{random.getrandbits(48):012x}"
            out.append(f"{stamp} {pick(random, LEVELS)} [{request_id}] {pick(random, EVENTS).format(n=n)}")
    return ("\n".join(out) + "\n").encode()
