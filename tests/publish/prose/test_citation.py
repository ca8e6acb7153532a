from __future__ import annotations

import pytest

from scripts.publish.facts.data import SiteData
from scripts.publish.prose import citation
from tests.publish.prose.test_claims import HERE


@pytest.mark.parametrize("benchmark", ["web/one-query", "services/chain-users"])
def test_conditions_name_the_database_of_programs_that_query_it(committed: SiteData, benchmark: str) -> None:
    assert ", PostgreSQL 1" in citation.conditions(committed, HERE, benchmark)


@pytest.mark.parametrize("benchmark", ["ml/endpoint", "execution/json"])
def test_conditions_name_no_database_where_none_is_queried(committed: SiteData, benchmark: str) -> None:
    assert "PostgreSQL" not in citation.conditions(committed, HERE, benchmark)
