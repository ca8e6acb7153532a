from __future__ import annotations

import pytest

from scripts.publish.facts.data import SiteData
from scripts.publish.tables import sizes


def test_a_number_alone_is_said_as_in_the_summary(measured: SiteData) -> None:
    assert f"- **Tokens:** {sizes.comparison(measured, 'Tokens')}" in sizes.summary(measured).splitlines()


def test_an_unknown_number_is_refused_with_those_that_exist(measured: SiteData) -> None:
    with pytest.raises(KeyError, match=r"no number 'nope'; there are: .*Tokens"):
        sizes.comparison(measured, "nope")
