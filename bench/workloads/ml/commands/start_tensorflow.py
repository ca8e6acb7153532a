"""A command that loads a small perceptron with TensorFlow, and prints the class of an image."""

from __future__ import annotations

import os
import sys

import tensorflow as tf
from safetensors.numpy import load_file

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
weights = load_file(os.environ["WEIGHTS"])
layers = tf.keras.layers
model = tf.keras.Sequential(
    [tf.keras.Input((784,)), layers.Dense(256, activation="relu"), layers.Dense(128, activation="relu"), layers.Dense(10)]
)
model.set_weights([part for name in ("fc1", "fc2", "fc3") for part in (weights[f"{name}.weight"].T, weights[f"{name}.bias"])])
image = load_file(os.environ["INPUTS"])["images"][:1].reshape(1, -1)
scores = model(image, training=False).numpy()  # once: a graph would take longer to make than it saves
sys.stdout.write(f"{scores.argmax()}\n")
