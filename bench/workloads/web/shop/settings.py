"""The shop's settings, from the variables whose names begin with SHOP_."""

from __future__ import annotations

import os
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

PREFIX = "SHOP_"


class Settings(BaseModel):
    """What differs from one deployment to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)] = "shop"
    environment: Literal["production", "staging", "development"] = "production"
    database_url: str = "postgresql://postgres@127.0.0.1:5432/shop"
    pool: Annotated[int, Field(ge=1, le=100)] = 4


settings = Settings.model_validate(
    {name.removeprefix(PREFIX).lower(): value for name, value in os.environ.items() if name.startswith(PREFIX)}
)
