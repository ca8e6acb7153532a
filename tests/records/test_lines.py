from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.records.lines import line

NUMBERS = st.integers(min_value=-10_000, max_value=10_000)
PLACES = st.lists(st.integers(min_value=1, max_value=1_000_000), min_size=2, max_size=8, unique=True)
POINTS = PLACES.flatmap(lambda xs: st.tuples(*(st.tuples(st.just(float(x)), NUMBERS.map(float)) for x in xs)).map(list))
Points = list[tuple[float, float]]


def near(value: float, scale: float) -> object:
    """Return what equals a number of that scale but for rounding."""
    return pytest.approx(value, rel=1e-9, abs=1e-9 * (1 + abs(scale)))


@given(PLACES, NUMBERS, NUMBERS)
def test_a_line_is_recovered_from_points_on_it(places: list[int], slope: int, base: int) -> None:
    assert line([(float(x), float(slope * x + base)) for x in places]) == (slope, base)


@given(PLACES, NUMBERS, NUMBERS, NUMBERS, st.data())
def test_one_point_of_five_or_more_moves_the_slope_no_further_than_the_others_reach(
    places: list[int], slope: int, base: int, error: int, data: st.DataObject
) -> None:
    assume(len(places) >= 5)
    noise = data.draw(st.lists(st.integers(-5, 5), min_size=len(places), max_size=len(places)))
    points = [(float(x), float(slope * x + base + off)) for x, off in zip(places, noise, strict=True)]
    outlier = data.draw(st.integers(0, len(points) - 1))
    others = [point for number, point in enumerate(points) if number != outlier]
    points[outlier] = (points[outlier][0], points[outlier][1] + 1000 * error)
    slopes = [(there - here) / (right - left) for (left, here), (right, there) in itertools.combinations(others, 2)]
    assert min(slopes) <= line(points)[0] <= max(slopes)


@given(POINTS, NUMBERS, NUMBERS)
def test_a_shift_moves_the_base_alone(points: Points, up: int, right: int) -> None:
    slope, base = line(points)
    moved, shifted = line([(x + right, y + up) for x, y in points])
    assert moved == near(slope, slope)
    assert shifted == near(base + up - slope * right, abs(base) + abs(up) + abs(slope * right) + 1e6)


@given(POINTS, st.integers(1, 1000), NUMBERS)
def test_units_scale_slope_and_base(points: Points, across: int, up: int) -> None:
    slope, base = line(points)
    steeper, raised = line([(x * across, y * up) for x, y in points])
    assert steeper == near(slope * up / across, slope * up)
    assert raised == near(base * up, abs(base * up) + abs(slope * up) * 1e6)


@given(POINTS)
def test_the_order_of_the_points_does_not_matter(points: Points) -> None:
    assert line(points[::-1]) == line(points)


@pytest.mark.parametrize("points", [[], [(1.0, 2.0)], [(1.0, 2.0), (1.0, 3.0)]], ids=["none", "one", "one above the other"])
def test_points_without_two_places_give_no_line(points: Points) -> None:
    with pytest.raises(ValueError, match=f"{len(points)} points give no slope; two with different x are needed"):
        line(points)
