"""The mistakes of mistakes.toml, and the small service that they are put into, one at a time."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError, model_validator

from bench.catalog.loader import CatalogError
from bench.catalog.model import Record

FILE = "bench/catalog/mistakes.toml"
FOLDERS = {"python": "bench/workloads/mistakes", "go": "go_examples/mistakes/orders"}
"""Language -> where the service is, in whose files mistakes are made."""
TESTS = {"python": "tests/workloads/mistakes/test_orders.py", "go": "go_examples/mistakes/orders/orders_test.go"}
"""Language -> the service's tests."""


class Source(Record):
    """Where the taxonomy is published."""

    title: str
    url: str


class Taxonomy(Record):
    """The published classification that the kinds are drawn from."""

    name: str
    what: str
    sources: tuple[Source, ...]


class Kind(Record):
    """A kind of mistake, and its place in the taxonomy."""

    id: str
    title: str
    defect_type: str
    qualifier: Literal["missing", "incorrect", "extraneous"]


class Edit(Record):
    """The mistake in one language: `new` in place of `old`, which the file has once."""

    file: str
    old: str
    new: str

    def applied(self, text: str) -> str:
        """Return the file's text with the mistake in it.

        Raises:
            ValueError: the text has `old` not once, but never or more often.
        """
        count = text.count(self.old)
        if count != 1:
            raise ValueError(f"{self.file}: has the text that the mistake replaces {count} times, not once: {self.old.strip()!r}")
        return text.replace(self.old, self.new)


class Mistake(Record):
    """One mistake, in both languages."""

    id: str
    kind: str
    what: str
    python: Edit
    go: Edit

    def edit(self, language: str) -> Edit:
        """Return the mistake in "python" or "go"."""
        return self.python if language == "python" else self.go


class Mistakes(Record):
    """All of them."""

    taxonomy: Taxonomy
    kinds: tuple[Kind, ...]
    mistakes: tuple[Mistake, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        names = [mistake.id for mistake in self.mistakes]
        known = {kind.id for kind in self.kinds}
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"mistakes with the same id: {', '.join(twice)}")
        if unknown := sorted({mistake.kind for mistake in self.mistakes} - known):
            raise ValueError(f"kinds that are not among [[kinds]]: {', '.join(unknown)}")
        return self


def load_mistakes(root: Path) -> Mistakes:
    """Load the mistakes, each of which can be made in the service as it is.

    Raises:
        CatalogError: the file is wrong, or a file of the service lacks what a mistake replaces: a line for each.
    """
    try:
        known = Mistakes.model_validate(tomllib.loads((root / FILE).read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError([f"{FILE}: cannot be read: {error}"]) from error
    except ValidationError as error:
        lines = (f"{FILE}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise CatalogError(lines) from error
    wrong = []
    for mistake in known.mistakes:
        for language, folder in FOLDERS.items():
            try:
                mistake.edit(language).applied((root / folder / mistake.edit(language).file).read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                wrong.append(f"{FILE}: {mistake.id}: {language}: {error}")
    if wrong:
        raise CatalogError(wrong)
    return known


def service_files(root: Path, language: str) -> list[Path]:
    """Return the service's files in one language, its tests last."""
    suffix = {"python": ".py", "go": ".go"}[language]
    test = root / TESTS[language]
    return [*sorted(path for path in (root / FOLDERS[language]).glob(f"*{suffix}") if path != test), test]


def digest(root: Path) -> str:
    """Return a digest of the mistakes, the service and its tests: what has to be the same for a record to hold."""
    files = [root / FILE, *service_files(root, "python"), *service_files(root, "go")]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
