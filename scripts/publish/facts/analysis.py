"""What was computed of each run, kept so that nothing is computed twice.

A run's analysis is kept below `build/`, and with the run itself as `estimates.json` once that is to be published. It is
*current* where the code of the analysis is the one that made it. What pages show of today is always current: it is computed
again if need be. What older runs are asked for (whether they confirm a result, how their controls came out) is what was computed
of them when they were new.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from bench.analyse import aa_controls
from bench.analyse.estimates import estimate
from bench.analyse.records import ControlInterval, ControlScore, Estimate, Record
from bench.records.files import ResultError, read_bytes, sha256, write_whole
from bench.records.heads import RunHead
from bench.records.run import BenchmarkId, Run, Sha256
from bench.records.store import ESTIMATES, StoredRun

CACHE = Path("build") / "analysis"
CODE = ("analyse", "catalog", "records")
"""The folders of bench/ whose code decides what is computed of a run."""

SEALED = re.compile(rb'\{"seal":"([0-9a-f]{64})","analysis":(.*)\}\n', re.DOTALL)


class Analysis(Record):
    """What was computed of one run: `estimates.json`, behind a seal."""

    head: RunHead
    """Of the run that it was computed of."""
    code: Sha256
    """Digest of the code that computed it."""
    score: ControlScore
    """Of the run's controls, with those of the runs before it where it has too few of its own to judge by."""
    controls: tuple[ControlInterval, ...]
    estimates: dict[BenchmarkId, Estimate]
    """Those that were asked for; in `estimates.json` all."""


@functools.cache
def code_digest() -> str:
    """Return the digest of the code that decides what is computed of a run."""
    bench = Path(__file__).resolve().parents[3] / "bench"
    files = sorted(path for folder in CODE for path in (bench / folder).glob("*.py"))
    return sha256(b"".join(f"{path.relative_to(bench)} {sha256(path.read_bytes())}\n".encode() for path in files))


def stored_analyses(results: Path, cache: Path | None) -> dict[str, Analysis]:
    """Return run -> what was computed of it: by this code, if that is known, or else what is stored with the run.

    What cannot be read is left out: it is computed again.
    """
    analyses: dict[str, Analysis] = {}
    for path in [*sorted(results.glob(f"*/{ESTIMATES}")), *sorted(cache.glob("*.json") if cache else ())]:
        run = path.parent.name if path.name == ESTIMATES else path.stem
        analysis = read(path)
        if analysis is not None and (run not in analyses or analysis.code == code_digest()):
            analyses[run] = analysis
    return analyses


def read(path: Path) -> Analysis | None:
    """Return an analysis as it was written; None where it cannot be read, or has changed since."""
    with contextlib.suppress(ResultError, ValidationError):
        sealed = SEALED.fullmatch(read_bytes(path))
        if sealed is not None and sha256(sealed[2]) == sealed[1].decode():
            return Analysis.model_validate_json(sealed[2])
    return None


def written(analysis: Analysis) -> str:
    """Return an analysis as it is written: behind its SHA-256, since pages may show its numbers as they are."""
    text = analysis.model_dump_json()
    return f'{{"seal":"{sha256(text.encode())}","analysis":{text}}}\n'


