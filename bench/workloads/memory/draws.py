"""Numbers that look random and are the same in every language. The Go twin is the package `draws`."""

from __future__ import annotations


def following(state: int) -> int:
    """Return the state after this one: a linear congruential generator of 32 bits, whose lowest eight vary too little to be used.

    Source: Press et al., Numerical Recipes (second edition), section 7.1.
    """
    return (1664525 * state + 1013904223) & 0xFFFFFFFF
