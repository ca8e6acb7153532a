"""The HTTP side of a model: an image comes as JSON, and its scores go as JSON. Who computes them is the server's."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated

import numpy as np
import numpy.typing as npt
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

PIXELS = 28 * 28
MOST = 32 * 1024
"""Bytes that an image may have: some forty for each number."""
DIGITS = 4

Array = npt.NDArray[np.float32]
Model = Callable[[Array], Array]
"""What returns the scores of a batch of images: an array of shape (images, classes) for one of (images, pixels)."""
Pixel = Annotated[float, Field(strict=True, ge=0, le=1)]
IMAGE = TypeAdapter(Annotated[list[Pixel], Field(min_length=PIXELS, max_length=PIXELS)])


class Prediction(BaseModel):
    """The class of an image, and the score of each class."""

    label: int
    scores: list[float]


async def read_image(request: Request) -> list[float]:
    """Return the numbers of an image: Pydantic parses and checks the bytes in one go, once they are known to be few enough."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise HTTPException(413)
    try:
        return IMAGE.validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_context=False, include_input=False)) from error


Image = Annotated[list[float], Depends(read_image)]


def service(load: Callable[[], Model]) -> FastAPI:
    """Return the application of a model, which is loaded before the first request."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.model = load()
        yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/plaintext", response_class=PlainTextResponse)  # by which the server is seen to be ready
    async def plaintext() -> str:
        return "Hello, World!"

    # A coroutine, though it computes: a model this small takes less time than the way to a thread and back, where FastAPI runs
    # plain functions, and with one CPU there is none for that thread. A model that takes milliseconds belongs in a thread.
    @app.post("/classify")
    async def classify(image: Image, request: Request) -> Prediction:
        (scores,) = request.app.state.model(np.array([image], dtype=np.float32))
        return Prediction(label=int(scores.argmax()), scores=[round(score, DIGITS) for score in scores.tolist()])

    return app


def file_of(argument: str) -> str:
    """Return the file that the entry's argument names."""
    return os.environ[argument.upper()]
