"""The files that each program is made of, and the size of these: read once, and kept below `build/` by what is in them."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import platform
import re
from collections.abc import Collection, Iterable, Mapping
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
"""What a valid body is. In Python one of the programs that ask that has it in its own file, where it counts."""
READER = "go_examples/internal/tables/tables.go"
"""Go's reader of tables, which programs of several questions import."""
GENERATED = re.compile(r"^(?://|#) .*generated .*DO NOT EDIT", re.MULTILINE | re.IGNORECASE)
"""What files say that nobody writes."""


@dataclass(frozen=True)
class ProgramFiles:
    """What a program is made of, of the files that somebody wrote for programs."""

    own: tuple[Path, ...]
    """Its own sources, and what it imports of the project for its question alone."""
    left_out: tuple[Path, ...]
    """What programs of several questions import: it counts for none of them."""
    starts_another: bool
    """Whether it imports a program of another question, and so is little more than a start of that."""


@dataclass(frozen=True)
class PairSize:
    """The two programs of a benchmark's headline, and their sizes."""

    benchmark: Benchmark
    python: ProgramSize
    go: ProgramSize


@dataclass(frozen=True)
class ServerSize:
    """A web server with all its endpoints."""

    server: Server
    size: ProgramSize


@dataclass(frozen=True)
class SourceSizes:
    """What is counted of the programs' sources."""

    pairs: tuple[PairSize, ...]
    """Of each benchmark whose headline is like with like, in the catalog's order; each Python program once."""
    left_out: tuple[Benchmark, ...]
    """Those of which a program starts one of another question; or leaves the reading to Go's reader of tables, which does not
    count, in a process that is measured whole."""
    servers: tuple[ServerSize, ...]
    """The web servers with programs of their own and all endpoints."""


@dataclass(frozen=True)
class Needs:
    """What a web server needs of others."""

    server: Server
    direct: int
    """Distributions that its entry asks for, or modules that its sources import."""
    all: int
    """These with all that they need, or all modules that are linked into it."""


def source_sizes(catalog: Catalog, root: Path) -> SourceSizes:
    """Count the headlines' programs and the web servers.

    Raises:
        ToolchainError: there is no Go toolchain, or it cannot read a file.
    """
    files = program_files(catalog, root)
    pairs: dict[str, tuple[Benchmark, str]] = {}
    left_out = []
    for benchmark in (benchmark for benchmark in catalog.benchmarks if benchmark.overview):
        python, go = benchmark.python[benchmark.headline.python].path, benchmark.go[benchmark.headline.go].path
        lacks_reader = benchmark.instrument != "time" and root / READER in files[go].left_out
        if files[python].starts_another or files[go].starts_another or lacks_reader:
            left_out.append(benchmark)
        else:
            pairs.setdefault(python, (benchmark, go))
    servers = _whole_servers(catalog, files)
    wanted = {*pairs, *(go for _, go in pairs.values()), *servers}
    known = _sizes({file for program in wanted for file in files[program].own}, root)
    size = {program: _program(files[program].own, known) for program in wanted}
    return SourceSizes(
        pairs=tuple(PairSize(benchmark, size[python], size[go]) for python, (benchmark, go) in pairs.items()),
        left_out=tuple(left_out),
        servers=tuple(ServerSize(server, size[path]) for path, server in servers.items()),
    )


def program_files(catalog: Catalog, root: Path) -> dict[str, ProgramFiles]:
    """Return the path of each program -> what it is made of.

    Benchmarks ask one question, at several sizes or on more CPUs, where they have one known answer, or one Python program as
    headline. Of a web server all files are its own.
    """
    of_program: dict[str, list[Path]] = {}
    asked: dict[str, set[tuple[str, str]]] = {}
    servers: set[str] = set()
    for benchmark in catalog.benchmarks:
        named = {f"python/{variant}": program.path for variant, program in benchmark.python.items()}
        named |= {f"go/{variant}": program.path for variant, program in benchmark.go.items()}
        for name, path in named.items():
            if path not in of_program:
                of_program[path] = written(benchmark, name, root)
            asked.setdefault(path, set()).add((repr(benchmark.check.answer), benchmark.python[benchmark.headline.python].path))
        servers |= set(named.values()) if benchmark.instrument == "http" else set()
    programs = {root / path: path for path in of_program}
    starting = {
        path
        for path, files in of_program.items()
        for file in files
        if (other := programs.get(file) or programs.get(file.parent)) and not _same_question(asked[path], asked[other])
    }
    questions: dict[Path, set[tuple[str, str]]] = {}
    for path in of_program.keys() - starting:
        for file in of_program[path]:
            questions.setdefault(file, set()).update(asked[path])
    shared = {root / RULE, *(file for file, asking in questions.items() if _several(asking))} - {root / path for path in BODIES}
    parted = {}
    for path, files in of_program.items():
        others = [] if path in servers else [file for file in files if file in shared and root / path not in (file, file.parent)]
        parted[path] = ProgramFiles(tuple(file for file in files if file not in others), tuple(others), path in starting)
    return parted


def _several(asking: Collection[tuple[str, str]]) -> bool:
    """Whether known answers and headlines are those of several questions."""
    return len({answer for answer, _ in asking}) > 1 and len({headline for _, headline in asking}) > 1


def _same_question(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> bool:
    """Whether two programs are of benchmarks that have one known answer, or one headline."""
    return any(first[0] == second[0] or first[1] == second[1] for first, second in itertools.product(one, other))


def written(benchmark: Benchmark, program: str, root: Path) -> list[Path]:
    """Return the sources of "python/<variant>" or "go/<variant>", without tests, generated code and the harness."""
    files = [file for file in digests.sources(benchmark, program, root) if _is_written(file, root)]
    language, variant = program.split("/")
    if benchmark.instrument != "http" or language == "go":
        return files
    return _reached(files, benchmark.python[variant].arguments, root)


def _reached(files: Iterable[Path], arguments: Iterable[str], root: Path) -> list[Path]:
    """Return those of a web server's files that it is made of: servers that differ in their data access share a folder.

    They are what its arguments name, and what these import or, as Django's settings do, name in a text.
    """
    modules = {file: ".".join(file.relative_to(root).with_suffix("").parts) for file in files}
    reached: set[Path] = set()
    texts = [" ".join(arguments)]
    while texts:
        text = texts.pop()
        named = {file for file, module in modules.items() if file not in reached and _names(text, module)}
        reached |= named
        texts += [file.read_text(encoding="utf-8") for file in named]
    return sorted(reached)


def _names(text: str, module: str) -> bool:
    package, _, name = map(re.escape, module.rpartition("."))
    return re.search(rf"\b{package}\.{name}\b|^from {package} import .*\b{name}\b", text, re.MULTILINE) is not None


def _whole_servers(catalog: Catalog, files: Collection[str]) -> dict[str, Server]:
    """Return the path of each web server that is measured -> the first one started from it; none that varies the data access."""
    paths: dict[str, Server] = {}
    for server in catalog.servers:
        if server.path in files and not server.varies:
            paths.setdefault(server.path, server)
    return paths


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
