"""The texts that skeletons are made of. Each asks for what its author has to fill in by `MARK`, a colon, and what is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bench.catalog.model import Answer, Scalar, Server
from bench.catalog.unfinished import MARK

GO_TYPES: dict[type, str] = {int: "int", float: "float64", str: "string", bytes: "[]byte", list: "[]int"}
KEYS = {
    "time": """instrument = "time"
unit = "second"
better = "lower"
""",
    "memory": """instrument = "memory"
metric = "slope" # bytes for each item; "resident" or "peak", without counts, for a program as a whole
counts = [1000, 10_000, 100_000]
unit = "byte"
better = "lower"
""",
}
INPUTS = {"time": f"input = {{ n = 1000 }} # {MARK}: the arguments of run and Run; a call takes 20 ms or less\n", "memory": ""}
CHECKS = {"time": "input = { n = 10 }", "memory": "input = { count = 1000 }"}
PYTHON = '''"""{mark}: what the program does and by what means, in a sentence. The page shows it."""

from __future__ import annotations
{imports}

def run({parameters}) -> {answer}:
    raise NotImplementedError  # {mark}: {work}
'''
IMPORT_OF_MARK = """
TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark
"""
GO_PACKAGE = """// Package {name} {mark}: does what, and by what means, in a sentence. The page shows it.
package {name}

// Input holds the arguments that the catalog names.
type Input struct {{
{fields}}}

// Run returns {mark}: what.
func Run(in Input) {answer} {{
	panic("{mark}: {work}")
}}
"""
GO_COMMAND = """// Command {name} {mark}: holds what, in a sentence. The page shows it.
package main

import "go_examples/internal/report"

type input struct {{
{fields}}}

func main() {{ report.Main(run) }}

// run returns {mark}: what.
func run(in input, mark report.Mark) int {{
	panic("{mark}: {work}")
}}
"""
WORK = {
    "time": "the work that is measured, which returns the answer",
    "memory": "hold the items, call mark('held') while they are held, return the answer",
}
WIDTH = 120
"""Columns of a list in the catalog."""
READINGS = '{{{{ readings("{id}") }}}}\n\n'
SECTION = """{{{{ heading("{id}") }}}}

*{{{{ question("{id}") }}}}* {{{{ ratio("{id}") }}}}.

{{{{ chart("{id}") }}}}

{readings}**What it means for a service.** {mark}: where a service does this work, and how much of it.

**Conditions.** {mark}: what both programs do, what the input is like, and what is left out of the measured time.

{{{{ conditions("{id}") }}}}

{{{{ code("{id}") }}}}

**Caveats.** {mark}: where the number does not hold, on either side.

**Why.** {mark}: what each program spends its time or memory on.

{{{{ reproduce("{id}") }}}}

{{{{ cite("{id}") }}}}
"""
FRAMEWORK = """## {title} {{ #{name} }}

{{{{ framework("{name}") }}}}

**What it is.** {mark}: in two or three sentences, and how it is served.

**What it gives you.** {mark}: a list.

**What it lacks.** {mark}: and what the measured server uses instead.

**What to expect.** {mark}: what it spends its time on, without a number.
"""


def entry(benchmark_id: str, page: str, instrument: str, module: str, package: str) -> str:
    """Return the catalog entry of a new benchmark."""
    python = "pure" if instrument == "time" else "standard-library"
    return f"""[[benchmark]]
