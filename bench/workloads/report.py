"""Runs one program of a `memory` or `observe` benchmark in this very process, and tells the harness when to read.

For example: `python bench/workloads/report.py memory.asyncio_task count=1000`. The program's `run` gets the arguments, and before
them `mark`, to be called at each moment that counts. What passes between it and the harness, a line each:

    mark NAME FIGURE=VALUE ...    the harness reads this process, and answers with an empty line
    answer NUMBER gil=0|1         the end; the GIL's state after all imports, where the interpreter tells

It imports next to nothing, since all that it imports would count as the program's memory.
"""

from __future__ import annotations

import importlib
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from typing import Protocol

    class Mark(Protocol):
        """Tells the harness that a moment has come, with figures that the program has observed; returns when it has read."""

        def __call__(self, name: str, /, **figures: float) -> None: ...


def main() -> None:
    module, *settings = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120 - pathlib takes memory
    arguments = dict(setting.split("=", 1) for setting in settings)
    run = importlib.import_module(f"bench.workloads.{module}").run
    answer = run(mark, **{name: int(text) if text.lstrip("-").isdigit() else text for name, text in arguments.items()})
    gil = f" gil={int(sys._is_gil_enabled())}" if hasattr(sys, "_is_gil_enabled") else ""  # noqa: SLF001 - the only way to ask
    _say(f"answer {int(answer)}{gil}")


def mark(name: str, /, **figures: float) -> None:
    """Say that a moment has come, and wait until the harness has read."""
    _say(" ".join(["mark", name, *(f"{figure}={float(value)!r}" for figure, value in figures.items())]))
    os.read(0, 1)


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
