"""A model's answers: ONNX Runtime, which reads the whole model from a file and plans it, with one thread."""

from __future__ import annotations

from typing import Any

import onnxruntime as ort

from bench.workloads.ml.asked import Answer, Asked, Rows, answered


def prepare(**names: Any) -> dict[str, Any]:
    asked = Asked(**names)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(asked.graph_path, options, providers=["CPUExecutionProvider"])
    shape = session.get_inputs()[0].shape[1:]
    rows = asked.rows()
    return {"session": session, "rows": rows.reshape(len(rows), *shape), "answer": asked.answer}


def run(session: ort.InferenceSession, rows: Rows, answer: str) -> Answer:
    """Return the classes of a batch, or the scores."""
    (logits,) = session.run(None, {"input": rows})
    return answered(logits, answer)
