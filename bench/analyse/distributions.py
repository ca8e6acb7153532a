"""The three distributions that the analysis needs.

SciPy is imported where it is used: it takes longer to load than the measure stage takes to decide whether to stop.
"""

from __future__ import annotations

from math import comb


def binomial_tail(successes: int, trials: int, probability: float) -> float:
    """Return the probability of at most `successes` successes in `trials` trials, each with probability `probability`."""
    return sum(comb(trials, k) * probability**k * (1 - probability) ** (trials - k) for k in range(successes + 1))


def student_quantile(probability: float, degrees: int) -> float:
    """Return the quantile of Student's t distribution with `degrees` degrees of freedom."""
    from scipy.special import stdtrit  # noqa: PLC0415 - see above

    return float(stdtrit(degrees, probability))


def chi_square_tail(value: float, degrees: int) -> float:
    """Return the probability that chi-square with `degrees` degrees of freedom exceeds `value`."""
    from scipy.special import chdtrc  # noqa: PLC0415 - see above

    return float(chdtrc(degrees, value))
