"""The permissions of the workflows, and that they run reviewed code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.repository.files import WORKFLOWS, steps

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)


def test_checks_and_pages_have_workflows() -> None:
    assert {"check.yml", "pages.yml"} <= {path.name for path in WORKFLOWS}


@each_workflow
def test_every_action_is_pinned_by_commit_with_its_version_beside_it(workflow: Path) -> None:
    uses = [line.split("uses:")[1].strip() for line in workflow.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert [use for use in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []


@each_workflow
def test_a_workflow_has_no_permissions_but_those_of_its_jobs(workflow: Path) -> None:
    parsed = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert parsed["permissions"] == {}
    assert [name for name, job in parsed["jobs"].items() if not job.get("permissions")] == []


@each_workflow
def test_every_job_has_a_time_limit(workflow: Path) -> None:
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    assert [name for name, job in jobs.items() if "timeout-minutes" not in job] == []


@each_workflow
def test_no_checkout_keeps_credentials(workflow: Path) -> None:
    checkouts = [step for step in steps(workflow.read_text(encoding="utf-8")) if "actions/checkout" in str(step.get("uses"))]
    assert [step for step in checkouts if step.get("with") != {"persist-credentials": False}] == []


def test_only_the_deployment_may_write() -> None:
    writers = {
        (path.name, name)
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()
        if "write" in job["permissions"].values()
    }
    assert writers == {("pages.yml", "deploy")}


def test_what_is_published_is_built_without_a_cache() -> None:
    pages = next(path for path in WORKFLOWS if path.name == "pages.yml")
    assert [step for step in steps(pages.read_text(encoding="utf-8")) if "actions/cache" in str(step.get("uses"))] == []


def test_a_fork_builds_with_its_own_addresses() -> None:
    pages = next(path for path in WORKFLOWS if path.name == "pages.yml")
    build = next(step for step in steps(pages.read_text(encoding="utf-8")) if step.get("run") == "make pages")
    assert build["env"] == {
        "SITE_URL": "${{ steps.pages.outputs.base_url }}/",
        "REPO_URL": "${{ github.server_url }}/${{ github.repository }}",
    }
