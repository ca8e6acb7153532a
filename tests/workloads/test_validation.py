"""The fields that execution/validation counts, counted by another validator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bench.workloads import inputs
from bench.workloads.execution import validation
from bench.workloads.generators.bodies import BROKEN

SCHEMA = json.loads(Path(__file__).with_name("order.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", ["bodies-100.jsonl", "bodies-check.jsonl"])
def test_jsonschema_counts_the_same_fields(file: str) -> None:
    bodies = inputs.content(file)
    validator = Draft202012Validator(SCHEMA)
    counted = [len(list(validator.iter_errors(json.loads(body)))) for body in bodies.splitlines()]
    assert validation.run(**validation.prepare(bodies))[:-1] == counted


@pytest.mark.parametrize("file", ["bodies-100.jsonl", "bodies-check.jsonl"])
def test_every_kind_of_mistake_occurs(file: str) -> None:
    bodies = inputs.content(file)
    counted = [count for count in validation.run(**validation.prepare(bodies))[:-1] if count]
    assert counted[: len(BROKEN)] == [len(broken) for broken in BROKEN]
