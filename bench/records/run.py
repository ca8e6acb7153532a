"""What a run writes down: `run.json` and one JSON file per benchmark. Their JSON Schema is published with the site."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from bench.catalog.model import MAX_HALF_WIDTH, MIN_PAIRS

SCHEMA_VERSION: Literal[2] = 2
NO_COMMIT = "none"
"""The commit of files that are in no repository of their own."""
SLOWEST_CANARY = 1.15
"""Canary score above which an interpreter counts as built without optimisation."""

RunId = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d\d-\d\d-[a-z0-9]+(-[a-z0-9]+)*-([0-9a-f]{7}|none)(-[1-9]\d*)?$", max_length=120),
]
"""<date>-<host>-<first seven digits of the commit>, and a number where there are several: a folder's name, and nothing else."""
BenchmarkId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Program = Annotated[str, StringConstraints(pattern=r"^(python/[a-z0-9-]+/[a-z0-9][a-z0-9.-]*|go/[a-z0-9-]+)$", max_length=120)]
""""python/<variant>/<runtime>" or "go/<variant>"."""
RuntimeName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80)]
HostName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$", max_length=253)]
Commit = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|none)$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Machine(Record):
    """The computer as the process saw it. A field that the platform does not tell is None."""

    hostname: HostName
    cpu: str
    """The model's name, as the CPU says it."""
    cpu_family: str | None = None
    """Vendor, family, model and stepping: virtual machines often hide the model's name. None in runs of schema 1."""
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
    def cpus(self) -> float:
        """The CPUs that a program may use at the most."""
        return min(float(self.cores), self.cpu_limit or float(self.cores))

    @property
    def identity(self) -> tuple[str, str | None, str]:
        """What has to be equal for two runs to count as one machine's: CPU model, its family, and kernel."""
        return self.cpu, self.cpu_family, self.kernel


class Canary(Record):
    """How fast the interpreter runs bytecode, against a yardstick on the same machine; see `bench/records/canary.py`."""

    kernels: dict[str, float]
    """Kernel -> time relative to the same kernel on an optimised build; 1.0 is as expected, more is slower."""
    score: float
    """Their geometric mean."""
    reference: str
    """The optimised build that they are relative to."""


class PythonRuntime(Record):
    """One interpreter with its environment."""

    name: RuntimeName
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
    def build(self) -> tuple[str, ...]:
        """What makes two interpreters one build: name, version, compiler, configuration, and the variables that are set."""
        settings = (f"{name}={value}" for name, value in sorted(self.environment.items()))
        return self.name, self.version, self.compiler, self.configure_arguments, *settings

    @property
    def optimised(self) -> bool:
        """False when the canary is more than 15 % slower than an optimised build."""
        return self.canary is None or self.canary.score <= SLOWEST_CANARY


class GoRuntime(Record):
    """The Go toolchain and what it built."""

    name: RuntimeName
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

    @property
    def build(self) -> tuple[str, ...]:
        """What makes two toolchains one: version, target, and the level of the instruction set."""
        return self.version, self.target, self.goamd64 or ""


class Plan(Record):
    """How the run was laid out; with the seed it determines every order drawn."""

    profile: Literal["smoke", "quick", "full"]
    min_pairs: int
    max_pairs: int
    layouts: int
    """Go binaries per package, each linked with another `-randlayout`."""
    aa_controls: int
    """Programs that are measured against themselves."""
    values: int
    """Values per invocation."""
    warmup: float
    """Seconds of warm-up at the least."""
    value_time: float
    """Seconds that one value spans at the least."""
    min_http_rounds: int = 0
    """Rounds of web servers at the least."""
    phase: float = 0.0
    """Seconds that a web server is loaded for at a time."""
    seed: int
    program_cpus: tuple[int, ...]
    """CPUs the measured programs were pinned to; empty where the platform has no pinning."""
    harness_cpus: tuple[int, ...]
    only: str = "*"
    """The benchmarks that were asked for: globs with commas between them."""
    database_url: str | None = None
    """The database that was asked for, without its password; None for one of the run's own."""
    programs: dict[BenchmarkId, tuple[Program, ...]]
    """Benchmark -> the programs that are measured of it, or would be if the machine could."""

    @property
    def benchmarks(self) -> tuple[str, ...]:
        return tuple(self.programs)


class Part(Record):
    """What one part of a run was measured with: the first, and another each time that the run was resumed."""

    started: AwareDatetime
    commit: Commit
    """"none" where the files are in no repository of their own."""
    dirty: bool
    """Whether files that git tracks differed from the commit; true where there is none."""
    harness: Sha256 | None
    """Digest of bench/measure and bench/records; None in runs of schema 1."""
    database: str | None
    """What the web servers had behind them: "PostgreSQL 18.1"; None without web servers."""
    command: str
    """What was typed, without passwords."""


