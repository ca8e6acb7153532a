"""A model loaded and asked once, by NumPy: the memory that it holds."""

from __future__ import annotations

from bench.workloads.ml import mlp_numpy

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, **names: str | int) -> int:
    """Return the class of the first image."""
    classes = mlp_numpy.run(**mlp_numpy.prepare(**names))
    mark("answered")
    return int(classes[0])
