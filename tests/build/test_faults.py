"""What is broken ends the build with one message that names it, and a status other than 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.records.store import close_result, result_name, save_run
from tests import synthetic
from tests.build.commands import build, edit, error, succeeded
from tests.kinds import first

READERS = [("list",), ("pages",), ("check",), ("show", "execution/n-body")]


def stored(project: Path, *, answer_of_go: int = 42) -> Path:
    """Store a run of one benchmark and return the result's file."""
    run = synthetic.run()
    folder = project / "bench" / "results" / run.id
    invocations = [
        one.model_copy(update={"checksum": answer_of_go}) if one.program == synthetic.GO else one
        for one in synthetic.rounds({synthetic.PURE: 3.8e-3, synthetic.GO: 1e-4})
    ]
    folder.mkdir(parents=True)
    close_result(folder, synthetic.result(tuple(invocations)))
    save_run(folder, run)
    return folder / result_name("execution/n-body")


@pytest.mark.parametrize("command", first([*READERS, ("site", "--profile", "smoke")]))
def test_invalid_toml_names_file_and_line(copied: Path, command: tuple[str, ...]) -> None:
    (copied / "bench" / "catalog" / "web.toml").write_text('[[benchmark]]\nid = "web/json\n', encoding="utf-8")
    message = error(build(copied, *command))
    assert message.startswith("bench/catalog/web.toml: not valid TOML: ")
    assert "line 2" in message


def test_all_mistakes_of_the_catalog_are_one_error(copied: Path) -> None:
    edit(copied / "bench" / "catalog" / "execution.toml", 'unit = "second"', 'unit = "hour"')
    edit(copied / "bench" / "catalog" / "execution.toml", "n_body", "gone")
    assert [line.split(": ")[1:3] for line in error(build(copied, "check")).splitlines()] == [
        ["execution/empty-loop", "unit"],
        ["execution/n-body", "python.pure.module"],
    ]


@pytest.mark.parametrize("command", first(READERS))
def test_a_truncated_result_is_named(copied: Path, command: tuple[str, ...]) -> None:
    file = stored(copied)
    file.write_text(file.read_text(encoding="utf-8")[:2000], encoding="utf-8")
    done = build(copied, *command)
    assert error(done)
    assert f"{file}: not valid JSON, perhaps truncated: " in done.stderr


def test_the_site_is_built_without_a_damaged_run_and_names_it(illustrated: Path) -> None:
    file = stored(illustrated)
    file.write_text(file.read_text(encoding="utf-8").replace('"round":3', '"round":4', 1), encoding="utf-8")
    message = error(build(illustrated, "pages"))
    assert message == f"{file.parent}: the run is damaged and was set aside; `scripts/build.py check` says why"
    page = (illustrated / "site" / "data" / "index.html").read_text(encoding="utf-8")
    assert "is not as it was when it was written" in page


@pytest.mark.every
def test_a_run_of_a_newer_schema_is_set_aside_without_an_error(illustrated: Path) -> None:
    file = stored(illustrated).with_name("run.json")
    file.write_text(file.read_text(encoding="utf-8").replace('"schema_version": 2', '"schema_version": 3', 1), encoding="utf-8")
    done = succeeded(build(illustrated, "pages"))
    assert f"{file}: schema_version: is 3, and this code knows 2; update the project" in done.stderr
    assert "this code knows 2" in (illustrated / "site" / "data" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", first(READERS))
def test_a_result_whose_programs_gave_different_answers_is_named(copied: Path, command: tuple[str, ...]) -> None:
    file = stored(copied, answer_of_go=43)
    message = error(build(copied, *command))
    assert message.startswith(f"{file}: execution/n-body: checksum")
    assert synthetic.PURE in message
    assert synthetic.GO in message


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ('{{ no_such_macro("execution/n-body") }}', "docs/basics.md: no macro is called no_such_macro; "),
        pytest.param(
            '{{ ratio("nope/nope") }}',
            "docs/basics.md: ratio: there is no benchmark 'nope/nope'; `scripts/build.py list` has all ",
            marks=pytest.mark.every,
        ),
        ("{{ ratio( }}", "`basics.md`"),
        pytest.param("[nowhere](nowhere.md)", "'basics.md'", marks=pytest.mark.every),
    ],
    ids=["undefined macro", "unknown benchmark", "syntax", "link"],
)
def test_a_page_that_cannot_be_made_is_named(illustrated: Path, markdown: str, said: str) -> None:
    edit(illustrated / "docs" / "basics.md", "\n\n", f"\n\n{markdown}\n\n")
    done = build(illustrated, "pages")
    assert error(done).startswith("mkdocs build --strict failed: ")
    assert said in done.stdout + done.stderr
