"""Tokens are signed with RSA-2048 and SHA-256 and verified, claims included: the library PyJWT over the library cryptography.

PyJWT is Python code; the signature below it is C and assembly, by the OpenSSL in cryptography's wheel. The key is for tests and
no secret; it is read once, as a service reads it at its start. The answer is the sum of the subjects in the verified claims, and
the last token.
"""

from __future__ import annotations

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

ISSUER = "https://id.example.org"
AUDIENCE = "orders"
ISSUED = 1_750_000_000  # June 2025
EXPIRES = 4_102_444_800  # January 2100


def prepare(key: bytes, tokens: int) -> dict[str, object]:
    private = load_pem_private_key(key, password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError("not an RSA key")
    return {"private": private, "public": private.public_key(), "tokens": tokens}


def run(private: RSAPrivateKey, public: RSAPublicKey, tokens: int) -> list[int | str]:
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
        token = jwt.encode(claims, private, algorithm="RS256")
        verified = jwt.decode(token, public, algorithms=["RS256"], issuer=ISSUER, audience=AUDIENCE, options={"require": ["exp"]})
        subjects += int(verified["sub"])
    return [subjects, token]
