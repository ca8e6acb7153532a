"""A multilayer perceptron's answers: PyTorch."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from bench.workloads.ml import infer_torch

run = infer_torch.run


class Perceptron(nn.Module):  # type: ignore[misc]  # PyTorch is not installed where types are checked
    """Two hidden layers with ReLU."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(784, 256), nn.Linear(256, 128), nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        hidden = torch.relu(self.fc1(images.flatten(1)))
        scores: Tensor = self.fc3(torch.relu(self.fc2(hidden)))
        return scores


def prepare(**names: Any) -> dict[str, Any]:
    return infer_torch.prepared(Perceptron(), names)
