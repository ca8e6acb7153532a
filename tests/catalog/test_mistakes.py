from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from bench.catalog import CatalogError
from bench.catalog.loader import ROOT
from bench.catalog.mistakes import FILE, FOLDERS, Edit, digest, load_mistakes, service_files

KNOWN = load_mistakes(ROOT)
EDIT = Edit(file="orders.py", old="a + b", new="a - b")


def copied(folder: Path) -> Path:
    """Return a copy of the mistakes and of what they are made in."""
    for path in (ROOT / FILE, *service_files(ROOT, "python"), *service_files(ROOT, "go")):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def changed(root: Path, file: str, old: str, new: str) -> Path:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return root


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


def test_a_mistake_whose_text_is_missing_is_named(tmp_path: Path) -> None:
    root = changed(copied(tmp_path), "go_examples/mistakes/orders/orders.go", "return cents - off", "return cents-off")
    with pytest.raises(CatalogError) as raised:
        load_mistakes(root)
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
def test_a_wrong_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(CatalogError) as raised:
        load_mistakes(changed(copied(tmp_path), FILE, old, new))
    assert FILE in str(raised.value)
    assert message in str(raised.value)


@pytest.mark.parametrize("path", [FILE, *(f"{FOLDERS['go']}/{name}" for name in ("store.go", "orders_test.go"))])
def test_the_digest_changes_with_mistakes_service_and_tests(tmp_path: Path, path: str) -> None:
    root = copied(tmp_path)
    before = digest(root)
    (root / path).write_text((root / path).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert digest(root) != before
