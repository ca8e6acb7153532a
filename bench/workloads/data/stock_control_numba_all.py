"""Shops that order when their stock is low, day by day: the function of the pure program, which numba compiles for all CPUs.

It is compiled when the module is imported. `prange` divides the shops among numba's threads, one for each CPU.
"""

from __future__ import annotations

from numba import njit, prange

from bench.workloads.data.stock_control_numba import one_shop


@njit("UniTuple(int64, 3)(int64, int64)", parallel=True)
def all_shops(shops: int, days: int) -> tuple[int, int, int]:
    orders = lost = left = 0
    for shop in prange(shops):
        of_shop = one_shop(shop, days)
        orders += of_shop[0]
        lost += of_shop[1]
        left += of_shop[2]
    return orders, lost, left


def run(shops: int, days: int) -> list[int]:
    """Return the number of orders, the lost demand and what is in stock at the end, of all shops."""
    return list(all_shops(shops, days))
