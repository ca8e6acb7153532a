"""The files that each program is made of, and the size of these: read once, and kept below `build/` by what is in them."""

from __future__ import annotations

import contextlib
import gzip
import json
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.catalog import Benchmark, Catalog
from bench.catalog.model import Server
from bench.measure.host import tools
from bench.measure.host.golang import ToolchainError, environment, toolchain
from bench.measure.session import digests
from bench.records.files import sha256, write_whole
from scripts.publish.facts import sizes
from scripts.publish.facts.sizes import ProgramSize, Size, program_size, python_size

CACHE = Path("build") / "sizes.json"
COUNTER = "internal/sizes"
HARNESS = re.compile(
    r"bench/workloads/[^/]+\.py|bench/workloads/.+/observed\.py"
    r"|go_examples/internal/(harness|report|observed|companion|wire/wiretest)/.+"
)
"""What programs share to be run and read."""
RULE = "bench/workloads/execution/orders.py"
"""What a valid order is. One question alone asks that in Python; in Go several have its twin, which is left out as shared."""
BODIES = ("bench/workloads/execution/validation.py", "go_examples/internal/submissions/submissions.go")
"""What a valid body is. In Python one of the programs that ask that has it in its own file, where it counts: so it always counts.
"""
GENERATED = re.compile(r"^(?://|#) .*generated .*DO NOT EDIT", re.MULTILINE | re.IGNORECASE)
"""What files say that nobody writes."""


@dataclass(frozen=True)
class PairSize:
    """The two programs of a benchmark's headline, and their sizes."""

    benchmark: Benchmark
    python: ProgramSize
    go: ProgramSize


@dataclass(frozen=True)
class Needs:
    """What a web server needs of others."""

    server: Server
    direct: int
    """Distributions that its entry asks for, or modules that its sources import."""
    all: int
    """These with all that they need, or all modules that are linked into it."""


def headline_pairs(catalog: Catalog, root: Path) -> tuple[PairSize, ...]:
    """Return the sizes of each benchmark's headline, where it is like with like; each Python program once.

    Raises:
        ToolchainError: there is no Go toolchain, or it cannot read a file.
    """
    own = own_files(catalog, root)
    pairs: dict[str, tuple[Benchmark, str]] = {}
    for benchmark in catalog.benchmarks:
        if benchmark.overview:
            python, go = benchmark.python[benchmark.headline.python].path, benchmark.go[benchmark.headline.go].path
            pairs.setdefault(python, (benchmark, go))
    wanted = {*pairs, *(go for _, go in pairs.values())}
    known = _sizes({file for program in wanted for file in own[program]}, root)
    size = {program: _program(own[program], known) for program in wanted}
    return tuple(PairSize(benchmark, size[python], size[go]) for python, (benchmark, go) in pairs.items())


def own_files(catalog: Catalog, root: Path) -> dict[str, list[Path]]:
    """Return the path of each program -> its own sources, and what it imports of the project for its question alone.

    Benchmarks ask one question, at several sizes or on more CPUs, where they have one known answer, or one Python program as
    headline. What programs of several questions import is left out, as are what the harness shares with all, tests and generated
    code. Of a web server all sources are its own.
    """
    of_program: dict[str, list[Path]] = {}
    answers: dict[Path, set[str]] = {}
    headlines: dict[Path, set[str]] = {}
    servers: set[str] = set()
    for benchmark in catalog.benchmarks:
        named = {f"python/{variant}": program.path for variant, program in benchmark.python.items()}
        named |= {f"go/{variant}": program.path for variant, program in benchmark.go.items()}
        for name, path in named.items():
            if path not in of_program:
                of_program[path] = [file for file in digests.sources(benchmark, name, root) if _is_written(file, root)]
            for file in of_program[path]:
                answers.setdefault(file, set()).add(repr(benchmark.check.answer))
                headlines.setdefault(file, set()).add(benchmark.python[benchmark.headline.python].path)
        servers |= set(named.values()) if benchmark.instrument == "http" else set()
    shared = {root / RULE, *(file for file in answers if len(answers[file]) > 1 and len(headlines[file]) > 1)}
    shared -= {root / path for path in BODIES}
    return {
        path: [file for file in files if path in servers or file not in shared or (root / path) in (file, file.parent)]
        for path, files in of_program.items()
    }


