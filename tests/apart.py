"""Work that needs much memory, in a process of its own, which gives it back: the tests' own stay small."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple, ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Item = TypeVar("Item")


class Failed(NamedTuple):
    """What work failed with, in place of its answer."""

    error: str
    """Its kind and what it says."""
    trace: str


@contextmanager
def aside() -> Iterator[Callable[..., Any]]:
    """Give what calls a function in a process of its own, the same one each time: for what stays loaded once it is."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        yield lambda work, *args, **kwargs: process.submit(work, *args, **kwargs).result()


def apart(work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs) -> Answer:
    """Return what a function returns in a process of its own; function, arguments and answer have to be picklable."""
    with aside() as call:
        answer: Answer = call(work, *args, **kwargs)
        return answer


def each_apart(work: Callable[[Item], Any], items: Iterable[Item]) -> dict[Item, Any]:
    """Return item -> what a function returns for it, or Failed: all in one process, so that one of them stops no other."""
    return apart(_each, work, list(items))


def _each(work: Callable[[Item], Any], items: list[Item]) -> dict[Item, Any]:
    return {item: _attempt(work, item) for item in items}


def _attempt(work: Callable[[Item], Any], item: Item) -> Any:  # noqa: ANN401  whatever the work returns
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001  whatever it is, the test of this item has to say it
        return Failed(repr(error), traceback.format_exc())
