"""The model against what was measured whole: what it predicts of the parts, how far off that is, and where it is switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bench.analyse import fleet, parts, queueing
from bench.analyse.deployments import Demand, Instance
from bench.analyse.quantities import Ends, Quantity, derived, over_ends, within
from bench.analyse.records import Record
from bench.records.run import BenchmarkResult

LIMIT = 0.15
"""Relative error beyond which the model is not shown for what it predicts so badly."""
HALF = 0.5
"""The share of its throughput that an instance is asked for where its 99th percentile is predicted."""


METRICS = {
    "throughput": "rate",
    "processor time": "server_cpu",
    "processor time at saturation": "server_cpu",
    "99th percentile at half load": "p99",
}
"""What is predicted -> the metric that it is measured by: requests a second, processor seconds for 1,000 requests, seconds."""


class Prediction(NamedTuple):
    """What the model says of a whole."""

    metric: str
    mark: str
    """Where the whole has it."""
    value: Quantity


class Comparison(Record):
    """A prediction, and the measurement of the whole that it is about, in the same unit."""

    part: str
    """What is predicted from its parts, as pages name it: "the CRUD mix"."""
    metric: str
    """For example "throughput"."""
    program: str
    predicted: Quantity
    measured: Quantity

    @property
    def error(self) -> float:
        """Relative: 0.1 where the prediction is a tenth too high."""
        return self.predicted.value / self.measured.value - 1

    @property
    def close(self) -> bool:
        """Whether the error is within the limit."""
        return abs(self.error) <= LIMIT

    @property
    def holds(self) -> bool:
        """Whether it is close, or the measurement leaves open that it is right: it lies in the measured interval."""
        return self.close or self.measured.interval.contains(self.predicted.value)

    @property
    def off(self) -> str | None:
        """Why the model is not shown for this metric of this part and program, as a sentence; None where it is close."""
        if self.close:
            return None
        return (
            f"For {self.program} the model is switched off: its {self.metric} of {self.part} is {abs(self.error):.0%} too "
            f"{'high' if self.error > 0 else 'low'}, and {LIMIT:.0%} is the limit."
        )


def of_mix(part: str, program: str, instance: Instance, demand: Demand, whole: BenchmarkResult) -> tuple[Comparison, ...]:
    """Return what an instance's endpoints predict of their mix, beside what was measured of it: as far as it was.

    Throughput is that beside the database and the load generator, which may be busy before the server; what an instance serves
    with a database of its own follows from its processor time at saturation. The 99th percentile is that at the rate at which it
    was measured.

    Args:
        part: what the mix is called.
        program: whose instance it is, and whose invocations are taken of the whole.
        instance: from its endpoints, with one worker.
        demand: the mix, its distance and its arrivals, which have a constant rate where an open loop sends them.
        whole: the mix as it was measured, with a latency curve.

    Returns:
        Requests a second, processor seconds for 1,000 requests at half load and at saturation, and seconds; what was not measured
        is left out.
    """
    each, asked = mix_processor(instance, demand), parts.reading(whole, program, parts.HALF, "rate")
    kept = mix_service(instance, demand)
    predictions = (
        Prediction("throughput", parts.SATURATED, fleet.throughput_as_measured(instance, demand)),
        Prediction("processor time", parts.HALF, derived(lambda end: 1000 * each.at(end), [each])),
        Prediction("processor time at saturation", parts.SATURATED, derived(lambda end: 1000 * kept.at(end), [kept])),
        *([Prediction("99th percentile at half load", parts.HALF, mix_p99(instance, demand, asked.value))] if asked else []),
    )
    return _beside(part, program, predictions, whole)


def limits(result: BenchmarkResult, program: str) -> bool:
    """Whether the program was what limited its throughput, and not the database or the load generator beside it."""
    busy = parts.used(result, program)
    return busy is not None and busy.value >= parts.BUSY


def of_workers(part: str, program: str, one: BenchmarkResult, workers: int, whole: BenchmarkResult) -> tuple[Comparison, ...]:
    """Return what one worker predicts of several, each with a CPU of its own; `one` and `whole` were measured in the same way."""
    rate = parts.reading(one, program, parts.SATURATED, METRICS["throughput"])
    processor = parts.reading(one, program, parts.HALF, METRICS["processor time"])
    predictions = (
        *([Prediction("throughput", parts.SATURATED, several_workers(rate, workers))] if rate else []),
        *([Prediction("processor time", parts.HALF, derived(processor.at, [processor]))] if processor else []),
    )
    return _beside(part, program, predictions, whole)


def of_quota(part: str, program: str, without: BenchmarkResult, quota: float, whole: BenchmarkResult) -> tuple[Comparison, ...]:
    """Return what throughput without a quota predicts of that within one, which is in CPUs."""
    rate, used = parts.reading(without, program, parts.SATURATED, "rate"), parts.used(without, program)
    predictions = [Prediction("throughput", parts.SATURATED, under_quota(rate, used, quota))] if rate and used else []
    return _beside(part, program, predictions, whole)


def of_chain(part: str, program: str, services: Mapping[str, Instance], whole: BenchmarkResult) -> tuple[Comparison, ...]:
    """Return what services predict of the chain that they make on one CPU together, at a constant rate of requests.

    Args:
        part: what the chain is called.
        program: all of its services.
        services: the one endpoint of each service that a request asks for -> the service, with one worker; the gateway is one.
        whole: the chain as it was measured, with a latency curve.
    """
    asked = {name: instance.endpoints[name] for name, instance in services.items()}
    kept = [endpoint.service for endpoint in asked.values()]
    throughput = derived(lambda end: 1 / sum(service.at(end) for service in kept), kept)
    each = chain_processor([endpoint.processor for endpoint in asked.values()])
    rate = parts.reading(whole, program, parts.HALF, "rate")
    shared = next(iter(services.values())).model_copy(update={"endpoints": asked})  # one CPU does the work of all
    calls = constant(dict.fromkeys(asked, 1 / len(asked)), len(asked) * rate.value) if rate else None
    predictions = (
        *([Prediction("throughput", parts.SATURATED, throughput)] if limits(whole, program) else []),
        Prediction("processor time", parts.HALF, derived(lambda end: 1000 * each.at(end), [each])),
        *([Prediction("99th percentile at half load", parts.HALF, chain_percentile([(shared, calls)], 0.99))] if calls else []),
    )
    return _beside(part, program, predictions, whole)


def _beside(part: str, program: str, predictions: Iterable[Prediction], whole: BenchmarkResult) -> tuple[Comparison, ...]:
    """Return predictions beside what was measured of the whole, without those of which nothing was."""
    return tuple(
        Comparison(part=part, metric=one.metric, program=program, predicted=one.value, measured=measured)
        for one in predictions
        if (measured := parts.reading(whole, program, one.mark, METRICS[one.metric]))
    )


def several_workers(one: Quantity, workers: int) -> Quantity:
    """Return the throughput of several workers, each with a CPU of its own, from that of one."""
    return derived(lambda end: workers * one.at(end), [one])


def under_quota(throughput: Quantity, cpus: Quantity, quota: float) -> Quantity:
    """Return the throughput under a quota of CPUs from that without, at which so many CPUs were used."""
    low, value, high = (throughput.at(end) for end in ("low", "value", "high"))
    return within(
        value * min(1.0, quota / cpus.value),
        (low * min(1.0, quota / cpus.at("high")), high * min(1.0, quota / cpus.at("low"))),
        [throughput, cpus],
    )


def constant(mix: Mapping[str, float], rate: float = 1.0, distance: float = 0.0) -> Demand:
    """Return the demand of an open loop, whose rate is constant; what it asks of response times does not count."""
    return Demand(rate=rate, mix=dict(mix), distance=distance, p99=1.0, utilisation=HALF, arrivals=0.0)


def mix_processor(instance: Instance, demand: Demand) -> Quantity:
    """Return the processor seconds that a request of the mix takes on average, from those of its endpoints."""
    total = fleet.busy(instance, demand)
    return derived(lambda end: total.at(end) / demand.rate, [total])


def mix_service(instance: Instance, demand: Demand) -> Quantity:
    """Return the seconds that a request of the mix keeps the worker on average, from those of its endpoints."""
    kept = {name: instance.endpoints[name].service for name in demand.mix}
    return derived(lambda end: sum(share * kept[name].at(end) for name, share in demand.mix.items()), kept.values())


def mix_p99(instance: Instance, demand: Demand, rate: float) -> Quantity:
    """Return the 99th percentile of the mix on one instance that is asked for so many requests in a second.

    The demand's own rate does not count; its mix, distance and arrivals do.
    """
    return fleet.response(instance, demand.model_copy(update={"rate": rate}), 1, 0.99)


def chain_processor(services: Sequence[Quantity]) -> Quantity:
    """Return the processor seconds that a request takes of a whole chain, from what each call takes of its service."""
    return derived(lambda end: sum(service.at(end) for service in services), services)


def chain_percentile(services: Sequence[tuple[Instance, Demand]], share: float) -> Quantity:
    """Return the seconds that a share of the requests through a chain takes at the most, from its services' response times.

    Args:
        services: one instance of each, with what the chain asks of it. A request calls each endpoint of its mix once, one after
            the other.
        share: of the requests.
    """

    def through(ends: Ends) -> float:
        calls = [call for instance, demand in services for call in fleet.responses(instance, demand, 1, ends)]
        return queueing.percentile_in_series(calls, share)

    return over_ends(through, [quantity for instance, demand in services for quantity in fleet.inputs(instance, demand)])
