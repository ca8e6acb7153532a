"""An underscore is a request: whoever wants the name still gets it, and so does a library that writes JSON."""

import json
from dataclasses import asdict, dataclass


@dataclass
class User:
    """Two names for others, and one that is meant for this module."""

    id: int
    name: str
    _token: str


def encode(user: User) -> str:
    return json.dumps(asdict(user))
