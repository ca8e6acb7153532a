"""A model loaded and asked once, by PyTorch: the memory that it holds."""

from __future__ import annotations

from bench.workloads.ml import mlp_torch

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, **names: str | int) -> int:
    """Return the class of the first image."""
    classes = mlp_torch.run(**mlp_torch.prepare(**names))
    mark("answered")
    return int(classes[0])
