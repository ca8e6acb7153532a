"""A run whose every text was written by somebody who wants to break the site."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

from bench.catalog import Benchmark
from bench.records.run import BenchmarkResult, Reading, Run
from tests import synthetic
from tests.publish import made

SCRIPT = "<script>alert(1)</script>"
FAILURE = (
    'File "<module>"|`b` {{ 7*7 }}{% raw %} 100 %\n--8<-- "README.md"\n```\n\n'
    f'</svg></td></details> " onmouseover="alert(1) [x](javascript:alert(1)) *a* _b_ <img src=x onerror=alert(1)> {SCRIPT}'
)
SPECIFICATION = f"$(touch x);'{SCRIPT}"
FOLDER = "<img src=x onerror=alert(1)>"
"""The folder of a run whose id leads out of its folder."""
RUN = synthetic.run(
    id="2026-11-24-hostile-0123456",
    started=synthetic.STARTED + timedelta(days=1),
    parts=(synthetic.part(started=synthetic.STARTED + timedelta(days=1), database=f"database {SCRIPT}", command=f"x {SCRIPT}"),),
    machine=synthetic.machine(
        cpu=f'processor {SCRIPT} {{{{ 7*7 }}}}\n--8<-- "README.md"',
        system=f"system {SCRIPT}",
        kernel=f"kernel {SCRIPT}",
    ),
    pythons=(
        synthetic.python_runtime(
            version=f"version {SCRIPT}",
            origin=f"origin {SCRIPT}",
            specification=SPECIFICATION,
            environment={"VARIABLE": f"`x` {SCRIPT}"},
            packages={"orjson": f"orjson {SCRIPT}", "django": f"django {SCRIPT}"},
        ),
        synthetic.python_runtime(
            name="cpython-3.14t",
            implementation=f"implementation {SCRIPT}",
            origin=f"slow {SCRIPT}",
            gil=False,
            canary=synthetic.canary(1.6).model_copy(update={"reference": f"reference {SCRIPT}"}),
        ),
    ),
    go=synthetic.go_runtime(
        version=f"go {SCRIPT}",
        target=f"target {SCRIPT}",
        goamd64=f"level {SCRIPT}",
        modules={"github.com/gin-gonic/gin": f"gin {SCRIPT}"},
    ),
)
N_BODY, JSON, BASE, WEB, POOL = (
    made.CATALOG.benchmark(id_)
    for id_ in ("execution/n-body", "execution/json", "memory/base-empty", "web/json", "concurrency/pool-2")
)

SHOWN = (N_BODY.id, JSON.id, BASE.id, WEB.id, POOL.id, "overview", "loops-and-arithmetic")
"""What pages show whole in a run of the tests that looks at one page of each kind."""


def timed(benchmark: Benchmark) -> BenchmarkResult:
    """Return a result in which everything went well."""
    times = made.seconds(benchmark, RUN)
    invocations = synthetic.rounds(times, count=40, controls=(f"go/{benchmark.headline.go}",))
    return made.result(benchmark, RUN, invocations)


def failing(benchmark: Benchmark, variant: str, reason: str) -> BenchmarkResult:
    """Return a result in which a program of Python failed each time, and is unavailable to the second interpreter."""
    whole = timed(benchmark)
    program, other = (f"python/{variant}/{runtime.name}" for runtime in RUN.pythons)
    invocations = tuple(
        one.model_copy(update={"values": (), "checksum": None, "failure": reason}) if one.program == program else one
        for one in whole.invocations
        if one.program != other
    )
    return whole.model_copy(update={"invocations": invocations, "unavailable": {other: reason}})


def read(benchmark: Benchmark) -> BenchmarkResult:
    """Return a result whose programs were read at a mark, and of a quantity, with hostile names."""
    readings = (Reading(count=None, mark=f"mark {SCRIPT}", metrics={"peak": 1e7, "resident": 1e7, f"metric {SCRIPT}": 1e7}),)
    another = (Reading(count=None, mark="end", metrics={"peak": 1e7, "resident": 1e7}),)
    invocations = tuple(one.model_copy(update={"readings": readings + another}) for one in timed(benchmark).invocations)
    return made.result(benchmark, RUN, invocations)


def save(results: Path) -> Run:
    """Store the hostile run, and beside it one whose id leads out of its folder."""
    measured = [timed(N_BODY), timed(POOL), failing(JSON, "native-library", FAILURE), read(BASE)]
    measured.append(made.served_result(WEB, RUN, made.rounds(WEB, RUN)))
    run = made.store(results, RUN, measured)
    shutil.copytree(results / run.id, results / FOLDER)
    path = results / FOLDER / "run.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    hostile = {"id": "../../x", "machine": content["machine"] | {"hostname": SCRIPT}}
    path.write_text(json.dumps(content | hostile), encoding="utf-8")
    return run
