"""Tokens are signed with HMAC-SHA-256 and verified, claims included: the library PyJWT.

PyJWT is Python code; the HMAC, base64 and JSON below it are C in the standard library. The key is for tests and no secret. The
answer is the sum of the subjects in the verified claims, and the last token.
"""

from __future__ import annotations

import jwt

ISSUER = "https://id.example.org"
AUDIENCE = "orders"
SHORTEST = 32
ISSUED = 1_750_000_000  # June 2025
EXPIRES = 4_102_444_800  # January 2100


def prepare(key: str, tokens: int) -> dict[str, object]:
    secret = key.encode()
    if len(secret) < SHORTEST:
        raise ValueError("a key shorter than RFC 7518 allows")
    return {"key": secret, "tokens": tokens}


def run(key: bytes, tokens: int) -> list[int | str]:
    subjects = 0
    token = ""
    for number in range(1, tokens + 1):
        claims = {
            "iss": ISSUER,
            "sub": str(number),
            "aud": [AUDIENCE],
            "exp": EXPIRES,
            "iat": ISSUED,
            "scope": "orders:read orders:write",
            "roles": ["customer", "reviewer"],
        }
        token = jwt.encode(claims, key, algorithm="HS256")
        verified = jwt.decode(token, key, algorithms=["HS256"], issuer=ISSUER, audience=AUDIENCE, options={"require": ["exp"]})
        subjects += int(verified["sub"])
    return [subjects, token]
