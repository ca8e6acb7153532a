from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.catalog import CatalogError
from bench.catalog.loader import ROOT
from bench.catalog.mistakes import FILE, FOLDERS, Edit, digest, load_mistakes, service_files

KNOWN = load_mistakes(ROOT)
EDIT = Edit(file="orders.py", old="a + b", new="a - b")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the mistakes and of what they are made in."""
    folder = tmp_path_factory.mktemp("mistakes")
    for path in (ROOT / FILE, *service_files(ROOT, "python"), *service_files(ROOT, "go")):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


@contextmanager
def changed(root: Path, file: str, old: str, new: str) -> Iterator[None]:
    """Change a file of the copy meanwhile."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    yield
    path.write_text(text, encoding="utf-8")


def test_there_are_forty_mistakes_of_ten_kinds_at_least_four_of_each() -> None:
    counts = Counter(mistake.kind for mistake in KNOWN.mistakes)
    assert (len(KNOWN.mistakes) >= 40, len(KNOWN.kinds), min(counts.values()) >= 4) == (True, 10, True)


def test_every_kind_has_a_mistake() -> None:
    assert {kind.id for kind in KNOWN.kinds} == {mistake.kind for mistake in KNOWN.mistakes}


def test_a_mistake_takes_the_place_of_its_text() -> None:
    assert EDIT.applied("x = a + b\n") == "x = a - b\n"


@pytest.mark.parametrize(("text", "count"), [("x = a * b", 0), ("x = a + b; y = a + b", 2)])
def test_a_text_that_does_not_occur_exactly_once_is_refused(text: str, count: int) -> None:
    with pytest.raises(ValueError, match=f"orders.py: has the text that the mistake replaces {count} times, not once: 'a \\+ b'"):
        EDIT.applied(text)


@pytest.mark.parametrize("language", FOLDERS)
def test_every_mistake_changes_its_file(language: str) -> None:
    assert [mistake.id for mistake in KNOWN.mistakes if mistake.edit(language).old == mistake.edit(language).new] == []


def test_a_mistake_whose_text_is_missing_is_named(copied: Path) -> None:
    file = "go_examples/mistakes/orders/orders.go"
    with changed(copied, file, "return cents - off", "return cents-off"), pytest.raises(CatalogError) as raised:
        load_mistakes(copied)
    (line,) = raised.value.mistakes
    assert line.startswith(f"{FILE}: discount-unused: go: orders.go: has the text that the mistake replaces 0 times")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "race"', 'kind = "luck"', "kinds that are not among [[kinds]]: luck"),
        ('id = "quantitiy"', 'id = "staus"', "mistakes with the same id: staus"),
        ('qualifier = "missing"', 'qualifier = "gone"', "qualifier"),
        ("[taxonomy]", "[taxonomy", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused(copied: Path, old: str, new: str, message: str) -> None:
    with changed(copied, FILE, old, new), pytest.raises(CatalogError) as raised:
        load_mistakes(copied)
    assert FILE in str(raised.value)
    assert message in str(raised.value)


@pytest.mark.parametrize("path", [FILE, *(f"{FOLDERS['go']}/{name}" for name in ("store.go", "orders_test.go"))])
def test_the_digest_changes_with_mistakes_service_and_tests(copied: Path, path: str) -> None:
    before = digest(copied)
    with changed(copied, path, "\n", "\n\n"):
        assert digest(copied) != before
