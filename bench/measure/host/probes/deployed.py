"""Prints how many bytes the interpreter that runs it takes on disk: a program of its own, run by every measured interpreter.

    python bench/measure/host/probes/deployed.py [--packages]

Counts the executable, its shared library if it has one, the standard library, and with --packages what is installed beside them.
Bytecode caches do not count: they are made when a module is first imported.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

APART = ("site-packages", "dist-packages", "__pycache__")
"""Folders of the standard library that are none of it."""


def files() -> Iterator[Path]:
    """Yield what is counted; a file may come more than once."""
    yield Path(sys.executable).resolve()
    library = Path(sysconfig.get_config_var("LIBDIR") or "", sysconfig.get_config_var("INSTSONAME") or "")
    if sysconfig.get_config_var("Py_ENABLE_SHARED") and library.is_file():
        yield library.resolve()
    yield from below(Path(sysconfig.get_path("stdlib")), APART)
    if "--packages" in sys.argv[1:]:
        yield from below(Path(sysconfig.get_path("purelib")), ("__pycache__",))


def below(folder: Path, apart: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files below a folder, without those in folders of the given names."""
    for name, folders, names in os.walk(folder):
        folders[:] = [inner for inner in folders if inner not in apart]
        yield from (Path(name, each) for each in names)


if __name__ == "__main__":
    sys.stdout.write(str(sum(path.stat().st_size for path in set(files()))))
