"""Runs the Go toolchain for the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.measure.host import pythons
from bench.measure.host.golang import MODULE, toolchain
from bench.workloads.case import ROOT


def go(*arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `go` in the Go module with the installed toolchain, and ONNX Runtime's library; the exit status is not checked."""
    library = pythons.shared_library(Path(sys.executable), "onnxruntime")
    loaded = {"ONNXRUNTIME": str(library)} if library else {}
    environment = {
        **os.environ,
        **loaded,
        "GOTOOLCHAIN": "local",
        "GOFLAGS": "-mod=readonly -buildvcs=false",
        **(variables or {}),
    }
    command = [str(toolchain()), *arguments]
    return subprocess.run(command, cwd=ROOT / MODULE, env=environment, capture_output=True, text=True, check=False)
