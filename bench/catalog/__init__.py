"""What is compared: one TOML file per section of the article, and the claims that the results bear on."""

from bench.catalog.catalog import Catalog
from bench.catalog.loader import CatalogError, load_catalog, read_catalog
from bench.catalog.model import Benchmark, Claim, GoImplementation, PythonImplementation

__all__ = [
    "Benchmark",
    "Catalog",
    "CatalogError",
    "Claim",
    "GoImplementation",
    "PythonImplementation",
    "load_catalog",
    "read_catalog",
]
