"""A small transformer encoder's answers: TensorFlow, with the attention of Keras."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from bench.workloads.ml import infer_tensorflow
from bench.workloads.ml.asked import Array
from bench.workloads.ml.infer_tensorflow import Tensors, dense

WIDTH, HEADS = 128, 4
run = infer_tensorflow.run


def build(tensors: Tensors) -> tf.keras.Model:
    layers = tf.keras.layers
    tokens = tf.keras.Input((64,), dtype="int64")
    embedding = layers.Embedding(1000, WIDTH)
    values = embedding(tokens) + tensors["positions.weight"]
    embedding.set_weights([tensors["embedding.weight"]])
    for name in ("layers.0", "layers.1"):
        attention = layers.MultiHeadAttention(HEADS, WIDTH // HEADS)
        first, second = layers.LayerNormalization(epsilon=1e-5), layers.LayerNormalization(epsilon=1e-5)
        inner, outer = layers.Dense(512, activation="gelu"), layers.Dense(WIDTH)
        values = first(values + attention(values, values))
        values = second(values + outer(inner(values)))
        attention.set_weights(attention_weights(tensors, f"{name}.self_attn"))
        inner.set_weights(dense(tensors, f"{name}.linear1"))
        outer.set_weights(dense(tensors, f"{name}.linear2"))
        first.set_weights([tensors[f"{name}.norm1.weight"], tensors[f"{name}.norm1.bias"]])
        second.set_weights([tensors[f"{name}.norm2.weight"], tensors[f"{name}.norm2.bias"]])
    head = layers.Dense(10)
    scores = head(layers.GlobalAveragePooling1D()(values))
    head.set_weights(dense(tensors, "head"))
    return tf.keras.Model(tokens, scores)


def attention_weights(tensors: Tensors, name: str) -> list[Array]:
    """Return the weights of an attention in the order that Keras has them, with a dimension for the heads."""
    inner, outer = (WIDTH, HEADS, WIDTH // HEADS), (HEADS, WIDTH // HEADS, WIDTH)
    weights, biases = (np.split(tensors[f"{name}.in_proj_{kind}"], 3) for kind in ("weight", "bias"))
    projections = [
        each for weight, bias in zip(weights, biases, strict=True) for each in (weight.T.reshape(inner), bias.reshape(inner[1:]))
    ]
    out_weight, out_bias = dense(tensors, f"{name}.out_proj")
    return [*projections, out_weight.reshape(outer), out_bias]


def prepare(**names: Any) -> dict[str, Any]:
    return infer_tensorflow.prepared(build, names, turn=lambda tokens: tokens)
