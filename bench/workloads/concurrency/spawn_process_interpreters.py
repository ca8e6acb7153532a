"""Starts interpreters within this process, each in a thread, that return a number each, closes them, and adds the numbers up."""

from __future__ import annotations

from concurrent import interpreters  # type: ignore[attr-defined] # new in 3.14
from threading import Thread


def number(n: int) -> int:
    return n


def call(numbers: list[int], n: int) -> None:
    interpreter = interpreters.create()
    try:
        numbers[n] = interpreter.call(number, n)
    finally:
        interpreter.close()


def run(count: int) -> int:
    numbers = [0] * count
    threads = [Thread(target=call, args=(numbers, n)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(numbers)
