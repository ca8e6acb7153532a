"""Shops that order when their stock is low, day by day: a loop over whole numbers.

The rule for every tier: a delivery that is due arrives before the day's demand, which is drawn from 0 to 15. What the stock does
not cover is lost. A shop whose stock is below 30, and that waits for no delivery, orders 60 items, which take one to four days.
Draws are those of a linear congruential generator modulo 2 to the 32nd; each shop has its own.
"""

from __future__ import annotations

LOT = 60
LOW = 30
MASK = (1 << 32) - 1


def one_shop(shop: int, days: int) -> tuple[int, int, int]:
    """Return a shop's number of orders, its lost demand and what it has in stock at the end."""
    state, stock, waiting = shop, LOT, 0
    orders = lost = 0
    for _ in range(days):
        state = (state * 1_664_525 + 1_013_904_223) & MASK
        if waiting:
            waiting -= 1
            if waiting == 0:
                stock += LOT
        demand = state >> 28
        if demand > stock:
            lost += demand - stock
            stock = 0
        else:
            stock -= demand
        if stock < LOW and waiting == 0:
            orders += 1
            waiting = 1 + (state >> 24 & 3)
    return orders, lost, stock


def run(shops: int, days: int) -> list[int]:
    """Return the number of orders, the lost demand and what is in stock at the end, of all shops."""
    totals = [0, 0, 0]
    for shop in range(shops):
        for i, number in enumerate(one_shop(shop, days)):
            totals[i] += number
    return totals
