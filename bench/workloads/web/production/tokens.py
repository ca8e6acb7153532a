"""Tokens are checked by PyJWT. The variable KEY has what they are signed with."""

from __future__ import annotations

import os

import jwt

ISSUER = "https://id.example.org"
AUDIENCE = "orders"
SHORTEST = 32  # bytes of a key: RFC 7518, section 3.2

key = os.environ["KEY"].encode()
if len(key) < SHORTEST:
    raise ValueError("KEY: a key of at least 32 bytes is needed")


def bearer(authorization: str) -> str:
    """Return the token of a header Authorization; an empty text where it has none."""
    scheme, _, token = authorization.partition(" ")
    return token if scheme.lower() == "bearer" else ""


def valid(token: str) -> bool:
    """Tell whether a token is signed with the key, of the issuer, for this service and in time."""
    try:
        jwt.decode(token, key, algorithms=["HS256"], issuer=ISSUER, audience=AUDIENCE, options={"require": ["exp"]})
    except jwt.InvalidTokenError:
        return False
    return True
