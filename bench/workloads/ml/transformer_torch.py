"""A small transformer encoder's answers: PyTorch, with its own layers, which run fused where nothing is trained."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from bench.workloads.ml import infer_torch

run = infer_torch.run


class Transformer(nn.Module):  # type: ignore[misc]  # PyTorch is not installed where types are checked
    """Embeddings of tokens and positions, two layers of an encoder, and a dense layer on the mean."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding, self.positions = nn.Embedding(1000, 128), nn.Embedding(64, 128)
        layers = (nn.TransformerEncoderLayer(128, 4, 512, activation="gelu", batch_first=True) for _ in range(2))
        self.layers = nn.ModuleList(layers)
        self.head = nn.Linear(128, 10)

    def forward(self, tokens: Tensor) -> Tensor:
        values = self.embedding(tokens) + self.positions.weight
        for layer in self.layers:
            values = layer(values)
        scores: Tensor = self.head(values.mean(dim=1))
        return scores


def prepare(**names: Any) -> dict[str, Any]:
    return infer_torch.prepared(Transformer(), names)
