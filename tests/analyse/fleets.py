"""Made-up latency curves, instances and demands for the tests of the fleet model and of its predictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.analyse.deployments import Demand, Endpoint, Instance, Latencies
from bench.analyse.quantities import Quantity
from bench.analyse.records import Interval
from bench.records.run import BenchmarkResult, Invocation, Reading
from tests.synthetic import PURE, invocation, result

STEPS = {"p50": 1.1, "p90": 1.5, "p99": 3.0, "p999": 6.0, "longest": 8.0}
"""Percentile -> how many services it lies above an endpoint's floor."""


LIGHT = {"p50": 1.5e-3, "p90": 1.7e-3, "p99": 2.0e-3, "p999": 5.0e-3, "max": 6.0e-3, "server_cpu": 1.3, "proportional": 65e6}
HALF = {
    "p50": 1.6e-3,
    "p90": 2.0e-3,
    "p99": 3.0e-3,
    "p999": 6.0e-3,
    "max": 7.0e-3,
    "rate": 500.0,
    "server_cpu": 1.2,
    "proportional": 70e6,
}
FULL = {"rate": 1000.0, "server_cpu": 1.0}
CURVE = {"start": {"seconds": 0.4, "proportional": 60e6}, "saturation": FULL, "25%": LIGHT, "50%": HALF}


def curve(
    number: int = 0, factor: float = 1.0, program: str = PURE, phases: Mapping[str, Mapping[str, float]] = CURVE
) -> Invocation:
    """Return an invocation of a server that takes a millisecond for each request, times the factor."""
    readings = [
        Reading(count=None, mark=mark, metrics={k: v / factor if k == "rate" else v * factor for k, v in metrics.items()})
        for mark, metrics in phases.items()
    ]
    return invocation(round=number, program=program, layout=None, readings=tuple(readings))


def curves(count: int = 9, program: str = PURE) -> BenchmarkResult:
    """Return a curve of each round, each a hundredth slower than the one before; the middle one takes a millisecond."""
    return result(tuple(curve(number, 1 + (number - count // 2) / 100, program) for number in range(count)))


def measured(value: float, width: float = 0.0) -> Quantity:
    """Return a quantity with an interval of as much to both sides; 0.1 is a tenth."""
    interval = Interval(low=value * (1 - width), high=value * (1 + width), confidence=0.95)
    return Quantity(value=value, interval=interval)


def endpoint(service: float = 1e-3, *, width: float = 0.0, **changes: Any) -> Endpoint:
    """Return an endpoint whose response times at half load are a little more than its service and half a millisecond."""
    percentiles = {name: measured(0.5e-3 + step * service, width) for name, step in STEPS.items()}
    fields: dict[str, Any] = {
        "service": measured(service, width),
        "processor": measured(1.2 * service, width),
        "variation": measured(0.5, width),
        "latencies": Latencies(load=0.5, **percentiles),
        "throughput": measured(1 / service, width),
    }
    return Endpoint(**(fields | changes))


def instance(width: float = 0.0, **changes: Any) -> Instance:
    """Return an instance with a light and a heavy endpoint, and one worker."""
    fields: dict[str, Any] = {
        "endpoints": {"read": endpoint(1e-3, width=width, queries=1), "list": endpoint(5e-3, width=width, queries=2)},
        "memory": measured(100e6, width),
        "worker_memory": measured(50e6, width),
        "start": measured(0.5, width),
    }
    return Instance(**(fields | changes))


def demand(**changes: Any) -> Demand:
    """Return 2,000 requests a second, four of five light, with a target that the cap meets."""
    fields: dict[str, Any] = {"rate": 2000, "mix": {"read": 0.8, "list": 0.2}, "p99": 0.2, "utilisation": 0.6}
    return Demand(**(fields | changes))
