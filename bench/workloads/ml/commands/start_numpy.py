"""A command that loads the weights of a small perceptron, computes with NumPy, and prints the class of an image."""

from __future__ import annotations

import os
import sys

import numpy as np
from safetensors.numpy import load_file

weights = load_file(os.environ["WEIGHTS"])
values = load_file(os.environ["INPUTS"])["images"][:1].reshape(1, -1)
for layer in ("fc1", "fc2"):
    values = np.maximum(values @ weights[f"{layer}.weight"].T + weights[f"{layer}.bias"], 0)
scores = values @ weights["fc3.weight"].T + weights["fc3.bias"]
sys.stdout.write(f"{scores.argmax()}\n")
