"""Shops that order when their stock is low: a loop over the days, and each day all shops at once, by NumPy.

A day depends on the day before, so only the shops can be put into arrays. Decisions become masks and minima of whole arrays.
"""

from __future__ import annotations

import numpy as np

LOT = 60
LOW = 30


def run(shops: int, days: int) -> list[int]:
    """Return the number of orders, the lost demand and what is in stock at the end, of all shops."""
    state = np.arange(shops, dtype=np.uint32)  # wraps modulo 2 to the 32nd by itself
    stock = np.full(shops, LOT)
    waiting = np.zeros(shops, dtype=np.int64)
    orders = lost = 0
    for _ in range(days):
        state = state * np.uint32(1_664_525) + np.uint32(1_013_904_223)
        stock[waiting == 1] += LOT
        waiting = np.maximum(waiting - 1, 0)
        stock -= state >> np.uint32(28)
        lost -= int(np.minimum(stock, 0).sum())
        stock = np.maximum(stock, 0)
        ordering = (stock < LOW) & (waiting == 0)
        orders += int(np.count_nonzero(ordering))
        waiting[ordering] = 1 + (state[ordering] >> np.uint32(24) & np.uint32(3))
    return [orders, lost, int(stock.sum())]
