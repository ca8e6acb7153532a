"""Counts of dependencies: of made-up distributions, of those that are installed here, and of binaries that are built here."""

from __future__ import annotations

import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.measure.host import dependencies, golang
from bench.measure.host.golang import ToolchainError
from bench.measure.host.probes import closure

INSTALLED = [text for one in distributions() for text in one.requires or ()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path, for distributions that a test makes."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def distribution(folder: Path, name: str, *requires: str, size: int = 0, cached: int = 0) -> None:
    """Make a distribution with one module of so many bytes, and so many of its bytecode cache."""
    facts = folder / f"{name}-1.0.dist-info"
    facts.mkdir()
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {one}" for one in requires)]
    (facts / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    module, cache = folder / f"{name}.py", folder / "__pycache__" / f"{name}.cpython-311.pyc"
    cache.parent.mkdir(exist_ok=True)
    module.write_bytes(b"#" * size)
    cache.write_bytes(b"#" * cached)
    files = (module, cache, facts / "METADATA")
    record = "".join(f"{file.relative_to(folder)},,\n" for file in files)
    (facts / "RECORD").write_text(record, encoding="utf-8")


def names(*packages: str) -> set[str]:
    return set(closure.closure([*packages]))


def test_a_distribution_counts_itself_and_what_it_needs_once(folder: Path) -> None:
    distribution(folder, "zz_one", "zz-two>=1", "zz.three (<2)")
    distribution(folder, "zz_two", "ZZ_Three", "zz-one")
    distribution(folder, "zz_three")
    assert names("zz-one", "zz-two") == {"zz-one", "zz-two", "zz-three"}


def test_an_extra_counts_only_where_it_is_asked_for(folder: Path) -> None:
    distribution(folder, "zz_one", 'zz-two; extra == "fast"', 'zz-three; extra == "slow"')
    distribution(folder, "zz_two")
    distribution(folder, "zz_three")
    assert names("zz-one") == {"zz-one"}
    assert names("zz-one[fast]") == {"zz-one", "zz-two"}
    assert names("zz-one[ fast, SLOW ]") == {"zz-one", "zz-two", "zz-three"}


def test_an_extra_that_a_requirement_asks_for_counts(folder: Path) -> None:
    distribution(folder, "zz_one", "zz-two[fast]>=1.0; python_version >= '3.8'")
    distribution(folder, "zz_two", "zz-three; extra == 'fast'")
    distribution(folder, "zz_three")
    assert names("zz-one") == {"zz-one", "zz-two", "zz-three"}


def test_what_another_python_would_need_does_not_count(folder: Path) -> None:
    distribution(folder, "zz_one", "zz-two; python_version < '3'", "zz-three; sys_platform == 'elsewhere'")
    distribution(folder, "zz_two")
    distribution(folder, "zz_three")
    assert names("zz-one") == {"zz-one"}


def test_what_is_missing_is_named(folder: Path) -> None:
    distribution(folder, "zz_one", "zz-two")
    with pytest.raises(LookupError, match="zz-two is not installed, and zz-one need it"):
        names("zz-one")


def test_bytes_are_those_of_the_files_without_bytecode_caches(folder: Path) -> None:
    distribution(folder, "zz_one", size=1000, cached=5000)
    described = (folder / "zz_one-1.0.dist-info" / "METADATA").stat().st_size
    assert closure.size(closure.closure(["zz-one"])["zz-one"]) == 1000 + described


def test_a_distribution_without_a_list_of_its_files_is_an_error(folder: Path) -> None:
    distribution(folder, "zz_one")
    (folder / "zz_one-1.0.dist-info" / "RECORD").unlink()
    with pytest.raises(LookupError, match="zz_one has no list of its files"):
        closure.size(closure.closure(["zz-one"])["zz-one"])


@pytest.mark.parametrize(
    "marker",
    [
        "python_version < '3.11'",
        "python_version >= '3.9'",
        "python_version < '3.100'",
        "python_version == '3.11.0'",
        "python_full_version > '3.11'",
        "python_full_version >= '3.11.0rc1'",
        "'3.9' <= python_version",
        "implementation_name == 'cpython' and sys_platform != 'win32'",
        "implementation_name == 'pypy' and sys_platform != 'win32' or os_name == 'posix'",
        "implementation_name == 'pypy' and (sys_platform != 'win32' or os_name == 'posix')",
        "sys_platform in 'linux darwin'",
        "'lin' in sys_platform",
        "platform_system not in 'Windows'",
        "platform_python_implementation != 'PyPy'",
    ],
)
def test_a_marker_holds_where_packaging_says_so(marker: str) -> None:
    assert closure.holds(marker, "") == Marker(marker).evaluate({"extra": ""})


@pytest.mark.parametrize(
    "marker", ["python_version ~= '3.8'", "colour == 'red'", "python_version", "'3' < python_version < '4'", "f(1)"]
)
def test_a_marker_that_cannot_be_read_is_an_error(marker: str) -> None:
    with pytest.raises(ValueError, match="not a marker that can be read"):
        closure.holds(marker, "")


def test_each_requirement_that_is_installed_here_is_read_as_packaging_reads_it() -> None:
    assert len(INSTALLED) > 100
    for text in INSTALLED:
        wanted = Requirement(text)
        for extra in ("", "standard", "test", "dev", "binary"):
            required = set(closure.required(text, extra))
            request = wanted.marker is None or wanted.marker.evaluate({"extra": extra})
            name = canonicalize_name(wanted.name)
            assert required == ({(name, ""), *((name, canonicalize_name(one)) for one in wanted.extras)} if request else set()), (
                text
            )


def test_a_python_is_asked_for_what_it_has_installed() -> None:
    count, size = dependencies.of_python(Path(sys.executable), ("fastapi",))
    assert count == len(closure.closure(["fastapi"]))
    assert 1_000_000 < size < 100_000_000


def test_a_package_that_a_python_lacks_is_an_error_that_names_both() -> None:
    with pytest.raises(ToolchainError, match=rf"{sys.executable} .*: zz-nothing is not installed"):
        dependencies.of_python(Path(sys.executable), ("zz-nothing",))


def built(folder: Path, package: str) -> Path:
    """Build a command of a module that needs one other module, which is there as a folder."""
    for name, text in {
        "go.mod": "module example.org/one\n\ngo 1.27\n\nrequire example.org/two v1.2.3\n\nreplace example.org/two => ./two\n",
        "two/go.mod": "module example.org/two\n\ngo 1.27\n",
        "two/two.go": 'package two\n\nfunc Say() string { return "two" }\n',
        "with/main.go": 'package main\n\nimport "example.org/two"\n\nfunc main() { println(two.Say()) }\n',
        "without/main.go": 'package main\n\nfunc main() { println("one") }\n',
    }.items():
        path = folder / golang.MODULE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return golang.build(folder, package, None, folder / "binaries" / package)


def test_a_binary_counts_the_modules_that_are_linked_into_it(tmp_path: Path) -> None:
    binary = built(tmp_path, "with")
    assert (
        golang.modules(binary)
        == golang.built(golang.describe(tmp_path), tmp_path, [binary]).modules
        == {"example.org/two": "v1.2.3"}
    )
    assert dependencies.of_go(binary) == (1, binary.stat().st_size)


def test_a_binary_of_the_standard_library_alone_counts_none(tmp_path: Path) -> None:
    binary = built(tmp_path, "without")
    assert dependencies.of_go(binary) == (0, binary.stat().st_size)


def test_a_file_that_go_did_not_build_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    with pytest.raises(ToolchainError, match="file"):
        dependencies.of_go(file)
