"""A model's answers: ONNX Runtime with its tensors bound once, so that a call neither passes an array nor makes one."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from bench.workloads.ml.asked import Answer, answered
from bench.workloads.ml.infer_onnxruntime import prepare as prepared


def prepare(**names: Any) -> dict[str, Any]:
    task = prepared(**names)
    session, rows = task["session"], task["rows"]
    scores: NDArray[np.float32] = np.empty((len(rows), session.get_outputs()[0].shape[1]), np.float32)
    binding = session.io_binding()
    bound = ort.OrtValue.ortvalue_from_numpy(rows), ort.OrtValue.ortvalue_from_numpy(scores)
    binding.bind_ortvalue_input("input", bound[0])
    binding.bind_ortvalue_output("output", bound[1])
    return {"session": session, "binding": binding, "bound": bound, "scores": scores, "answer": task["answer"]}


def run(
    session: ort.InferenceSession,
    binding: ort.IOBinding,
    bound: tuple[ort.OrtValue, ...],
    scores: NDArray[np.float32],
    answer: str,
) -> Answer:
    """Return the classes of a batch, or the scores; `bound` keeps what the binding reads and writes."""
    del bound
    session.run_with_iobinding(binding)
    return answered(scores, answer)
