from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measure.process import Finished
from bench.measure.timing import BadOutputError, Sample, calibrate, parse_go, warmup_count

FINISHED = Finished("", None, datetime(2026, 11, 23, tzinfo=UTC), 0.4, 0.0, 0.1, 1, 1, 0, 0)
LOOPS = st.integers(min_value=1, max_value=1 << 40)
NANOSECONDS = st.integers(min_value=1, max_value=10**14)
CHECKSUM = st.integers(min_value=0, max_value=(1 << 48) - 1)


def metric(value: float, unit: str) -> str:
    """Write a metric as Go's `testing.prettyPrint` does: four significant digits, but every digit of the whole part."""
    for least, digits in ((999.95, 0), (99.995, 1), (9.9995, 2), (0.99995, 3), (0.099995, 4), (0.0099995, 5), (0.00099995, 6)):
        if value == 0 or value >= least:
            return f"{value:.{digits}f} {unit}"
    return f"{value:.7f} {unit}"


def line(loops: int, nanoseconds: int, checksum: int) -> str:
    """Return what a benchmark binary prints for one value."""
    metrics = (metric(nanoseconds / loops, "ns/op"), metric(checksum, "checksum"), metric(nanoseconds, "total-ns"))
    return "\t ".join(["BenchmarkRun-2   ", str(loops), *metrics])


def output(*lines: str) -> str:
    return "\n".join(["goos: linux", "goarch: amd64", "pkg: go_examples/execution/fib", "cpu: Example", *lines, "PASS", ""])


@given(LOOPS, st.lists(NANOSECONDS, min_size=1, max_size=20), CHECKSUM)
def test_lines_are_read_back_as_they_were_written(loops: int, nanoseconds: list[int], checksum: int) -> None:
    values, read = parse_go(output(*(line(loops, each, checksum) for each in nanoseconds)), loops)
    assert values == pytest.approx([each / loops / 1e9 for each in nanoseconds], rel=1e-12)
    assert read == checksum


def test_other_iterations_than_asked_for_are_refused() -> None:
    with pytest.raises(BadOutputError, match="asked for 10 iterations, the binary made 100"):
        parse_go(output(line(100, 5000, 1)), 10)


@pytest.mark.parametrize(
    "metrics",
    [
        "500 ns/op\t 7 checksum",
        "500 ns/op\t 9 total-ns",
        "500 ns/op",
        "500",
        "five ns/op\t x total-ns\t 7 checksum",
        "9 total-ns\t 7",
    ],
)
def test_a_missing_metric_is_refused_with_the_line(metrics: str) -> None:
    with pytest.raises(BadOutputError, match="no total-ns and checksum in 'BenchmarkRun"):
        parse_go(output(f"BenchmarkRun-2\t 10\t {metrics}"), 10)


@pytest.mark.parametrize("text", ["", "PASS\n", "BenchmarkRun-2\n", "BenchmarkRun-2 \t--- FAIL\n"])
def test_output_without_values_is_refused(text: str) -> None:
    with pytest.raises(BadOutputError, match="0 different checksums in 0 values"):
        parse_go(text, 10)


def test_checksums_that_differ_are_refused() -> None:
    with pytest.raises(BadOutputError, match="2 different checksums in 2 values"):
        parse_go(output(line(10, 5000, 1), line(10, 5000, 2)), 10)


@given(st.text(), LOOPS)
def test_any_text_is_read_or_refused(text: str, loops: int) -> None:
    try:
        values, _ = parse_go(f"BenchmarkRun {loops} {text}", loops)
    except BadOutputError:
        return
    assert values


@given(st.floats(min_value=1e-10, max_value=100), st.floats(min_value=0, max_value=0.01), st.sampled_from([0.002, 0.02]))
def test_calibration_ends_with_values_that_span_the_value_time(each: float, overhead: float, value_time: float) -> None:
    calls: list[int] = []

    def call(loops: int) -> Sample:
        calls.append(loops)
        return Sample(FINISHED, values=((each * loops + overhead) / loops, each * 1.5 + overhead))

    loops, sample = calibrate(call, value_time)
    assert min(sample.values) * loops >= value_time
    assert calls[-1] == loops
    assert calls == sorted(set(calls))


@given(st.floats(min_value=1e-10, max_value=100))
def test_calibration_does_not_overshoot_a_steady_program(each: float) -> None:
    loops, _ = calibrate(lambda _: Sample(FINISHED, values=(each,)), 0.02)
    assert loops == 1 or (loops - 1) * each <= 0.02 * 1.2


def test_calibration_ends_at_a_failure() -> None:
    samples = iter([Sample(FINISHED, values=(1e-6,)), Sample(FINISHED, failure="exit status 2: panic")])
    _, sample = calibrate(lambda _: next(samples), 0.02)
    assert sample.failure == "exit status 2: panic"


@pytest.mark.parametrize(("warmup", "count"), [(0.0, 0), (0.2, 10), (0.001, 1)])
def test_warm_up_values_make_up_the_warm_up_time(warmup: float, count: int) -> None:
    assert warmup_count(Sample(FINISHED, values=(0.004, 0.005)), 5, warmup) == count