id = "{benchmark_id}"
title = "{MARK}: what is measured, in two or three words"
question = "{MARK}: the question that the number answers, in a sentence with a question mark"
page = "{page}"
{KEYS[instrument]}{INPUTS[instrument]}claims = []
headline = {{ python = "{python}" }} # the tier that does the work: pure, standard-library or native-library
[benchmark.check]
{CHECKS[instrument]}
answer = "{MARK}: the answer for this input, which the programs of both languages have to give"
source = "{MARK}: who says so besides the programs: a standard, a published table, a closed formula"
[benchmark.python.{python}]
module = "{module}"
[benchmark.go.standard-library]
package = "{package}"
"""


def variant(language: str, name: str, tier: str | None, place: str) -> str:
    """Return the table of a new variant; its tier is written where the variant is not the tier."""
    key = "module" if language == "python" else "package"
    described = f'tier = "{tier}" # {MARK}: who does the work; and `library`, if that is one\n' if tier else ""
    library = (
        f"# {MARK}: library = the distribution or module that does the work\n" if name in ("native-library", "library") else ""
    )
    return f'[benchmark.{language}.{name}]\n{described}{key} = "{place}"\n{library}'


def python_program(instrument: str, arguments: Mapping[str, Scalar], files: tuple[str, ...], answer: Answer) -> str:
    """Return a Python program that takes the arguments of an entry, and bytes for each of its files."""
    types = {name: type(value).__name__ for name, value in arguments.items()} | dict.fromkeys(files, "bytes")
    parameters = [*(["mark: Mark"] if instrument == "memory" else []), *(f"{name}: {kind}" for name, kind in types.items())]
    returned = "list[int]" if isinstance(answer, list) else type(answer).__name__
    imports = IMPORT_OF_MARK if instrument == "memory" else ""
    work = WORK[instrument]
    return PYTHON.format(mark=MARK, imports=imports, parameters=", ".join(parameters), answer=returned, work=work)


def go_package(name: str, arguments: Mapping[str, Scalar], files: tuple[str, ...], answer: Answer) -> str:
    """Return a Go package that takes the same."""
    types = {name: GO_TYPES[type(value)] for name, value in arguments.items()} | dict.fromkeys(files, GO_TYPES[bytes])
    return GO_PACKAGE.format(
        name=name, mark=MARK, fields=_fields(types, "json"), answer=GO_TYPES[type(answer)], work=WORK["time"]
    )


def go_command(name: str, arguments: Mapping[str, Scalar]) -> str:
    """Return a Go command that reports its memory."""
    types = {name: GO_TYPES[type(value)] for name, value in arguments.items()}
    return GO_COMMAND.format(name=name, mark=MARK, fields=_fields(types, "report"), work=WORK["memory"])


def section(benchmark_id: str, instrument: str) -> str:
    """Return the section of a page that shows a benchmark."""
    readings = READINGS.format(id=benchmark_id) if instrument == "memory" else ""
    return SECTION.format(id=benchmark_id, readings=readings, mark=MARK)


def server(name: str, floor: Server, place: str) -> str:
    """Return the entry of a server that begins as a floor: with the floor's packages and settings, to be replaced."""
    key = "module" if floor.language == "python" else "package"
    started = "what starts the framework's server, and below the distributions that it needs"
    application = f"bench.workloads.{place}:app" if floor.module else ""
    lines = [
        "[[server]]",
        f'name = "{name}"',
        f'title = "{MARK}: the framework, as its project writes it"',
        f'framework = "{name}"',
        f'language = "{floor.language}"',
        f'tier = "{floor.tier}" # {MARK}: who does the work, and `library`: the framework, as its requirement file names it',
        f'{key} = "{place}"',
        *_list("arguments", [*floor.arguments[:-1], *([application] if application else [])], started),
        *_list("packages", floor.packages, f"the distributions that it needs, in place of {floor.name}'s"),
        f'settings = ["{MARK}: what production would set, in words, as the page prints it"]',
        f'access = "{floor.access}" # {MARK}: "driver", or "orm" where an object-relational mapper queries the database',
        f"first = 2000 # {MARK}: the year of the framework's first release",
        f"released = 2000-01-01 # {MARK}: the day of the measured one's",
        f'licence = "{MARK}: as its package says"',
    ]
    return "\n".join(lines) + "\n"


def server_like(name: str, shared: Server) -> str:
    """Return the entry of a server that shares the handlers of another, and is started in another way."""
    lacks = ", ".join(f'{endpoint} = "{why}"' for endpoint, why in shared.lacks.items())
    lines = [
        "[[server]]",
        f'name = "{name}"',
        f'title = "{MARK}: the framework, and on what"',
        f'framework = "{shared.framework}"',
        'language = "python"',
        f'tier = "{shared.tier}"',
        *([f'library = "{shared.library}"'] if shared.library else []),
        f'module = "{shared.module}"',
        *_list(
            "arguments", shared.arguments, f"what starts the server, in place of {shared.name}'s; its distributions are below"
        ),
        *_list("packages", shared.packages, f"the distributions that it needs, in place of {shared.name}'s"),
        f'settings = ["{MARK}: what production would set, in words, as the page prints it"]',
        *([f"lacks = {{ {lacks} }}"] if lacks else []),
        f'access = "{shared.access}"',
        f"first = {shared.first}",
        f"released = {shared.released}",
        f'licence = "{shared.licence}"',
    ]
    return "\n".join(lines) + "\n"


def framework(name: str) -> str:
    """Return the section of a page that describes a framework."""
    return FRAMEWORK.format(title=f"{MARK}: its name", name=name, mark=MARK)


def of_server(path: str, text: str, name: str, floor: str) -> str:
    """Return a file of a floor as one of a new server: the same program, with a line on top that says what is to be replaced."""
    if path.endswith("_test.go") or not path.endswith((".py", ".go")):
        return text
    asked = f"{MARK}: replace what {floor} does by what the framework is for; the tests of the contract pass all the while"
    if path.endswith("/__init__.py"):
        return f'"""{MARK}: whose server it is, and by which guide it is laid out."""\n'
    if path.endswith(".py"):
        return f"# {asked}\n{text}"
    if path.endswith("/main.go"):
        return f"// Command {name.replace('-', '')} {asked}\n{text[text.index('package main') :]}"
    return f"// {asked}\n\n{text}"


def _fields(types: Mapping[str, str], tag: str) -> str:
    """Return the fields of a Go struct, aligned as gofmt has them."""
    named = {"".join(part.capitalize() for part in name.split("_")): (name, kind) for name, kind in types.items()}
    name_width = max(map(len, named), default=0)
    type_width = max((len(kind) for _, kind in named.values()), default=0)
    lines = (f'\t{field:{name_width}} {kind:{type_width}} `{tag}:"{name}"`\n' for field, (name, kind) in named.items())
    return "".join(lines)


def _list(key: str, items: tuple[str, ...] | list[str], asked: str = "") -> list[str]:
    """Return a list of texts as TOML, on lines of a width that can be read, with what is to be filled in there."""
    if not items:
        return []
    whole = f"{key} = [{', '.join(map(json.dumps, items))}]"
    if len(whole) <= WIDTH and not asked:
        return [whole]
    lines, line = [f"{key} = [{f' # {MARK}: {asked}' if asked else ''}"], " "
    for item in items:
        word = f" {json.dumps(item)},"
        if len(line) + len(word) > WIDTH:
            lines, line = [*lines, line], " "
        line += word
    return [*lines, line, "]"]
