"""The catalog's records. A TOML file is valid exactly when these models accept it and `loader` finds what it names."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

PythonTier = Literal["pure", "standard-library", "compiled", "native-library"]
"""Who does the work: bytecode, the interpreter's own C code, machine code that a compiler made of the program, or a library's."""
GoTier = Literal["standard-library", "library", "tuned"]
"""Likewise; "tuned" is the standard library with a setting or a form of code that one chooses only where it matters."""
Variant = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=24)]
"""What distinguishes the programs of one language within a benchmark: their tier; or, where several belong to one tier, a name of
their own, such as "asyncio" and "threads"."""
Work = Literal[
    "I/O-bound, few connections",
    "I/O-bound, many connections",
    "waiting operations, thousands",
    "processor-bound jobs",
    "large data to other processors",
    "shared state",
    "mixed",
]
Requirements = Literal[
    "core", "compile", "web", "concurrency", "frameworks", "services", "data", "ml", "ml-torch", "ml-tensorflow"
]
"""A file of bench/requirements/."""
ON_DEMAND = ("ml", "ml-torch", "ml-tensorflow")
"""Those that take hundreds of megabytes: installed only where a benchmark that needs them is asked for by name."""
Scalar = int | float | str
Answer = Scalar | list[Scalar]
BenchmarkId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
DataAccess = Literal["driver", "orm"]
"""How a web server queries the database: with SQL through a driver, or through an object-relational mapper."""
DATABASE_ENDPOINTS = ("one-query", "twenty-queries", "fortunes", "twenty-updates")


MIN_PAIRS = 15
"""Fewest pairs to publish a result of."""
MIN_HTTP_PAIRS = 6
"""The same for servers under load: an invocation takes ten seconds, and six is the smallest number that has a 95 % interval."""
MAX_HALF_WIDTH = 0.05
"""Relative half-width up to which an interval is published: docs/decisions/intervals.md has the reasons."""
MAX_HALF_WIDTH_SHARED = 0.10
"""The same where the programs use all CPUs, the harness's own among them."""
MAX_HALF_WIDTH_TAIL = 0.25
"""The same for metrics in `TAILS`."""
TAILS = ("p99", "max")


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PythonImplementation(Record):
    """One Python program: `bench/workloads/<module>.py`, which exposes `run(...)`."""

    tier: PythonTier
    """Who does the work. Written only where the variant is not the tier itself."""
    module: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$")]
    library: str | None = None
    """The distribution that does the work, as its requirement file names it; none for pure and standard library."""
    since: Annotated[str, StringConstraints(pattern=r"^3\.[0-9]+$")] | None = None
    """The first version of the language that the program runs with."""
    extension: bool = False
    """Whether mypyc, the `library`, compiles the module beforehand, which takes the machine's C compiler."""
    most: Annotated[int, Field(gt=0)] | None = None
    """The largest of the benchmark's counts that the program is run with; None for all of them."""
    arguments: tuple[str, ...] = ()
    """Of a web server: the arguments of the interpreter."""
    packages: tuple[str, ...] = ()
    """The distributions that it needs besides its library, as requirements name them, without their dependencies."""
    requirements: Requirements | None = None
    """Which file of bench/requirements/ it is installed from, where that is not the benchmark's."""
    lacks: str | None = None
    """Of a web server: why it lacks the benchmark's endpoint."""
    title: str | None = None
    """Of a web server: what pages call it, in place of variant and library."""
    access: DataAccess | None = None
    """Of a web server, at an endpoint that queries the database: how."""

    @property
    def path(self) -> str:
        return f"bench/workloads/{self.module.replace('.', '/')}.py"


class GoImplementation(Record):
    """One Go program: the package `go_examples/<package>`, which exposes `Run(...)`."""

    tier: GoTier
    """Who does the work. Written only where the variant is not the tier itself."""
    package: Annotated[str, StringConstraints(pattern=r"^[a-z]+(/[a-z0-9]+)+$")]
    library: str | None = None
    """The module that does the work, as go.mod names it; none for the standard library."""
    environment: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]+$")], str] = {}
    """Variables that it is started with, such as GOGC."""
    cgo: bool = False
    """Whether it is compiled from C as well, which takes the machine's C compiler."""
    loads: Literal["onnxruntime"] | None = None
    """The distribution of the requirements whose shared library it loads; the variable ONNXRUNTIME says where that is."""
    c_library: Literal["openblas"] | None = None
    """The C library of the machine that it is linked with, which `golang.C_LIBRARIES` describes."""
    most: Annotated[int, Field(gt=0)] | None = None
    """As Python's."""
    lacks: str | None = None
    """As Python's."""
    title: str | None = None
    """As Python's."""
    access: DataAccess | None = None
    """As Python's."""

    @property
    def path(self) -> str:
        return f"go_examples/{self.package}"


