"""A small convolutional network's answers: TensorFlow, which on a CPU has the channels last."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from bench.workloads.ml import infer_tensorflow
from bench.workloads.ml.infer_tensorflow import Tensors, dense

run = infer_tensorflow.run


def build(tensors: Tensors) -> tf.keras.Model:
    layers = tf.keras.layers
    model = tf.keras.Sequential(
        [
            tf.keras.Input((28, 28, 1)),
            layers.Conv2D(16, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10),
        ]
    )
    kernels = [
        each
        for layer in ("conv1", "conv2")
        for each in (tensors[f"{layer}.weight"].transpose(2, 3, 1, 0), tensors[f"{layer}.bias"])
    ]
    # the first dense layer has its weights in the order of the maps, with the channels first
    flat = tensors["fc1.weight"].reshape(128, 32, 7, 7).transpose(0, 2, 3, 1).reshape(128, -1)
    model.set_weights([*kernels, *dense({**tensors, "fc1.weight": flat}, "fc1"), *dense(tensors, "fc2")])
    return model


def prepare(**names: Any) -> dict[str, Any]:
    return infer_tensorflow.prepared(build, names, turn=lambda images: images.transpose(0, 2, 3, 1))
