"""What the programs share that ask a model with PyTorch: one thread, no gradients."""

from __future__ import annotations

from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn

from bench.workloads.ml.asked import Answer, Asked, Rows, answered


def prepared(model: nn.Module, names: dict[str, Any]) -> dict[str, Any]:
    """Return a model with its weights, as it is served, and what it is asked."""
    asked = Asked(**names)
    torch.set_num_threads(1)
    model.load_state_dict(load_file(asked.weights_path))
    return {"model": model.eval(), "rows": asked.rows(), "answer": asked.answer}


def run(model: nn.Module, rows: Rows, answer: str) -> Answer:
    """Return the classes of a batch, or the scores."""
    with torch.inference_mode():
        logits = model(torch.from_numpy(rows))
    return answered(logits.numpy(), answer)
