"""What a run writes down: `run.json` and one JSON file per benchmark. Their JSON Schema is published with the site."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bench.catalog.model import FEWEST, WIDEST

SCHEMA_VERSION = 1
SLOWEST_CANARY = 1.15
"""Canary score above which an interpreter counts as built without optimisation."""

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Machine(Record):
    """The computer as the process saw it. A field that the platform does not tell is None."""

    hostname: str
    cpu: str
    cores: int
    memory: int
    """Bytes."""
    kernel: str
    system: str
    """Operating system and its release, e.g. "Debian GNU/Linux 13"."""
    virtualisation: str | None
    clock_source: str | None
    cpu_limit: float | None
    """Cores that the control group allows."""
    memory_limit: int | None
    """Bytes that the control group allows."""
    governor: str | None

    @property
    def digest_key(self) -> str:
        """What makes two runs comparable as one machine's: a new kernel, CPU, size or limit is another machine."""
        return "|".join(
            str(part)
            for part in (self.hostname, self.cpu, self.cores, self.memory >> 30, self.kernel, self.system, self.cpu_limit)
        )


class Canary(Record):
    """How fast the interpreter runs bytecode, against a yardstick on the same machine; see `bench/records/canary.py`."""

    kernels: dict[str, float]
    """Kernel -> time relative to the same kernel on an optimised build; 1.0 is as expected, more is slower."""
    score: float
    """Their geometric mean."""
    reference: str
    """The optimised build that they are relative to."""


class PythonRuntime(Record):
    """One interpreter with its environment: a variant."""

    name: str
    """For example "cpython-3.14" or "cpython-3.14-jit"."""
    specification: str
    """What `--python` was given."""
    implementation: str
    version: str
    executable: str
    origin: str
    """Who built it, as far as it tells: "Debian", "pyenv", "python-build-standalone", ..."""
    compiler: str
    configure_arguments: str
    compiler_flags: str
    gil: bool | None
    """Whether the GIL is on; None where the implementation does not tell."""
    jit: bool | None
    """Whether CPython's JIT is on; None where the implementation does not tell."""
    environment: dict[str, str]
    """Variables set for the measured processes."""
    canary: Canary | None
    """None for implementations that have no reference, such as PyPy."""
    packages: dict[str, str]
    """Distributions in the measured environment and their versions."""

    @property
    def optimised(self) -> bool:
        """False when the canary is more than 15 % slower than an optimised build."""
        return self.canary is None or self.canary.score <= SLOWEST_CANARY


class GoRuntime(Record):
    """The Go toolchain and what it built."""

    name: str
    """For example "go-1.27"."""
    version: str
    executable: str
    target: str
    """For example "linux/amd64"."""
    goamd64: str | None
    build_settings: dict[str, str]
    """The build lines of `go version -m` of a measured binary."""
    modules: dict[str, str]
    """Modules that the measured binaries depend on and their versions."""


class Plan(Record):
    """How the run was laid out; with the seed it determines every order drawn."""

    profile: Literal["smoke", "quick", "full"]
    min_pairs: int
    max_pairs: int
    layouts: int
    """Go binaries per package, each linked with another `-randlayout`."""
    controls: int
    """Programs that are measured against themselves."""
    values: int
    """Values per invocation."""
    warmup: float
    """Seconds of warm-up at the least."""
    value_time: float
    """Seconds that one value spans at the least."""
    served: int = 0
    """Rounds of web servers at the least."""
    phase: float = 0.0
    """Seconds that a web server is loaded for at a time."""
    seed: int
    program_cpus: tuple[int, ...]
    """CPUs the measured programs were pinned to; empty where the platform has no pinning."""
    harness_cpus: tuple[int, ...]
    benchmarks: tuple[str, ...]


class Run(Record):
    """`run.json`: one run of the measure stage."""

    schema_version: int = SCHEMA_VERSION
    id: str
    """The folder's name: <date>-<host>-<sha7>."""
    started: datetime
    finished: datetime | None
    """None while it is under way or was cut short; `--resume` goes on with it."""
    commit: str
    dirty: bool
    """Whether files that git tracks differed from the commit."""
    command: str
    machine: Machine
    pythons: tuple[PythonRuntime, ...]
    """The first is the headline's."""
    go: GoRuntime
    database: str | None = None
    """What the web servers had behind them: "PostgreSQL 18.1"."""
    plan: Plan


class Reading(Record):
    """One process at one of the moments that it marked; see `bench/measure/instruments/marked.py`."""

    count: int | None
    """How many items it held, in an entry with `counts`."""
    mark: str
    figures: dict[str, float]
    """Bytes: "peak" (VmHWM), "resident" (VmRSS) and "runtime" of the process, "proportional" (PSS) and "group" of all that it has
    started, itself included; and what the program observed, in the entry's unit or as the page says."""


class Invocation(Record):
    """One fresh process: its values and what went on around it."""

    round: int
    position: int
    """Place in the random order of its round, from 0."""
    program: str
    """"python/<tier>/<runtime>" or "go/<tier>"."""
    control: bool
    """True for the second invocation of a program in its round: the pair (ordinary, control) is an A/A pair."""
    layout: int | None
    """Seed of the Go binary's layout; None for Python."""
    started: datetime
    seconds: float
    """Whole process, start to exit."""
    loops: int
    """Iterations per value."""
    warmups: tuple[Seconds, ...]
    """Seconds per iteration, as are the values."""
    values: tuple[Seconds, ...]
    checksum: int | None
    """Of the answer: see `bench/workloads/checksum.py`."""
    steal: Share
    """Share of the pinned CPU's time that the hypervisor took meanwhile."""
    load: float
    """One-minute load average at the start."""
    voluntary_switches: int
    involuntary_switches: int
    throttled: int
    """Times that the control group or the CPU was throttled meanwhile."""
    swapped: int
    """Pages swapped in or out meanwhile, on the whole machine."""
    gil: bool | None = None
    """Whether the GIL was on after all imports, where the interpreter tells."""
    readings: tuple[Reading, ...] = ()
    """What the values are made of, where the processes were read at marks."""
    failure: str | None = None
    """Why there are no values: exit status and the end of standard error."""


class BenchmarkResult(Record):
    """`<section>--<name>.json`: every invocation of one benchmark in one run."""

    schema_version: int = SCHEMA_VERSION
    run: str
    benchmark: str
    sources: str
    """Digest of the catalog entry's measured part, the programs' sources and the locked requirements."""
    digest: str
    """Digest of `sources`, the runtimes and the machine: an equal one need not be measured again."""
    complete: bool
    """Whether the stopping rule was met or the most pairs were reached."""
    widest: float = WIDEST
    """Relative half-width up to which an interval is published: the catalog's."""
    fewest: int = FEWEST
    """Pairs without which nothing is published: the catalog's."""
    better: Literal["lower", "higher"] = "lower"
    """Which direction is better: the catalog's."""
    loops: dict[str, int]
    """Program -> iterations per value, calibrated once and then frozen."""
    warmups: dict[str, int]
    """Program -> warm-up values before those that count, frozen likewise."""
    values: dict[str, int] = {}
    """Program -> values, frozen likewise; the plan's where it says nothing."""
    unavailable: dict[str, str]
    """Program -> why it could not be run on this machine."""
    invocations: tuple[Invocation, ...]
