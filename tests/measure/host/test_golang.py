from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.measure.host import golang
from bench.measure.host.golang import ToolchainError
from tests.measure import hangs

HARNESS = """
import pathlib, signal, sys
from bench.measure.host import golang
signal.signal(signal.SIGINT, signal.default_int_handler)
folder = pathlib.Path(sys.argv[1])
sys.executable = str(folder / "python")
golang.build_all(folder, [("package", layout, folder / str(layout)) for layout in range(3)])
"""


def module(root: Path, *, text: str = "") -> Path:
    """Write a project whose Go module holds one package with one benchmark."""
    package = root / "go_examples" / "count"
    package.mkdir(parents=True)
    (root / "go_examples" / "go.mod").write_text("module go_examples\n\ngo 1.25\n", encoding="utf-8")
    body = 'package count\n\nimport "testing"\n\nfunc BenchmarkRun(b *testing.B) { for b.Loop() {} }\n'
    (package / "count_test.go").write_text(body + text, encoding="utf-8")
    return root


def script(path: Path, text: str) -> Path:
    """Write an executable file."""
    path.write_text(f"{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_missing_toolchain_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ToolchainError) as caught:
        golang.describe(ROOT)
    assert str(caught.value).startswith(f"the Go toolchain is missing: there is no {tmp_path / 'go'}; ")


def test_a_toolchain_whose_environment_was_moved_is_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script(tmp_path / "go", "#!/nowhere/.venv/bin/python")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ToolchainError) as caught:
        golang.describe(ROOT)
    assert str(caught.value) == (
        f"{tmp_path / 'go'}: cannot be run: No such file or directory; "
        "if the checkout was moved, `rm -r .venv && make site` installs it anew"
    )


def test_without_a_home_the_error_is_the_toolchains_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "GOCACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ToolchainError, match="build cache is required"):
        golang.yardstick(ROOT)


def test_the_toolchain_tells_version_and_target() -> None:
    described = golang.describe(ROOT)
    assert described.name == f"go-{'.'.join(described.version.split('.')[:2])}"
    assert described.target.count("/") == 1
    assert Path(described.executable).is_file()


def test_a_c_library_that_the_linker_does_not_find_is_not_linked_with() -> None:
    assert not golang.links("m", "absent-from-every-machine")


@pytest.mark.skipif(not golang.compiles_c(), reason="this machine has no C compiler")
def test_a_c_library_that_the_linker_finds_is_linked_with() -> None:
    assert golang.links("m")


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


def test_builds_are_ended_when_the_harness_is_interrupted(tmp_path: Path) -> None:
    script(tmp_path / "go", f"#!/bin/sh\necho $$ >> {tmp_path}/started\nexec sleep 600")
    (tmp_path / golang.MODULE).mkdir()
    harness = subprocess.Popen([sys.executable, "-c", HARNESS, str(tmp_path)], cwd=ROOT, stderr=subprocess.DEVNULL)
    at_once = min(os.cpu_count() or 1, 3)
    limit = time.monotonic() + 30
    while len(started(tmp_path)) < at_once:
        assert time.monotonic() < limit
        time.sleep(0.01)
    os.kill(harness.pid, signal.SIGINT)
    assert harness.wait(120) == -signal.SIGINT  # a command that is interrupted while it starts is killed, after some patience
    assert all(hangs.gone(pid) for pid in started(tmp_path))
    assert len(started(tmp_path)) == at_once


def started(folder: Path) -> list[int]:
    """Return the ids of the builds that were started."""
    path = folder / "started"
    return [int(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
