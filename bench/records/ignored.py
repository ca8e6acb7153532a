"""Which runs git does not see: quick ones, by a `.gitignore` in their folder, until somebody keeps them."""

from __future__ import annotations

from pathlib import Path

from bench.records.files import ResultError, write_whole

FILE = ".gitignore"
CONTENT = """\
# A quick run: numbers for this machine, not to be published. `scripts/build.py keep RUN` removes this file.
*
"""


def ignore(folder: Path) -> None:
    """Have git ignore a run's folder, this file included; raises ResultError where that cannot be written."""
    write_whole(folder / FILE, CONTENT)


def keep(folder: Path) -> bool:
    """Have git see a run's folder; return whether it was ignored until now.

    Raises:
        ResultError: the file cannot be removed.
    """
    try:
        (folder / FILE).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ResultError(f"{folder / FILE}: cannot be removed: {error.strerror}") from error
    return True
