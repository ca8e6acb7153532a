"""The model as ONNX Runtime computes it."""

from __future__ import annotations

import onnxruntime

from bench.workloads.ml.endpoint.service import Array, Model, file_of, service


def load() -> Model:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # requests are what there are many of
    session = onnxruntime.InferenceSession(file_of("graph"), options, providers=["CPUExecutionProvider"])

    def scores(images: Array) -> Array:
        outputs: list[Array] = session.run(["output"], {"input": images})
        return outputs[0]

    return scores


app = service(load)
