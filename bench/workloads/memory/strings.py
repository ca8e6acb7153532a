"""A list of texts of twenty characters, all different: each is a string object, made by an f-string."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

FIRST = 10_000_000_000


def run(mark: Mark, count: int) -> int:
    """Return how many characters the texts have."""
    texts = [f"customer-{number}" for number in range(FIRST, FIRST + count)]
    mark("held")
    return sum(len(text) for text in texts)