def _is_written(file: Path, root: Path) -> bool:
    """Whether a file is code that somebody wrote for programs: no test, not generated, not of the harness."""
    if file.suffix not in (".py", ".go") or file.name.endswith("_test.go"):
        return False
    return not HARNESS.fullmatch(file.relative_to(root).as_posix()) and not GENERATED.search(file.read_text(encoding="utf-8"))


def needs(catalog: Catalog, root: Path) -> tuple[Needs, ...]:
    """Return what each web server needs of others, as the lock and `modules.json` have it.

    Raises:
        StopIteration: no benchmark is measured with web servers.
    """
    benchmark = next(benchmark for benchmark in catalog.benchmarks if benchmark.instrument == "http")
    lock = (root / "bench" / "requirements" / f"{benchmark.requirements}.txt").read_text(encoding="utf-8")
    linked: Mapping[str, list[str]] = json.loads((root / digests.MODULES).read_text(encoding="utf-8"))
    return tuple(_needs(server, lock, linked, root) for server in catalog.servers)


def _needs(server: Server, lock: str, linked: Mapping[str, list[str]], root: Path) -> Needs:
    if server.language == "python":
        distributions = {line.partition("==")[0] for line in digests.python_libraries(lock, server.packages)}
        return Needs(server, len(server.packages), len(distributions))
    modules = [line.partition(" ")[0] for line in linked[str(server.package)]]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((root / server.folder).rglob("*.go")))
    imports = re.findall(r'^(?:import |\t)(?:[\w.]+ )?"([^"]+)"$', text, re.MULTILINE)
    owners = ([module for module in modules if f"{name}/".startswith(f"{module}/")] for name in imports)
    return Needs(server, len({max(owner, key=len) for owner in owners if owner}), len(modules))


def _program(paths: Iterable[Path], known: Mapping[Path, Size]) -> ProgramSize:
    texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    source = "\n".join(digests.without_comments(path.name, text) for path, text in texts)
    return program_size([known[path] for path, _ in texts], len(gzip.compress(source.encode(), mtime=0)))


def _sizes(paths: Iterable[Path], root: Path) -> dict[Path, Size]:
    """Return the size of each file; only those that have changed are counted."""
    by = {".py": sha256(Path(sizes.__file__).read_bytes() + platform.python_version().encode())}
    by[".go"] = sha256((root / digests.GO / COUNTER / "sizes.go").read_bytes())
    keys = {path: sha256(by[path.suffix].encode() + path.read_bytes()) for path in sorted(paths)}
    kept: dict[str, Size] = {}
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        kept = {key: Size(**size) for key, size in json.loads((root / CACHE).read_text(encoding="utf-8")).items()}
    lacking = [path for path, key in keys.items() if key not in kept]
    if lacking:
        counted = {path: python_size(path.read_text(encoding="utf-8")) for path in lacking if path.suffix == ".py"}
        counted |= _go_sizes([path for path in lacking if path.suffix == ".go"], root)
        kept = {key: counted[path] if path in counted else kept[key] for path, key in keys.items()}
        (root / CACHE).parent.mkdir(exist_ok=True)
        write_whole(root / CACHE, json.dumps({key: asdict(size) for key, size in kept.items()}))
    return {path: kept[key] for path, key in keys.items()}


def _go_sizes(paths: list[Path], root: Path) -> dict[Path, Size]:
    if not paths:
        return {}
    outcome = tools.run([toolchain(), "run", f"./{COUNTER}", *paths], cwd=root / digests.GO, environment=environment())
    if outcome.failure:
        raise ToolchainError(f"go run ./{COUNTER}: {outcome.failure}")
    return {Path(path): Size(**size) for path, size in json.loads(outcome.stdout).items()}
