from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bench.catalog.model import MIN_HTTP_PAIRS
from bench.measure.session import plan
from bench.records import profiles
from tests import synthetic

SEEDS = st.integers(min_value=0, max_value=(1 << 32) - 1)
ROUNDS = st.integers(min_value=0, max_value=100)
PYTHON = st.sampled_from(["python/pure/cpython-3.14", "python/native-library/cpython-3.14", "python/pure/pypy-3.11"])
GO = st.sampled_from(["go/standard-library", "go/library"])
PROGRAMS = st.lists(PYTHON | GO, min_size=1, max_size=5, unique=True)
NAMES = st.lists(st.from_regex(r"[a-z]+/[a-z]+", fullmatch=True), min_size=1, max_size=10, unique=True)
POOL = st.lists(st.tuples(st.sampled_from(["a/b", "a/c", "a/d"]), PYTHON | GO), max_size=15, unique=True)


@given(SEEDS, ROUNDS, NAMES)
def test_a_round_has_every_benchmark_once(seed: int, number: int, names: list[str]) -> None:
    assert sorted(plan.round_order(seed, number, names)) == sorted(names)


@given(SEEDS, ROUNDS, PROGRAMS)
def test_a_round_has_every_program_once_and_every_twin_once_more(seed: int, number: int, programs: list[str]) -> None:
    aa_controls = programs[::2]
    slots = plan.slots(seed, number, "a/b", programs, aa_controls, (7, 8, 9))
    assert [slot.position for slot in slots] == list(range(len(programs) + len(aa_controls)))
    assert Counter((s.program, s.control) for s in slots) == Counter(
        [(program, False) for program in programs] + [(program, True) for program in aa_controls]
    )


@given(SEEDS, ROUNDS, PROGRAMS)
def test_each_python_program_is_right_next_to_an_invocation_of_its_go_program(
    seed: int, number: int, programs: list[str]
) -> None:
    python = [program for program in programs if program.startswith("python/")]
    slots = plan.slots(seed, number, "a/b", programs, programs[::2], (7,), [(one, "go/library") for one in python])
    ordinary = {slot.program: slot.position for slot in slots if slot.program in python and not slot.control}
    beside = {slot.beside: slot.position for slot in slots if slot.beside}
    assert beside.keys() == (set(python) if "go/library" in programs else set())
    assert [one for one, position in beside.items() if abs(position - ordinary[one]) != 1] == []


@given(SEEDS, ROUNDS, PROGRAMS)
def test_a_control_is_right_next_to_its_program(seed: int, number: int, programs: list[str]) -> None:
    neighbours = [(one, "go/library") for one in programs if one.startswith("python/")]
    slots = plan.slots(seed, number, "a/b", programs, programs, (7,), neighbours)
    for control in (slot for slot in slots if slot.control):
        places = [slot.position for slot in slots if slot.program == control.program and not slot.control]
        assert min(abs(place - control.position) for place in places) == 1


def test_each_of_two_neighbours_comes_first_about_as_often() -> None:
    pair = ("python/pure/cpython-3.14", "go/library")
    rounds = [plan.slots(1, number, "a/b", pair, pair, (7,), [pair]) for number in range(400)]
    first = Counter(next(slot.program for slot in slots if not slot.control) for slots in rounds)
    assert min(first.values()) > 150


@given(SEEDS, ROUNDS, PROGRAMS, NAMES)
def test_the_seed_determines_every_order(seed: int, number: int, programs: list[str], names: list[str]) -> None:
    for draw in (
        lambda: plan.slots(seed, number, "a/b", programs, programs[:1], (7, 8, 9)),
        lambda: plan.round_order(seed, number, names),
        lambda: plan.layouts(seed, 8),
        lambda: plan.aa_controls(seed, [(name, program) for name in names for program in programs], 4),
    ):
        assert draw() == draw()


