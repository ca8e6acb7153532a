"""Runs the Go toolchain for the tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.measure.host import pythons
from bench.measure.host.golang import MODULE, environment, toolchain
from bench.workloads.case import ROOT


def go(*arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `go` in the Go module as measuring does, and with ONNX Runtime's library; the exit status is not checked.

    With other options everything would be compiled a second time.
    """
    library = pythons.shared_library(Path(sys.executable), "onnxruntime")
    loaded = {"ONNXRUNTIME": str(library)} if library else {}
    return subprocess.run(
        [str(toolchain()), *arguments],
        cwd=ROOT / MODULE,
        env={**environment(), **loaded, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )
