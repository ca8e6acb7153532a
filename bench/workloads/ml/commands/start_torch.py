"""A command that loads a small perceptron with PyTorch, and prints the class of an image."""

from __future__ import annotations

import os
import sys
from collections import OrderedDict

import torch
from safetensors.torch import load_file
from torch import nn

torch.set_num_threads(1)
model = nn.Sequential(
    OrderedDict(
        flatten=nn.Flatten(),
        fc1=nn.Linear(784, 256),
        relu1=nn.ReLU(),
        fc2=nn.Linear(256, 128),
        relu2=nn.ReLU(),
        fc3=nn.Linear(128, 10),
    )
)
model.load_state_dict(load_file(os.environ["WEIGHTS"]))
with torch.inference_mode():
    scores = model.eval()(load_file(os.environ["INPUTS"])["images"][:1])
sys.stdout.write(f"{scores.argmax()}\n")