class Analyses:
    """What was computed of the stored runs before; and, each once and when it is asked for, what is computed now."""

    def __init__(self, runs: Sequence[StoredRun], known: Mapping[str, Analysis]) -> None:
        """Take all runs, the oldest first, and what is known of them by id; what is of other files is not used."""
        self._runs = runs
        self._known = {
            stored.run.id: known[stored.run.id]
            for stored in runs
            if stored.run.id in known and stored.known and stored.known.digest == known[stored.run.id].head.digest
        }
        self._controls: dict[str, tuple[ControlInterval, ...]] = {}
        self._scores: dict[str, ControlScore] = {}
        self._estimates: dict[str, dict[str, Estimate]] = {}

    def estimate(self, stored: StoredRun, benchmark: str) -> Estimate:
        """Return the estimate of one benchmark of a run, by this code."""
        run, score = stored.run.id, self.score(stored)
        if run not in self._estimates:
            current = self._current(run)
            self._estimates[run] = dict(current.estimates) if current and _same(current.score, score) else {}
        if benchmark not in self._estimates[run]:
            self._estimates[run][benchmark] = estimate(stored.run, stored.results[benchmark], score)
        return self._estimates[run][benchmark]

    def former_estimate(self, stored: StoredRun, benchmark: str) -> Estimate:
        """Return the estimate of one benchmark of a run as it was computed when the run was new."""
        known = self._known.get(stored.run.id)
        return (known.estimates.get(benchmark) if known else None) or self.estimate(stored, benchmark)

    def score(self, stored: StoredRun) -> ControlScore:
        """Return the score of a run's controls, by this code: with those of earlier runs that are alike, until there are enough.

        Alike are runs in the same profile, on the same machine, with the same build of the headline's interpreter and of Go,
        which are what controls are made of.
        """
        if stored.run.id not in self._scores:
            before = self._runs[: [other.run.id for other in self._runs].index(stored.run.id) + 1]
            taken: list[ControlInterval] = []
            for other in reversed(before):
                if _control_conditions(other.run) == _control_conditions(stored.run):
                    taken += self.controls(other)
                    if len(taken) >= aa_controls.ENOUGH:
                        break
            self._scores[stored.run.id] = aa_controls.score(taken)
        return self._scores[stored.run.id]

    def former_score(self, stored: StoredRun) -> ControlScore:
        """Return the score of a run's controls as it was computed when the run was new, or now if it has been."""
        known = self._known.get(stored.run.id)
        return self.score(stored) if known is None or stored.run.id in self._scores else known.score

    def controls(self, stored: StoredRun) -> tuple[ControlInterval, ...]:
        """Return the intervals of a run's controls, by this code."""
        run = stored.run.id
        if run not in self._controls:
            current = self._current(run)
            self._controls[run] = current.controls if current else _controls(stored)
        return self._controls[run]

    def analysis(self, stored: StoredRun) -> Analysis | None:
        """Return what is known of a finished run by this code; None where nothing has been asked for."""
        estimates = self._estimates.get(stored.run.id, {})
        if stored.known is None or not estimates:
            return None
        controls, score = self.controls(stored), self.score(stored)
        return Analysis(head=stored.known, code=code_digest(), score=score, controls=controls, estimates=estimates)

    def is_new(self, analysis: Analysis, run: str) -> bool:
        """Whether an analysis has more than what was known of the run before."""
        current = self._current(run)
        return current is None or not _same(current.score, analysis.score) or len(current.estimates) < len(analysis.estimates)

    def _current(self, run: str) -> Analysis | None:
        """Return what was computed of a run by this code before."""
        known = self._known.get(run)
        return known if known is not None and known.code == code_digest() else None


def keep(analyses: Analyses, runs: Iterable[StoredRun], cache: Path) -> None:
    """Write what was computed now below `build/`, for the next time; what cannot be written is computed again."""
    for stored in runs:
        analysis = analyses.analysis(stored)
        if analysis is not None and analyses.is_new(analysis, stored.run.id):
            with contextlib.suppress(OSError):
                cache.mkdir(parents=True, exist_ok=True)
                beside = cache / f".{stored.run.id}.{os.getpid()}"
                beside.write_text(written(analysis), encoding="utf-8")
                beside.replace(cache / f"{stored.run.id}.json")


def stale_estimates(stored: StoredRun) -> str | None:
    """Say what is wrong with what is stored with a run, if anything is there and wrong: pages do without it."""
    path = stored.folder / ESTIMATES
    if not path.exists():
        return None
    analysis = read(path)
    if analysis is None:
        return f"{path}: is not as it was written; `scripts/build.py keep {stored.run.id}` writes it again"
    if stored.known is None or analysis.head.digest != stored.known.digest:
        return f"{path}: was computed of other files; `scripts/build.py keep {stored.run.id}` writes it again"
    return None


def store_estimates(stored: StoredRun, runs: Sequence[StoredRun]) -> None:
    """Write what is computed of a finished run beside its results, to be committed with them.

    Raises:
        ResultError: it cannot be written.
    """
    analyses = Analyses(runs, {})
    for benchmark in stored.results:
        analyses.estimate(stored, benchmark)
    if analysis := analyses.analysis(stored):
        write_whole(stored.folder / ESTIMATES, written(analysis))


def _controls(stored: StoredRun) -> tuple[ControlInterval, ...]:
    return tuple(one for result in stored.results.values() for one in aa_controls.intervals(stored.run, result))


def _same(one: ControlScore, other: ControlScore) -> bool:
    return one.model_dump_json() == other.model_dump_json()  # the median of no controls is NaN, which equals nothing


def _control_conditions(run: Run) -> tuple[object, ...]:
    return run.plan.profile, run.machine.identity, run.pythons[0].build, run.go.build
