"""A ridge regression: scikit-learn, by Cholesky's decomposition."""

from __future__ import annotations

from sklearn.linear_model import Ridge

from bench.workloads.ml.observations import PENALTY, Floats, observations

prepare = observations


def run(x: Floats, y: Floats) -> list[float]:
    """Return the intercept, and the weights of the first feature and the last one."""
    model = Ridge(alpha=PENALTY, solver="cholesky").fit(x, y)
    return [float(model.intercept_), model.coef_.item(0), model.coef_.item(-1)]
