"""All permutations of a few numbers, and how many flips each takes: whole numbers in short lists.

A flip reverses the numbers at the front, as many as one more than the first of them, until 0 is in front. The permutations
come in the order of the Benchmarks Game, on which the checksum depends.
"""

from __future__ import annotations


def run(n: int) -> list[int]:
    """Return the sum of all flips, every second permutation's taken away, and the most flips of one permutation."""
    if n < 2:
        return [0, 0]
    permutation = list(range(n))
    turns = [0] * n
    total = most = 0
    while True:
        # Two permutations, which differ in their first two numbers; the second exchange undoes the first.
        for sign in (1, -1):
            if first := permutation[0]:
                numbers = permutation[:]
                count = 1
                # The number that a flip brings to the front is known before it, so the last flip is counted and not made.
                while following := numbers[first]:
                    numbers[: first + 1] = numbers[first::-1]
                    first = following
                    count += 1
                total += sign * count
                most = max(most, count)
            permutation[0], permutation[1] = permutation[1], permutation[0]
        # The next two: turn the first three numbers; whenever the first r have come full circle, turn one more.
        for last in range(2, n):
            permutation.insert(last, permutation.pop(0))
            turns[last] += 1
            if turns[last] <= last:
                break
            turns[last] = 0
        else:
            return [total, most]
