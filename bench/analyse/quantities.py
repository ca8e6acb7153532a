"""Values with their intervals: those that were measured, and those that a model derives from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from pydantic import model_validator

from bench.analyse.records import Interval, Record

End = Literal["low", "value", "high"]
"""Where in its interval a quantity is taken."""


class Quantity(Record):
    """A value with its interval, in the unit that its place says."""

    value: float
    interval: Interval
    derived: bool = False
    """Whether a model made it of others: pages tell such values from those that were measured."""

    @model_validator(mode="after")
    def _lies_within(self) -> Quantity:
        if not self.interval.contains(self.value):
            raise ValueError(f"{self.value:g} is not within {self.interval.low:g} to {self.interval.high:g}")
        return self

    def at(self, end: End) -> float:
        """Return the value, or an end of the interval."""
        return {"low": self.interval.low, "value": self.value, "high": self.interval.high}[end]


def exact(value: float) -> Quantity:
    """Return a quantity that is not in doubt: one that a reader has chosen, or a definition."""
    return Quantity(value=value, interval=Interval(low=value, high=value, confidence=1.0))


def joint_confidence(quantities: Iterable[Quantity]) -> float:
    """Return the confidence with which all quantities lie in their intervals at the same time, at the least.

    It holds however they depend on each other. Source: the inequality of Bonferroni, as in Miller, Simultaneous Statistical
    Inference, 2nd edition (1981), chapter 1.
    """
    return max(0.0, 1 - sum(1 - quantity.interval.confidence for quantity in quantities))


def derived(function: Callable[[End], float], inputs: Iterable[Quantity]) -> Quantity:
    """Return what a function makes of quantities, with the interval that theirs give it.

    Args:
        function: takes all of its quantities at the same end and returns the result, which rises with each of them, or falls with
            each.
        inputs: those quantities, for the confidence: the box of their intervals contains all of them with `joint_confidence`.
    """
    return within(function("value"), (function("low"), function("high")), inputs)


def within(value: float, ends: Iterable[float], inputs: Iterable[Quantity]) -> Quantity:
    """Return the derived quantity that spans a value and what the ends of its inputs give."""
    results = (value, *ends)
    interval = Interval(low=min(results), high=max(results), confidence=joint_confidence(inputs))
    return Quantity(value=value, interval=interval, derived=True)


class Ends(NamedTuple):
    """Where the quantities of a model are taken: what things cost, which it rises with, and how much they vary."""

    cost: End
    variation: End


def over_ends(function: Callable[[Ends], float], inputs: Iterable[Quantity]) -> Quantity:
    """Return what a function makes of quantities, with the interval that theirs give it.

    Args:
        function: takes its quantities at the given ends. It rises with what things cost, however much they vary; with how much
            they vary it may rise or fall.
        inputs: those quantities, for the confidence.
    """
    ends: tuple[End, End] = ("low", "high")
    corners = (function(Ends(cost, variation)) for cost in ends for variation in ends)
    return within(function(Ends("value", "value")), corners, inputs)
