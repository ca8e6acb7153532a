"""A command that loads a small perceptron with ONNX Runtime, and prints the class of an image."""

from __future__ import annotations

import os
import sys

import onnxruntime as ort
from safetensors.numpy import load_file

options = ort.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = ort.InferenceSession(os.environ["GRAPH"], options, providers=["CPUExecutionProvider"])
image = load_file(os.environ["INPUTS"])["images"][:1].reshape(1, -1)
(scores,) = session.run(None, {"input": image})
sys.stdout.write(f"{scores.argmax()}\n")
