"""Python modules that mypyc compiles before they are measured: each for one interpreter, by way of the machine's C compiler."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.measure.host import tools
from bench.measure.host.variables import small_environment

REQUIREMENTS = "compile"
"""Which file of bench/requirements/ has the compiler: none of the programs', as setuptools slows each start of Python."""


@dataclass(frozen=True)
class Extension:
    """A compiled module, or why there is none."""

    file: Path | None = None
    failure: str | None = None
    """In one line, which has the tool's own reason."""


def command(python: Path, source: Path) -> list[str]:
    """Return what compiles a module in the folder that it is run in; `python` has the compiler, and is what will import it."""
    return [str(python), "-m", "mypyc", "--config-file=", source.name]  # or else the settings of a folder above would hold


def compiled(python: Path, source: Path, folder: Path) -> Extension:
    """Return a module's extension for `python`, compiled below `folder` where it, the compiler or the interpreter has changed.

    `python` is that of an environment, whose path tells interpreter and lock.
    """
    key = hashlib.sha256(f"{python}\n".encode() + source.read_bytes())
    kept = folder / f"{source.stem}-{key.hexdigest()[:12]}"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as place:
            shutil.copy(source, place)
            outcome = tools.run(command(python, source), cwd=Path(place), environment=small_environment({}))
            if outcome.failure:
                return Extension(failure=f"mypyc and the machine's C compiler cannot compile it: {_reason(outcome)}")
            beside = Path(place) / "compiled"
            beside.mkdir()
            shutil.move(extension(Path(place), source), beside)
            beside.replace(kept)
    return Extension(extension(kept, source))


def extension(folder: Path, source: Path) -> Path:
    """Return the file in `folder` that a module was compiled to."""
    (file,) = folder.glob(f"{source.stem}.*.so")
    return file


def _reason(outcome: tools.Outcome) -> str:
    """Return the first error that a tool names: mypy on standard output, the C compiler and setuptools on standard error."""
    lines = f"{outcome.stdout}\n{outcome.failure}".splitlines()
    return next((line for line in lines if "error:" in line), lines[-1])
