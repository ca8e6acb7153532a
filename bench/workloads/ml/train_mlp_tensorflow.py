"""The training of a multilayer perceptron by gradient descent: TensorFlow, with a step that is compiled to a graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from bench.workloads.ml.training import BATCH, RATE, SIZES, Layer, answer, task


@dataclass(frozen=True)
class Training:
    """A model, its step, and the layers that each training begins with."""

    model: tf.keras.Model
    step: Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
    layers: list[Layer]

    def reset(self) -> None:
        """Set the parameters to those of the layers."""
        self.model.set_weights([parameter for layer in self.layers for parameter in layer])


def prepare(examples: int, epochs: int) -> dict[str, Any]:
    given = task(examples, epochs)
    inputs, *hidden, outputs = SIZES
    model = tf.keras.Sequential(
        [
            tf.keras.Input((inputs,), BATCH),
            *(tf.keras.layers.Dense(size, activation="relu") for size in hidden),
            tf.keras.layers.Dense(outputs),
        ]
    )
    batches = tf.data.Dataset.from_tensor_slices((given["rows"], given["labels"])).batch(BATCH, drop_remainder=True)
    return {"training": Training(model, step(model), given["layers"]), "batches": list(batches), "epochs": epochs}


def step(model: tf.keras.Model) -> Callable[[tf.Tensor, tf.Tensor], tf.Tensor]:
    """Return the function that changes the model by the gradient of one batch and returns its loss before the change."""
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = tf.keras.optimizers.SGD(RATE)

    def changed(rows: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = cross_entropy(labels, model(rows, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
        return loss

    compiled: Callable[[tf.Tensor, tf.Tensor], tf.Tensor] = tf.function(changed)
    return compiled


def run(training: Training, batches: list[tuple[tf.Tensor, tf.Tensor]], epochs: int) -> list[float]:
    """Train for some epochs and return the loss of the last step and the sum of the squares of all weights, rounded."""
    training.reset()
    loss = tf.zeros(())
    for _ in range(epochs):
        for rows, labels in batches:
            loss = training.step(rows, labels)
    return answer(float(loss), training.model.get_weights())