class Seal(Record):
    """What a run consisted of when `run.json` was written: SHA-256 of its files."""

    run: Sha256
    """Of `run.json` itself: of the record without its seal, as `bench/records/seal.py` writes it."""
    files: dict[str, Sha256]
    """File name -> digest of its bytes."""


class Run(Record):
    """`run.json`: one run of the measure stage."""

    schema_version: Literal[2] = SCHEMA_VERSION
    id: RunId
    """The folder's name."""
    started: AwareDatetime
    finished: AwareDatetime | None
    """None while it is under way or was cut short; `--resume` continues it."""
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    machine: Machine
    pythons: Annotated[tuple[PythonRuntime, ...], Field(min_length=1)]
    """The first is the headline's."""
    go: GoRuntime
    plan: Plan
    seal: Seal | None = None
    """Of what was written with it; None in runs of schema 1, whose digests are in bench/results/digests.json."""

    @property
    def commit(self) -> str:
        """The commit that the run began at."""
        return self.parts[0].commit

    @property
    def dirty(self) -> bool:
        return any(part.dirty for part in self.parts)

    @property
    def database(self) -> str | None:
        """The database of the last part."""
        return self.parts[-1].database


class Reading(Record):
    """One process at one of the moments that it marked; see `bench/measure/instruments/marked.py`."""

    count: int | None
    """How many items it held, in an entry with `counts`."""
    mark: str
    metrics: dict[str, Annotated[float, Field(allow_inf_nan=False)]]
    """Bytes: "peak" (VmHWM), "resident" (VmRSS) and "runtime" of the process, "proportional" (PSS) and "group" of all that it has
    started, itself included; and what the program observed, in the entry's unit or as the page says."""


class Invocation(Record):
    """One fresh process: its values and what went on around it."""

    round: Annotated[int, Field(ge=0)]
    position: Annotated[int, Field(ge=0)]
    """Place in the random order of its round, from 0."""
    program: Program
    control: bool
    """True for the second invocation of a program in its round: the pair (ordinary, control) is an A/A pair."""
    beside: Program | None = None
    """Of a Go program: the Python program that it was run next to, to make a pair with it; runs before December 2026 lack it."""
    layout: int | None
    """Seed of the Go binary's layout; None for Python."""
    started: AwareDatetime
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
    foreign: Share | None = None
    """Share of the time of the program's CPUs that others used meanwhile; None where that is not known, as in schema 1."""
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

    def model_post_init(self, _: object) -> None:
        # Each would keep a set of the names of its keys, which takes most of the memory of a run and which nobody reads.
        object.__setattr__(self, "__pydantic_fields_set__", KEYS)


KEYS = set(Invocation.model_fields)


class BenchmarkResult(Record):
    """`<section>--<name>.json`: every invocation of one benchmark in one run."""

    schema_version: Literal[2] = SCHEMA_VERSION
    run: RunId
    benchmark: BenchmarkId
    programs: dict[Program, Sha256]
    """Program -> digest of what was measured: the entry's measured part, sources, inputs, and libraries with all they need."""
    complete: bool
    """Whether the stopping rule was met or the most pairs were reached, and every program that could be measured was."""
    max_half_width: float = MAX_HALF_WIDTH
    """Relative half-width up to which an interval is published: the catalog's."""
    min_pairs: int = MIN_PAIRS
    """Pairs without which nothing is published: the catalog's."""
    better: Literal["lower", "higher"] = "lower"
    """Which direction is better: the catalog's."""
    loops: dict[Program, int]
    """Program -> iterations per value, calibrated once and then frozen."""
    warmups: dict[Program, int]
    """Program -> warm-up values before those that count, frozen likewise."""
    values: dict[Program, int] = {}
    """Program -> values, frozen likewise; the plan's where it says nothing."""
    unavailable: dict[Program, str]
    """Program -> why it could not be run on this machine."""
    invocations: tuple[Invocation, ...]

    @property
    def answers(self) -> dict[int, list[str]]:
        """Checksum of an answer -> the programs that gave it; a single one where all did the same work."""
        answers: dict[int, set[str]] = {}
        for invocation in self.invocations:
            if invocation.checksum is not None:
                answers.setdefault(invocation.checksum, set()).add(invocation.program)
        return {checksum: sorted(programs) for checksum, programs in answers.items()}
