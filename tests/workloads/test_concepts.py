"""What the Python programs do that are shown beside Go's; Go's have tests of their own in go_examples/concepts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.workloads.case import ROOT
from bench.workloads.concepts import (
    channels,
    deferring,
    errors_as_values,
    generics,
    interfaces,
    leaks,
    modules,
    pointers,
    slices,
    zero_values,
)


def test_a_missing_key_has_no_value() -> None:
    assert zero_values.in_stock({"pears": 0}, "plums") is None
    assert zero_values.in_stock({"pears": 0}, "pears") == 0


def test_what_cannot_be_read_raises() -> None:
    assert errors_as_values.total(["1", "3"]) == 4
    with pytest.raises(ValueError, match="two"):
        errors_as_values.total(["1", "two", "3"])


def test_a_loop_changes_the_objects_themselves() -> None:
    accounts = [pointers.Account(1), pointers.Account(2)]
    pointers.add_interest(accounts)
    assert accounts == [pointers.Account(2), pointers.Account(3)]


def test_a_slice_of_a_list_is_a_copy() -> None:
    numbers = [1, 2, 3]
    assert slices.first_two_and(numbers, 9) == [1, 2, 9]
    assert numbers == [1, 2, 3]


def test_none_is_none() -> None:
    assert interfaces.check("short") is None
    assert isinstance(interfaces.check("much too long"), interfaces.TooLongError)


def test_the_tasks_that_still_wait_are_cancelled() -> None:
    ended = []

    async def fast() -> str:
        return "fast"

    async def slow() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("slow")
        return "slow"

    assert asyncio.run(leaks.first(slow(), fast())) == "fast"
    assert ended == ["slow"]


def test_a_generator_that_has_ended_makes_up_nothing() -> None:
    assert channels.pair(channels.produce(2)) == (1, 2)
    with pytest.raises(StopIteration):
        channels.pair(channels.produce(1))


def test_with_closes_at_the_end_of_its_block() -> None:
    now_open, most = 0, 0

    @contextmanager
    def opened(name: str) -> Iterator[str]:
        nonlocal now_open, most
        now_open += 1
        most = max(most, now_open)
        yield f"text of {name}"
        now_open -= 1

    assert deferring.read_all(["a", "b", "c"], opened) == ["text of a", "text of b", "text of c"]
    assert (now_open, most) == (0, 1)


def test_numbers_of_different_types_are_equal() -> None:
    assert generics.contains([1.0, 2.0], 2)


def test_an_underscore_hides_nothing() -> None:
    assert json.loads(modules.encode(modules.User("Ada", "secret"))) == {"name": "Ada", "_token": "secret"}


def test_every_concept_has_a_program_in_both_languages() -> None:
    python = {path.stem.replace("_", "") for path in (ROOT / "bench" / "workloads" / "concepts").glob("[!_]*.py")}
    go = {path.stem for path in (ROOT / "go_examples" / "concepts").glob("*.go") if not path.stem.endswith("_test")}
    assert python == go
