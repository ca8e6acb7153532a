"""A multilayer perceptron's answers: TensorFlow."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from bench.workloads.ml import infer_tensorflow
from bench.workloads.ml.infer_tensorflow import Tensors, dense

run = infer_tensorflow.run


def build(tensors: Tensors) -> tf.keras.Model:
    layers = tf.keras.layers
    model = tf.keras.Sequential(
        [tf.keras.Input((784,)), layers.Dense(256, activation="relu"), layers.Dense(128, activation="relu"), layers.Dense(10)]
    )
    model.set_weights([weight for layer in ("fc1", "fc2", "fc3") for weight in dense(tensors, layer)])
    return model


def prepare(**names: Any) -> dict[str, Any]:
    return infer_tensorflow.prepared(build, names, turn=lambda images: images.reshape(len(images), -1))