class Server(Record):
    """One web server, with every endpoint of the contract in docs/decisions/web.md: a program of each `http` benchmark.

    One that `varies` another queries the database in another way, and is a program where that is measured, and nowhere else.
    """

    name: Variant
    title: str
    framework: str
    """Servers of one framework share it: "fastapi" runs on two."""
    language: Literal["python", "go"]
    tier: PythonTier | GoTier
    library: str | None = None
    """The framework's distribution or module; none for a floor that is the standard library's."""
    module: str | None = None
    """Of Python: the file with the handlers, below bench/workloads/."""
    package: str | None = None
    """Of Go: the command, below go_examples/."""
    arguments: tuple[str, ...] = ()
    """Of Python: the arguments of the interpreter; {port} and {workers} are filled in. Go's servers read PORT and GOMAXPROCS."""
    packages: tuple[str, ...] = ()
    """The distributions that it needs, as requirements name them."""
    settings: tuple[str, ...]
    """The settings that are those of production, in words."""
    lacks: dict[str, str] = {}
    """Endpoint, or a benchmark's name -> why the server lacks it."""
    access: DataAccess
    varies: Variant | None = None
    """The server that it is but for its data access."""
    alternative: Variant | None = None
    """The server of the same framework that stands for both where a request goes a distance or has a quota."""
    first: Annotated[int, Field(gt=1990)]
    """The year of the framework's first release."""
    released: date
    """The day on which the measured version was released."""
    licence: str

    @model_validator(mode="after")
    def _has_a_program(self) -> Server:
        needed, excluded = ("module", "package") if self.language == "python" else ("package", "module")
        if getattr(self, needed) is None or getattr(self, excluded) is not None:
            raise ValueError(f"a server in {self.language.capitalize()} needs {needed}, and no {excluded}")
        return self

    def lacking(self, endpoint: str, benchmark: str | None = None) -> str | None:
        """Return why the server lacks an endpoint, or a benchmark of it by its name, if it does."""
        if self.varies and endpoint not in DATABASE_ENDPOINTS:
            return f"{self.title} differs in its data access alone, and is measured where the database is queried"
        return self.lacks.get(benchmark or endpoint) or self.lacks.get(endpoint)

    @property
    def program(self) -> dict[str, object]:
        """The server as a program of an entry, without what differs between endpoints."""
        names = ("title", "tier", "library", "module", "package", "arguments", "packages")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    @property
    def path(self) -> str:
        """The path of its program, as entries have it: of Python the file with the handlers, of Go the folder."""
        if self.language == "go":
            return f"go_examples/{self.package}"
        return f"bench/workloads/{str(self.module).replace('.', '/')}.py"

    @property
    def folder(self) -> str:
        """The folder of its sources."""
        return self.path if self.language == "go" else self.path.rpartition("/")[0]


