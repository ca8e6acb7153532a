"""The empty loop: count to a number and do nothing on the way, as the article's Go example does."""

from __future__ import annotations


def run(iterations: int) -> int:
    for _ in range(iterations):
        pass
    return iterations
