"""The catalog's records. A TOML file is valid exactly when these models accept it and `loader` finds what it names."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

PythonTier = Literal["pure", "standard-library", "native-library"]
GoTier = Literal["standard-library", "library"]
Scalar = int | float | str
Answer = Scalar | list[Scalar]
BenchmarkId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PythonImplementation(Record):
    """One Python program: `bench/workloads/<module>.py`, which exposes `run(...)`."""

    module: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$")]
    library: str | None = None
    """The distribution that does the work, as its requirement file names it; none for pure and standard library."""

    @property
    def path(self) -> str:
        return f"bench/workloads/{self.module.replace('.', '/')}.py"


class GoImplementation(Record):
    """One Go program: the package `go_examples/<package>`, which exposes `Run(...)`."""

    package: Annotated[str, StringConstraints(pattern=r"^[a-z]+(/[a-z0-9]+)+$")]
    library: str | None = None
    """The module that does the work, as go.mod names it; none for the standard library."""

    @property
    def path(self) -> str:
        return f"go_examples/{self.package}"


class Check(Record):
    """A small input and the answer that every implementation must give for it, in both languages' tests."""

    input: dict[str, Scalar] = {}
    files: dict[str, str] = {}
    answer: Answer
    tolerance: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Largest relative difference at which two floating-point answers are the same."""
    source: str
    """Who says that this is the answer."""


class Headline(Record):
    """The tiers whose ratio stands for the benchmark where there is room for one."""

    python: PythonTier
    go: GoTier = "standard-library"


class Benchmark(Record):
    """One comparison: the same work in both languages, in every tier that exists."""

    id: BenchmarkId
    title: str
    question: str
    page: str
    """The page that shows it, below docs/, without `.md`; the anchor there is the part of the id after the slash."""
    instrument: Literal["time", "memory", "http", "command"]
    unit: Literal["second", "byte", "request/second"]
    better: Literal["lower", "higher"]
    action: Literal["run", "serve", "rebuild", "install", "size"] | None = None
    """What the `command` instrument does with each program; see `bench/measure/commands.py`."""
    page_cache: Literal["warm", "dropped"] = "warm"
    """Whether the `command` instrument has the kernel forget all files before each start."""
    requirements: Literal["core", "web", "data", "ml"] = "core"
    """Which file of bench/requirements/ the Python programs are installed from."""
    input: dict[str, Scalar] = {}
    """Arguments of `run`, the same on both sides."""
    files: dict[str, str] = {}
    """Arguments that are bytes: name of the argument -> file made by `bench/workloads/inputs.py`."""
    check: Check
    headline: Headline
    python: Annotated[dict[PythonTier, PythonImplementation], Field(min_length=1)]
    go: Annotated[dict[GoTier, GoImplementation], Field(min_length=1)]
    claims: tuple[ClaimId, ...] = ()
    quick: bool = True
    """Whether `make site` measures it; the rest is measured by `make bench`."""

    @property
    def section(self) -> str:
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        return self.id.partition("/")[2]

    @property
    def group(self) -> str:
        """The benchmarks of one page are a group: the name of that page, "data-in-memory"."""
        return self.page.rpartition("/")[2]


class FasterRule(Record):
    """How a claim of the form "X is faster" is judged from the ratios of the benchmarks that name it.

    The share is of comparisons in which the named side is faster and the interval shows it.
    """

    faster: Literal["python", "go"]
    python_tiers: tuple[PythonTier, ...] = ("pure", "standard-library", "native-library")
    supported_from: Annotated[float, Field(gt=0, le=1)] = 0.95
    contradicted_to: Annotated[float, Field(ge=0, lt=1)] = 0.05


class Claim(Record):
    """One claim of the article, in our own words."""

    id: ClaimId
    says: str
    article: str
    """The article's section that makes it."""
    measurable: Literal["yes", "partly", "no"]
    why_not: str | None = None
    """For a claim that cannot be measured, or only partly: what stands in the way."""
    rule: FasterRule | None = None
    """How the verdict follows from the results; a claim without a rule has no verdict yet."""


class Catalog(Record):
    """Everything that is compared and claimed, in the order of the files."""

    benchmarks: tuple[Benchmark, ...]
    claims: tuple[Claim, ...]

    def benchmark(self, benchmark_id: str) -> Benchmark:
        """Return the benchmark of that id; raises KeyError with the ids that exist."""
        for benchmark in self.benchmarks:
            if benchmark.id == benchmark_id:
                return benchmark
        known = ", ".join(b.id for b in self.benchmarks)
        raise KeyError(f"no benchmark {benchmark_id!r} in bench/catalog; there are: {known}")

    def claim(self, claim_id: str) -> Claim:
        """Return the claim of that id; raises KeyError with the ids that exist."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(f"no claim {claim_id!r} in bench/catalog/claims.toml; there are: {', '.join(c.id for c in self.claims)}")
