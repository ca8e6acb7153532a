from __future__ import annotations

import re

import pytest

from scripts.publish.facts.data import SiteData
from scripts.publish.style.addresses import Address
from scripts.publish.tables import variants
from tests.publish.tables.test_speedups import cells

HERE = Address("use-cases/machine-learning.md", "https://site.example", "https://code.example")
MODELS = ("ml/mlp-1", "ml/cnn-1")


def test_each_variant_has_a_column_pythons_first(empty: SiteData) -> None:
    head, *_ = cells(variants.table(empty, HERE, ("data/join", "data/filter-csv")))
    assert head == [
        *("Benchmark", "pandas, Python", "Polars, Python", "DuckDB, Python", "Arrow, Python", "standard library, Python"),
        *("standard library, Go", "DuckDB, Go", "Arrow, Go"),
    ]


def test_each_benchmark_has_a_row_with_the_values_of_its_variants(measured: SiteData) -> None:
    _, perceptron, _ = variants.table(measured, HERE, MODELS).splitlines()[1:]
    link, *values = (cell.strip() for cell in perceptron.strip("|").split("|"))
    assert link == "[MLP, one image](machine-learning.md#mlp-1)"
    assert len(values) == 9
    assert all(re.fullmatch(r"[\d.]+ (µs|ms)", value) for value in values)


def test_a_benchmark_without_a_variant_has_a_dash(measured: SiteData) -> None:
    network = variants.table(measured, HERE, MODELS).splitlines()[-1]
    assert [cell.strip() for cell in network.split("|")].count(variants.LACKS) == 4


def test_what_is_not_measured_is_said_in_each_cell(empty: SiteData) -> None:
    perceptron = variants.table(empty, HERE, MODELS).splitlines()[2]
    assert perceptron.count("not measured") == 9


def test_a_benchmark_that_the_catalog_lacks_is_refused(empty: SiteData) -> None:
    with pytest.raises(KeyError, match="ml/nothing"):
        variants.table(empty, HERE, ("ml/nothing",))
