"""Programs that a measured interpreter runs: each needs only the standard library."""

from __future__ import annotations

from pathlib import Path

CLOSURE = Path(__file__).with_name("closure.py")
DEPLOYED = Path(__file__).with_name("deployed.py")
DESCRIBE = Path(__file__).with_name("describe.py")
