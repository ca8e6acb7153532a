"""The discrete Fourier transform of complex numbers: NumPy, whose pocketfft is compiled from C++."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.uniform import uniform


def prepare(n: int) -> dict[str, NDArray[np.complex128]]:
    return {"signal": np.array(uniform(n, seed=9)) + 1j * np.array(uniform(n, seed=10))}


def run(signal: NDArray[np.complex128]) -> list[float]:
    """Return the second coefficient and the last one, each as two numbers."""
    coefficients = np.fft.fft(signal)
    second, last = coefficients.item(1), coefficients.item(-1)
    return [second.real, second.imag, last.real, last.imag]
