"""Runs the Go toolchain for the tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from bench.measure.host.golang import MODULE, toolchain
from bench.workloads.case import ROOT


def go(*arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `go` in the Go module with the installed toolchain; the exit status is not checked."""
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly -buildvcs=false", **(variables or {})}
    command = [str(toolchain()), *arguments]
    return subprocess.run(command, cwd=ROOT / MODULE, env=environment, capture_output=True, text=True, check=False)
