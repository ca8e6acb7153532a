"""Starts threads that each leave a number in a list, waits for all of them, and adds the numbers up. A thread is the system's."""

from __future__ import annotations

from threading import Thread


def number(numbers: list[int], n: int) -> None:
    numbers[n] = n


def run(count: int) -> int:
    numbers = [0] * count
    threads = [Thread(target=number, args=(numbers, n)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(numbers)
