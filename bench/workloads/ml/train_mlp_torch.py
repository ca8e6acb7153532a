"""The training of a multilayer perceptron by gradient descent: PyTorch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from bench.workloads.ml.training import BATCH, RATE, Layer, answer, task


@dataclass(frozen=True)
class Training:
    """A model, and the layers that each training begins with."""

    model: torch.nn.Sequential
    layers: list[Layer]

    def reset(self) -> None:
        """Set the parameters to those of the layers; PyTorch keeps a row of weights for each output."""
        linear = [module for module in self.model if isinstance(module, torch.nn.Linear)]
        with torch.no_grad():
            for module, (weights, biases) in zip(linear, self.layers, strict=True):
                module.weight.copy_(torch.from_numpy(weights.T))
                module.bias.copy_(torch.from_numpy(biases))


def prepare(examples: int, epochs: int) -> dict[str, Any]:
    given = task(examples, epochs)
    modules: list[torch.nn.Module] = []
    for layer in given["layers"]:
        modules += [torch.nn.Linear(*layer.weights.shape), torch.nn.ReLU()]
    return {
        "training": Training(torch.nn.Sequential(*modules[:-1]), given["layers"]),
        "rows": torch.from_numpy(given["rows"]),
        "labels": torch.from_numpy(given["labels"]),
        "epochs": epochs,
    }


def run(training: Training, rows: torch.Tensor, labels: torch.Tensor, epochs: int) -> list[float]:
    """Train for some epochs and return the loss of the last step and the sum of the squares of all weights, rounded."""
    training.reset()
    cross_entropy = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(training.model.parameters(), lr=RATE)
    loss = torch.zeros(())
    for _ in range(epochs):
        for first in range(0, len(rows), BATCH):
            optimizer.zero_grad()
            loss = cross_entropy(training.model(rows[first : first + BATCH]), labels[first : first + BATCH])
            loss.backward()
            optimizer.step()
    return answer(loss.item(), [parameter.detach().numpy() for parameter in training.model.parameters()])
