"""A small convolutional network's answers: PyTorch."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import max_pool2d

from bench.workloads.ml import infer_torch

run = infer_torch.run


class Convolutional(nn.Module):  # type: ignore[misc]  # PyTorch is not installed where types are checked
    """Two convolutions, each with ReLU and a pool, and two dense layers."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)
        self.fc1, self.fc2 = nn.Linear(32 * 7 * 7, 128), nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        maps = max_pool2d(torch.relu(self.conv1(images)), 2)
        maps = max_pool2d(torch.relu(self.conv2(maps)), 2)
        scores: Tensor = self.fc2(torch.relu(self.fc1(maps.flatten(1))))
        return scores


def prepare(**names: Any) -> dict[str, Any]:
    return infer_torch.prepared(Convolutional(), names)
