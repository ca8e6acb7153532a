"""What a model is asked: its files, its inputs, and in which form it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from bench.workloads.data import files

Array = NDArray[np.float32]
Rows = NDArray[np.float32] | NDArray[np.int64]
Answer = list[int] | list[float]


@dataclass(frozen=True)
class Asked:
    """The arguments of a program that asks a model, as the catalog names them."""

    weights: str
    """File of the weights, for a library in which the model is written as code..."""
    graph: str
    """...and file of the whole model, for one that runs those of others."""
    inputs: str
    """File of the images or texts."""
    batch: int
    """How many of them it is asked about at a time."""
    answer: str
    """"classes" or "logits"."""

    @property
    def weights_path(self) -> str:
        return files.path(self.weights)

    @property
    def graph_path(self) -> str:
        return files.path(self.graph)

    def tensors(self) -> dict[str, Array]:
        """Read the weights."""
        tensors: dict[str, Array] = load_file(self.weights_path)
        return tensors

    def rows(self) -> Rows:
        """Read the inputs of one batch."""
        tensors: dict[str, Rows] = load_file(files.path(self.inputs))
        (tensor,) = tensors.values()
        return tensor[: self.batch]


def answered(logits: Array, answer: str) -> Answer:
    """Return the class of each input, which has the greatest score; or all scores, which differ between libraries by rounding."""
    if answer == "classes":
        classes: list[int] = logits.argmax(axis=1).tolist()
        return classes
    scores: list[float] = logits.ravel().tolist()
    return scores
