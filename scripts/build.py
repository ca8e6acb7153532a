#!/usr/bin/env python3
"""The build script and only entry point: measures, writes JSON, builds the site. `build.py --help` lists the commands."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
"""Where `make` installs what the commands need."""


def start() -> None:
    """Run the command that was typed: in this Python if it has what that needs, or else in the project's environment."""
    python = ENVIRONMENT / "bin" / "python"
    if importlib.util.find_spec("mkdocs_macros"):
        sys.path.insert(0, str(ROOT))
        from scripts.command_line.main import main  # noqa: PLC0415  what it imports is there only now

        main()
    elif (ENVIRONMENT / "installed").is_file() and Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(python, [str(python), *sys.argv])  # noqa: S606  without a shell, as it should be
    else:
        sys.exit(f"{ENVIRONMENT} lacks what this script needs: run `make pages`, which installs it; `make` lists all verbs")


if __name__ == "__main__":
    start()
