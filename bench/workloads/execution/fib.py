"""Fibonacci numbers by plain recursion: the time is that of calling functions."""

from __future__ import annotations


def fib(n: int) -> int:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def run(n: int) -> int:
    return fib(n)
