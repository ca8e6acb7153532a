"""What the programs share that ask a model with TensorFlow: one thread, and a graph of the Keras model for one shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from bench.workloads.ml.asked import Answer, Array, Asked, Rows, answered

Tensors = dict[str, Array]
Function = Callable[[tf.Tensor], tf.Tensor]


def prepared(build: Callable[[Tensors], tf.keras.Model], names: dict[str, Any], turn: Callable[[Rows], Rows]) -> dict[str, Any]:
    """Return a model with its weights, as it is served, and what it is asked, `turned` into the form that it takes."""
    asked = Asked(**names)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    model, rows = build(asked.tensors()), turn(asked.rows())
    function = tf.function(lambda values: model(values, training=False), input_signature=[tf.TensorSpec(rows.shape, rows.dtype)])
    return {"function": function.get_concrete_function(), "rows": rows, "answer": asked.answer}


def dense(tensors: Tensors, layer: str) -> list[Array]:
    """Return the weights of a dense layer in the order that Keras has them."""
    return [tensors[f"{layer}.weight"].T, tensors[f"{layer}.bias"]]


def run(function: Function, rows: Rows, answer: str) -> Answer:
    """Return the classes of a batch, or the scores."""
    return answered(function(tf.constant(rows)).numpy(), answer)
