"""A password is hashed with a new salt, and two passwords are checked against the hash: the library bcrypt, written in Rust.

The answer is the outcomes: the right password, a wrong one, and a published hash, which shows that this is bcrypt.
"""

from __future__ import annotations

import bcrypt

PASSWORD = b"correct horse battery staple"
WRONG = b"correct horse battery stable"
# A test vector of Openwall's crypt_blowfish, at the low cost of 5.
PUBLISHED = (b"U*U", b"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")


def run(cost: int) -> list[int]:
    hashed = bcrypt.hashpw(PASSWORD, bcrypt.gensalt(cost))
    outcomes = bcrypt.checkpw(PASSWORD, hashed), bcrypt.checkpw(WRONG, hashed), bcrypt.checkpw(*PUBLISHED)
    return [int(outcome) for outcome in outcomes]