def test_orders_differ_from_round_to_round_benchmark_to_benchmark_and_seed_to_seed() -> None:
    programs = ["python/pure/cpython-3.14", "python/native-library/cpython-3.14", "go/standard-library", "go/library"]
    first = [slot.program for slot in plan.slots(1, 0, "a/b", programs, (), (7,))]
    assert any([slot.program for slot in plan.slots(1, number, "a/b", programs, (), (7,))] != first for number in range(5))
    assert any([slot.program for slot in plan.slots(1, 0, f"a/{name}", programs, (), (7,))] != first for name in "cdefg")
    assert any([slot.program for slot in plan.slots(seed, 0, "a/b", programs, (), (7,))] != first for seed in range(2, 7))


def test_every_program_comes_first_about_as_often() -> None:
    programs = ["python/pure/cpython-3.14", "go/standard-library"]
    first = Counter(plan.slots(1, number, "a/b", programs, (), (7,))[0].program for number in range(400))
    assert min(first.values()) > 150


@given(SEEDS, ROUNDS, st.integers(min_value=1, max_value=8))
def test_the_go_programs_of_a_round_share_one_layout_and_python_has_none(seed: int, number: int, count: int) -> None:
    programs = ["python/pure/cpython-3.14", "go/standard-library", "go/library"]
    seeds = plan.layouts(seed, count)
    slots = plan.slots(seed, number, "a/b", programs, ["go/library"], seeds)
    used = {slot.layout for slot in slots if slot.program.startswith("go/")}
    assert len(used) == 1
    assert used <= set(seeds)
    assert {slot.layout for slot in slots if slot.program.startswith("python/")} == {None}


@given(SEEDS, st.integers(min_value=1, max_value=8), st.integers(min_value=0, max_value=5))
def test_a_cycle_of_rounds_uses_every_layout_once(seed: int, count: int, cycle: int) -> None:
    seeds = plan.layouts(seed, count)
    numbers = range(cycle * count, (cycle + 1) * count)
    used = [plan.slots(seed, number, "a/b", ["go/library"], (), seeds)[0].layout for number in numbers]
    assert Counter(used) == Counter(seeds)


@given(SEEDS, st.integers(min_value=1, max_value=8))
def test_layouts_differ(seed: int, count: int) -> None:
    assert len(set(plan.layouts(seed, count))) == count


@given(SEEDS, POOL, st.integers(min_value=0, max_value=20))
def test_controls_are_programs_as_many_as_asked_for_where_there_are_enough(
    seed: int, pool: list[tuple[str, str]], count: int
) -> None:
    chosen = plan.aa_controls(seed, pool, count)
    assert chosen <= set(pool)
    assert len(chosen) == min(count, len(pool))


@given(SEEDS, POOL, st.integers(min_value=0, max_value=20))
def test_controls_are_half_python_and_half_go_where_there_are_enough(seed: int, pool: list[tuple[str, str]], count: int) -> None:
    sides = Counter(program.partition("/")[0] for _, program in plan.aa_controls(seed, pool, count))
    there_are = Counter(program.partition("/")[0] for _, program in pool)
    if min(there_are["python"], there_are["go"]) >= (count + 1) // 2:
        assert (sides["python"], sides["go"]) == ((count + 1) // 2, count // 2)


def test_the_smallest_sample_of_a_shown_profile_gives_an_interval() -> None:
    assert all(effort.min_pairs >= 15 for name, effort in profiles.PROFILES.items() if name != "smoke")


def test_web_servers_have_rounds_of_their_own_and_half_as_many_again_at_the_most() -> None:
    full = synthetic.plan(min_http_rounds=6)
    assert (profiles.pair_limits(full, 15), profiles.pair_limits(full, 6)) == ((15, 60), (6, 9))


def test_the_rounds_of_web_servers_in_a_full_run_give_an_interval() -> None:
    assert profiles.PROFILES["full"].min_http_rounds >= MIN_HTTP_PAIRS
