from __future__ import annotations

import pytest

from scripts.publish.style import addresses


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("index.md", "site/index.html"),
        ("this-machine.md#execution--fib", "site/this-machine/index.html#execution--fib"),
        ("concurrency/index.md", "site/concurrency/index.html"),
        ("performance/memory.md#task", "site/performance/memory/index.html#task"),
    ],
)
def test_a_page_is_the_index_of_a_folder_of_the_built_site(page: str, file: str) -> None:
    assert addresses.built_page(page) == file