class Check(Record):
    """A small input and the answer that every implementation must give for it, in both languages' tests."""

    input: dict[str, Scalar] = {}
    files: dict[str, str] = {}
    answer: Answer
    tolerance: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Largest relative difference at which two floating-point answers are the same."""
    source: str
    """Where the answer comes from."""


class Headline(Record):
    """The variants whose ratio represents the benchmark where only one is shown."""

    python: Variant
    go: Variant = "standard-library"


class Benchmark(Record):
    """One comparison: the same work in both languages, in every variant that exists."""

    id: BenchmarkId
    title: str
    question: str
    page: str
    """The page that shows it, below docs/, without `.md`; the anchor there is the part of the id after the slash."""
    instrument: Literal["time", "memory", "observe", "http", "queue", "command"]
    unit: Literal["second", "byte", "request/second", "message/second"]
    better: Literal["lower", "higher"]
    action: Literal["run", "serve", "rebuild", "compile", "install", "size", "source"] | None = None
    """What the `command` instrument does with each program: see `bench/measure/instruments/commands.py`."""
    page_cache: Literal["warm", "dropped"] = "warm"
    """Whether the `command` instrument drops the kernel's page cache before each start."""
    metric: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")] | None = None
    """Of an entry whose instrument is `memory`, `observe`, `http` or `queue`: the metric of a process that is compared, at its
    last mark; "slope" is the growth of `reading` with the argument `count`. See `bench/measure/instruments/marked.py`."""
    reading: Literal["peak", "resident", "proportional", "group"] = "peak"
    """The reading whose slope is taken."""
    counts: tuple[Annotated[int, Field(gt=0)], ...] = ()
    """The values of the argument `count` that a slope is taken over, each in a process of its own."""
    cpus: Literal["one", "all"] = "one"
    """Whether the programs are pinned to one CPU, or may use all of the machine's."""
    companion: bool = False
    """Whether the programs need the other end of the wire: `go_examples/internal/companion`."""
    work: Work | None = None
    """The kind of work for which the benchmark stands in the table of tools."""
    requirements: Requirements = "core"
    """Which file of bench/requirements/ the Python programs are installed from, but for those that name another."""
    input: dict[str, Scalar] = {}
    """Arguments of `run`, the same on both sides."""
    files: dict[str, str] = {}
    """Arguments that are bytes: name of the argument -> file made by `bench/workloads/inputs.py`."""
    paths: tuple[str, ...] = ()
    """Arguments of `input` that name such a file, which the programs open by themselves."""
    domain: str | None = None
    """What the input is meant to hold. Within it all programs answer alike: see docs/decisions/domains.md."""
    check: Check
    headline: Headline
    python: Annotated[dict[Variant, PythonImplementation], Field(min_length=1)]
    go: Annotated[dict[Variant, GoImplementation], Field(min_length=1)]
    claims: tuple[ClaimId, ...] = ()
    overview: bool = True
    """Whether overviews and findings have it. What is not like with like has its page alone, and bears on no claim."""
    quick: bool = True
    """Whether `make site` measures it; the rest is measured by `make bench`."""

    @field_validator("python", "go", mode="before")
    @classmethod
    def _named_by_tier(cls, programs: object) -> object:
        """Give a program whose variant is its tier that tier."""
        if not isinstance(programs, dict):
            return programs
        tiers = {*get_args(PythonTier), *get_args(GoTier)}
        return {
            variant: {"tier": variant, **program} if isinstance(program, dict) and variant in tiers else program
            for variant, program in programs.items()
        }

    @property
    def section(self) -> str:
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        return self.id.partition("/")[2]

    @property
    def made(self) -> list[str]:
        """The files made by `bench/workloads/inputs.py` that its programs are given, by their bytes or by name."""
        return sorted({*self.files.values(), *(str(self.input.get(argument)) for argument in self.paths)})

    def requirements_of(self, python: str) -> Requirements:
        """Return which file of bench/requirements/ a Python variant is installed from."""
        return self.python[python].requirements or self.requirements

    @property
    def required(self) -> list[Requirements]:
        """The files of bench/requirements/ that its programs need."""
        return sorted({self.requirements, *map(self.requirements_of, self.python)})

    @property
    def on_demand(self) -> bool:
        """Whether it is measured only where it is asked for by name, for the size of what is downloaded before."""
        return any(requirements in ON_DEMAND for requirements in self.required)

    @property
    def group(self) -> str:
        """The benchmarks of one page are a group: "data-in-memory"; "concurrency-Go", where that would be a language's name."""
        folder, _, name = self.page.rpartition("/")
        return {"go": f"{folder}-Go", "python": f"{folder}-Python"}.get(name, name)

    @property
    def is_loaded(self) -> bool:
        """Whether its programs serve, with a database behind them, and are loaded for as long as a run's plan says."""
        return self.instrument in ("http", "queue")

    @property
    def max_half_width(self) -> float:
        """Relative half-width up to which an interval is published."""
        if self.metric in TAILS:
            return MAX_HALF_WIDTH_TAIL
        return MAX_HALF_WIDTH if self.cpus == "one" and not self.is_loaded else MAX_HALF_WIDTH_SHARED

    @property
    def min_pairs(self) -> int:
        """Fewest pairs to publish a result of."""
        return MIN_HTTP_PAIRS if self.is_loaded else MIN_PAIRS

    def counterparts(self, python: str) -> list[str]:
        """Return the Go variants that one of Python is compared with: all, by tier; or one that has its name, or the headline's.

        A name that says more on Python's side counts as well: "asyncio-yielding" is compared with "yielding". A web server is
        compared with one that queries the database as it does.
        """
        if self.by_tier:
            return list(self.go)
        if named := [go for go in self.go if f"-{python}".endswith(f"-{go}")]:
            return named[:1]
        return [self.of_same_access(python)]

    def of_same_access(self, python: str) -> str:
        """Return the Go variant that queries the database as one of Python does: the headline's, if that does, or the first."""
        access = self.python[python].access
        alike = [variant for variant, program in self.go.items() if program.access == access]
        return self.headline.go if self.headline.go in alike or not alike else alike[0]

    def alike(self, one: str, other: str) -> bool:
        """Whether two programs ("python/flask") query the database in the same way, if they do at all."""
        access = {f"python/{variant}": program.access for variant, program in self.python.items()}
        access |= {f"go/{variant}": program.access for variant, program in self.go.items()}
        return access.get(one) == access.get(other)

    @property
    def has_curve(self) -> bool:
        """Whether its web servers are asked for shares of their throughput, beside a rate that is the same for all."""
        return self.metric in TAILS and "rate" in self.input

    def like(self, python: str) -> str:
        """Return the one Go variant that is shown beside one of Python's in overviews: a library's beside a library's.

        What a compiler made of the program stands beside Go's own code.
        """
        if not self.by_tier:
            return self.counterparts(python)[0]
        program = self.python[python]
        if program.library and program.tier != "compiled" and "library" in self.go:
            return "library"
        return "standard-library" if "standard-library" in self.go else self.headline.go

    @property
    def by_tier(self) -> bool:
        """Whether the headline's programs are named by their tiers, so that each of Python's is compared with each of Go's.

        Programs with names of their own may stand beside those of the tiers; overviews and verdicts leave them out.
        """
        shown, python, go = self.headline, self.python.get(self.headline.python), self.go.get(self.headline.go)
        return (python is None or python.tier == shown.python) and (go is None or go.tier == shown.go)


