"""What the Python programs do that are shown beside Go's; Go's have tests of their own in go_examples/concepts."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.workloads.case import ROOT
from bench.workloads.concepts import (
    channels,
    context,
    deferring,
    errors_as_values,
    generics,
    interfaces,
    iterators,
    leaks,
    modules,
    pointers,
    shared_maps,
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


def test_a_method_changes_the_object_that_it_is_called_on() -> None:
    account = pointers.Account(1)
    assert account.deposit(2) == 3
    assert account == pointers.Account(3)


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

    async def first() -> tuple[str, list[str]]:
        return await leaks.first(slow(), fast()), ended.copy()

    assert asyncio.run(first()) == ("fast", ["slow"])


def test_none_says_that_a_queue_has_no_more() -> None:
    async def pair(count: int) -> tuple[int, int] | None:
        numbers: asyncio.Queue[int | None] = asyncio.Queue(maxsize=1)
        async with asyncio.TaskGroup() as group:
            group.create_task(channels.produce(numbers, count))
            task = group.create_task(channels.pair(numbers))
        return task.result()

    assert asyncio.run(pair(2)) == (1, 2)
    assert asyncio.run(pair(1)) is None
    assert asyncio.run(pair(0)) is None


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
    user = modules.User(1, "Ada", "secret")
    assert json.loads(modules.encode(user)) == {"id": 1, "name": "Ada", "_token": "secret"}


def test_a_loop_over_a_generator_may_be_left() -> None:
    taken = []
    for number in iterators.evens([2, 3, 4, 6]):
        taken.append(number)
        if number == 4:
            break
    assert taken == [2, 4]


def test_a_generator_is_spent_after_one_loop() -> None:
    evens = iterators.evens([2, 3, 4])
    assert [*evens] == [2, 4]
    assert [*evens] == []


def test_what_is_added_while_a_price_is_looked_up_is_kept() -> None:
    totals = shared_maps.Totals()

    def price() -> int:
        other = threading.Thread(target=totals.add, args=("pears", lambda: 5))
        other.start()
        other.join()
        return 3

    totals.add("pears", price)
    assert totals.cents == {"pears": 8}


def test_a_timeout_ends_what_is_awaited_within_it() -> None:
    async def never() -> str:
        await asyncio.Event().wait()
        return "Ada"

    async def at_once() -> str:
        return "Ada"

    assert asyncio.run(context.greet_in_time(60, at_once)) == "Hello, Ada"
    with pytest.raises(TimeoutError):
        asyncio.run(context.greet_in_time(0, never))


def test_every_concept_has_a_program_in_both_languages() -> None:
    python = {path.stem.replace("_", "") for path in (ROOT / "bench" / "workloads" / "concepts").glob("[!_]*.py")}
    go = {path.stem for path in (ROOT / "go_examples" / "concepts").glob("*.go") if not path.stem.endswith("_test")}
    assert python == go
