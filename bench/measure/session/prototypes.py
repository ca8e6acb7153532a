"""The prototypes that are timed: their files, and the commands that test, serve, edit and check them, in both languages."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bench.catalog.mistakes import FOLDERS, TESTS
from bench.measure.host.golang import MODULE
from bench.records.prototyping import Step, Task

BEFORE, AFTER = "Hello before", "Hello after"
"""What is served, and what is served after the edit."""
PORT = "{port}"
"""In a command: where a port is put that is free."""
GIN = "github.com/gin-gonic/gin@v1.12.0"
AIR = "github.com/air-verse/air@v1.67.4"
"""Builds and starts a Go program anew after each edit; installed by its module's version, as its users do."""

PYTHON_TEST = """def greeting(name: str) -> str:
    return f"Hello, {name}"


def test_greets_by_name() -> None:
    assert greeting("Ada") == "Hello, Ada"
"""
GO_TEST = """package greeting

import "testing"

func greeting(name string) string { return "Hello, " + name }

func TestGreetsByName(t *testing.T) {
	if got := greeting("Ada"); got != "Hello, Ada" {
		t.Errorf("got %q", got)
	}
}
"""
FASTAPI_SERVER = f"""from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/", response_class=PlainTextResponse)
async def hello() -> str:
    return "{BEFORE}"
"""
NET_HTTP_SERVER = f"""package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {{
	http.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {{ fmt.Fprint(w, "{BEFORE}") }})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}}
"""
GIN_SERVER = f"""package main

import (
	"log"
	"os"

	"github.com/gin-gonic/gin"
)

func main() {{
	router := gin.Default()
	router.GET("/", func(c *gin.Context) {{ c.String(200, "{BEFORE}") }})
	log.Fatal(router.Run("127.0.0.1:" + os.Getenv("PORT")))
}}
"""


@dataclass(frozen=True)
class Way:
    """One way to do a task, ready to be timed."""

    task: Task
    language: Literal["python", "go"]
    title: str
    commands: tuple[tuple[str, ...], ...] = ()
    """Run one after the other."""
    files: Mapping[str, str] = field(default_factory=dict)
    """File -> its text, written first; without any, the commands run in a copy of the small service of the mistakes."""
    server: tuple[str, ...] = ()
    """Started after the commands; the first response ends the time."""
    within: str = "."
    """The folder of the copy in which the commands run."""

    @property
    def edited(self) -> str:
        """The file that is edited."""
        return next(iter(self.files))

    def step(self, cache: Literal["cold", "warm"]) -> Step:
        """Return what the record says of it."""
        shown = " && ".join(shlex.join(_short(command)) for command in (*self.commands, self.server) if command)
        name = f"{self.task}/{self.language}/{self.title}/{cache}"
        return Step(name=name, task=self.task, language=self.language, title=self.title, cache=cache, command=shown)


def _short(command: tuple[str, ...]) -> tuple[str, ...]:
    return (Path(command[0]).name, *(Path(word).name if word.startswith("/") else word for word in command[1:]))


def ways(beside: Path, pyright: Path, go: Path, air: Path, staticcheck: Path) -> tuple[Way, ...]:
    """Return all ways.

    Args:
        beside: the folder of the project's own Python tools.
        pyright: the command, in its own environment.
        go: the toolchain's command.
        air: the command.
        staticcheck: the command.
    """
    uv, of_go = str(beside / "uv"), str(go)
    start, module = (uv, "init", "--quiet", "--bare"), (of_go, "mod", "init", "example.com/prototype")
    install = (uv, "add", "--quiet", "fastapi", "uvicorn", "watchfiles")
    tested = ((uv, "add", "--quiet", "--dev", "pytest"), (uv, "run", "--quiet", "pytest", "-q"))
    served, gin = {"app.py": FASTAPI_SERVER}, (of_go, "get", GIN)
    uvicorn = ("uvicorn", "app:app", "--host", "127.0.0.1", "--port", PORT)
    run, reload = (uv, "run", "--quiet", *uvicorn), (".venv/bin/uvicorn", *uvicorn[1:], "--reload")
    at_once = (str(air), "--build.delay", "0")
    source, test, package = FOLDERS["python"], TESTS["python"], "./mistakes/..."
    ruff, mypy, pytest = (str(beside / name) for name in ("ruff", "mypy", "pytest"))
    return (
        Way("first-test", "python", "uv, pytest", (start, *tested), {"test_greeting.py": PYTHON_TEST}),
        Way("first-test", "go", "go test", (module, (of_go, "test", "./...")), {"greeting_test.go": GO_TEST}),
        Way("first-response", "python", "uv, FastAPI", (start, install), served, run),
        Way("first-response", "go", "net/http", (module,), {"main.go": NET_HTTP_SERVER}, (of_go, "run", ".")),
        Way("first-response", "go", "gin", (module, gin), {"main.go": GIN_SERVER}, (of_go, "run", ".")),
        Way("edit", "python", "FastAPI, uvicorn --reload", (start, install), served, reload),
        Way("edit", "go", "net/http, air", (module,), {"main.go": NET_HTTP_SERVER}, (str(air),)),
        Way("edit", "go", "gin, air", (module, gin), {"main.go": GIN_SERVER}, (str(air),)),
        Way("edit", "go", "gin, air without its delay", (module, gin), {"main.go": GIN_SERVER}, at_once),
        Way("format", "python", "ruff format", ((ruff, "format", "--check", source, test),)),
        Way("format", "go", "gofmt", ((str(go.with_name("gofmt")), "-l", "mistakes"),), within=MODULE),
        Way("lint", "python", "ruff check", ((ruff, "check", source, test),)),
        Way("lint", "go", "go vet", ((of_go, "vet", package),), within=MODULE),
        Way("lint", "go", "staticcheck", ((str(staticcheck), package),), within=MODULE),
        Way("types", "python", "mypy --strict", ((mypy, "--strict", source, test),)),
        Way("types", "python", "pyright", ((str(pyright), "--pythonpath", str(pyright.with_name("python")), source, test),)),
        Way("types", "go", "go build", ((of_go, "build", package),), within=MODULE),
        Way("tests", "python", "pytest", ((pytest, "-q", test),)),
        Way("tests", "go", "go test", ((of_go, "test", "-count=1", package),), within=MODULE),
    )  # fmt: skip