SUPPORTED_FROM = 0.95
"""Share of the comparisons that bear a claim out, from which it is supported..."""
CONTRADICTED_TO = 0.2
"""...and up to which it is contradicted, where a claim's rule has no other."""


class FasterRule(Record):
    """How a claim of the form "X is faster" is judged from the ratios of the benchmarks that name it.

    The share is of comparisons in which the named side is faster and the interval shows it.
    """

    faster: Literal["python", "go"]
    python_tiers: tuple[PythonTier, ...] = ("pure", "standard-library", "native-library")
    variants: tuple[Variant, ...] = ()
    """Python's variants that count, of benchmarks whose programs tiers alone do not distinguish; without any, the headline's."""
    at_least: Annotated[float, Field(ge=1)] = 1.0
    """How many times as fast the claim says, which the whole interval has to show; 1 where it names only a side."""
    supported_from: Annotated[float, Field(gt=0, le=1)] = SUPPORTED_FROM
    contradicted_to: Annotated[float, Field(ge=0, lt=1)] = CONTRADICTED_TO


class ScalingRule(Record):
    """How a claim of the form "more workers do not help X" is judged: by one program's speed-up between two benchmarks.

    It is supported where the speed-up's interval ends below `below`, and contradicted where it begins above.
    """

    variant: Variant
    one: BenchmarkId
    """The benchmark with one worker."""
    many: BenchmarkId
    """The benchmark with several."""
    below: Annotated[float, Field(gt=1)]


class SameLanguageRule(Record):
    """How a claim of the form "X is fast among its like" is judged: by one program compared with others of its language.

    The share is of comparisons, in the benchmarks that name the claim, in which the program is shown to be ahead. `metrics` are
    "value", which is the benchmark's own, and readings, as "start.proportional", of which less is better.
    """

    program: Annotated[str, StringConstraints(pattern=r"^(python|go)/[a-z-]+$")]
    rivals: Annotated[tuple[Variant, ...], Field(min_length=1)]
    metrics: tuple[str, ...] = ("value",)
    supported_from: Annotated[float, Field(gt=0, le=1)] = SUPPORTED_FROM
    contradicted_to: Annotated[float, Field(ge=0, lt=1)] = CONTRADICTED_TO


