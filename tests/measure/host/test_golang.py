from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.measure.host import golang
from bench.measure.host.golang import ToolchainError


def module(root: Path, *, text: str = "") -> Path:
    """Write a project whose Go module holds one package with one benchmark."""
    package = root / "go_examples" / "count"
    package.mkdir(parents=True)
    (root / "go_examples" / "go.mod").write_text("module go_examples\n\ngo 1.25\n", encoding="utf-8")
    body = 'package count\n\nimport "testing"\n\nfunc BenchmarkRun(b *testing.B) { for b.Loop() {} }\n'
    (package / "count_test.go").write_text(body + text, encoding="utf-8")
    return root


def test_a_missing_toolchain_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ToolchainError) as caught:
        golang.describe(ROOT)
    assert str(caught.value).startswith(f"the Go toolchain is missing: there is no {tmp_path / 'go'}; ")


def test_the_toolchain_tells_version_and_target() -> None:
    found = golang.describe(ROOT)
    assert found.name == f"go-{'.'.join(found.version.split('.')[:2])}"
    assert found.target.count("/") == 1
    assert Path(found.executable).is_file()


def test_what_does_not_compile_is_an_error_with_the_compilers_message(tmp_path: Path) -> None:
    with pytest.raises(ToolchainError, match=r"(?s)go test -c .* exit status 1: .*undefined: nothing"):
        golang.build(module(tmp_path, text="var _ = nothing\n"), "count", 1, tmp_path / "binaries" / "count.test")
    assert not (tmp_path / "binaries" / "count.test").exists()


def test_a_binary_is_built_once_and_tells_its_settings(tmp_path: Path) -> None:
    root, binary = module(tmp_path), tmp_path / "binaries" / "1" / "count.test"
    golang.build_all(root, [("count", 1, binary)])
    built = binary.stat().st_mtime_ns
    golang.build_all(root, [("count", 1, binary)])
    assert binary.stat().st_mtime_ns == built
    described = golang.built(golang.describe(root), root, [binary])
    assert described.build_settings["-compiler"] == "gc"
    assert described.build_settings["-trimpath"] == "true"


def test_layouts_give_different_binaries(tmp_path: Path) -> None:
    root = module(tmp_path)
    binaries = [golang.build(root, "count", layout, tmp_path / f"{layout}.test").read_bytes() for layout in (1, 2)]
    assert binaries[0] != binaries[1]
