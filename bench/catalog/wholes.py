"""The records of wholes.toml: what is measured whole, and the parts from which the fleet model has to predict it."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from bench.catalog.model import BenchmarkId, Record

Kind = Literal["mix", "workers", "quota", "chain"]
"""How a whole is made of its parts: requests of several endpoints; one endpoint with more workers; one within a quota of
processor time; services that call each other."""


class Part(Record):
    """What was measured alone."""

    benchmark: BenchmarkId
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Of the requests of a mix; each request through a chain takes all of its parts."""
    queries: Annotated[int, Field(ge=0)] = 0
    """Round trips to the database that a request waits for, one after the other."""


class Whole(Record):
    """What the model is held against."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    what: str
    """As sentences name it: "the CRUD mix"."""
    kind: Kind
    benchmark: BenchmarkId
    part: Annotated[tuple[Part, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_the_parts_of_its_kind(self) -> Whole:
        if self.kind in ("workers", "quota") and len(self.part) > 1:
            raise ValueError(f"a whole of kind {self.kind} has one part")
        if self.kind == "mix" and not math.isclose(total := sum(part.share for part in self.part), 1, rel_tol=1e-9):
            raise ValueError(f"the shares of its parts add up to {total:g} and not to 1")
        return self