class SizeRule(Record):
    """How a claim of the form "X is written with less" is judged: by the tokens of all headlines' programs, from their sources.

    The share is of pairs in which the named side's program has fewer. Every benchmark whose headline is like with like counts.
    """

    smaller: Literal["python", "go"]
    supported_from: Annotated[float, Field(gt=0, le=1)] = SUPPORTED_FROM
    contradicted_to: Annotated[float, Field(ge=0, lt=1)] = CONTRADICTED_TO


class QuickerRule(Record):
    """How a claim of the form "X is quick to begin with" is judged: by the newest record of how long a prototype's steps take.

    The share is of pairs of steps, of the tasks that count, in which the named side is shown to be quicker.
    """

    quicker: Literal["python", "go"]
    tasks: Annotated[tuple[Literal["first-test", "first-response", "edit"], ...], Field(min_length=1)]
    supported_from: Annotated[float, Field(gt=0, le=1)] = SUPPORTED_FROM
    contradicted_to: Annotated[float, Field(ge=0, lt=1)] = CONTRADICTED_TO


class Claim(Record):
    """One claim of the article, in our own words."""

    id: ClaimId
    says: str
    article: str
    """The article's section that makes it."""
    measurable: Literal["yes", "partly", "no"]
    why_not: str | None = None
    """For a claim that cannot be measured, or only partly: the reason."""
    rule: FasterRule | ScalingRule | SameLanguageRule | SizeRule | QuickerRule | None = None
    """How the verdict follows from the results; without a rule there is no verdict yet."""


class PublishedRatio(Record):
    """The ratio of two programs: Python time / Go time, or Go rate / Python rate; as a range where a source has several."""

    python: Variant
    go: Variant
    low: Annotated[float, Field(gt=0)]
    high: Annotated[float, Field(gt=0)]

    @model_validator(mode="after")
    def _is_in_order(self) -> PublishedRatio:
        if self.low > self.high:
            raise ValueError("low must not be above high")
        return self


class Published(Record):
    """A comparison that others published, and the closest of ours.

    A source gives a ratio, or a metric for each program; from metrics, the ratio of each two programs is computed.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    work: str
    """What was measured, in words."""
    source: str
    address: Annotated[str, StringConstraints(pattern=r"^https://")]
    year: Annotated[int, Field(gt=2000)] | None = None
    """None where the source has no date."""
    conditions: str
    """Size, versions and machine, as far as they are given."""
    unit: Literal["second", "byte", "request/second"] = "second"
    ratio: PublishedRatio | None = None
    python: dict[Variant, Annotated[float, Field(gt=0)]] = {}
    """Program -> its metric, in the unit; Go's likewise."""
    go: dict[Variant, Annotated[float, Field(gt=0)]] = {}
    benchmark: BenchmarkId | None = None
    """The closest of ours; its variants are the programs' names. None where we have no counterpart."""
    band: Annotated[float, Field(gt=1)] = 2.0
    """The factor, in either direction, within which ours agrees; published.toml has the reason for the default."""
    explanation: str
    """Why ours differs, in either direction; or why there is no counterpart."""

    @model_validator(mode="after")
    def _has_a_ratio_or_metrics(self) -> Published:
        if (self.ratio is None) != (bool(self.python) and bool(self.go)) or bool(self.python) != bool(self.go):
            raise ValueError("needs either a ratio, or metrics of both python and go")
        return self

    @property
    def ratios(self) -> tuple[PublishedRatio, ...]:
        """The published ratio, or those of each Python program to each of Go's: above 1 Go is better."""
        if self.ratio is not None:
            return (self.ratio,)
        is_rate = self.unit == "request/second"
        return tuple(
            PublishedRatio(python=python, go=go, low=ratio, high=ratio)
            for python, of_python in self.python.items()
            for go, of_go in self.go.items()
            for ratio in (of_go / of_python if is_rate else of_python / of_go,)
        )
