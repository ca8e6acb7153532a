"""The environment probe: the machine, and the state of the project's repository."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path

from bench.measure.host import cgroup
from bench.records.run import NO_COMMIT, Machine

FAMILY = ("vendor_id", "cpu family", "model", "stepping")
FAMILY_ARM = ("CPU implementer", "CPU architecture", "CPU variant", "CPU part", "CPU revision")
CONTAINERS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that Docker and Podman make in each container."""

MEASURED = ("bench", "go_examples", ":!bench/results")
"""What is measured and measures, as git's pathspecs."""


def machine() -> Machine:
    """Describe this computer as the process sees it."""
    cpuinfo = _text(Path("/proc/cpuinfo")) or ""
    return Machine(
        hostname=re.sub(r"[^A-Za-z0-9]+", "-", platform.node().partition(".")[0]).strip("-")[:60].strip("-") or "unknown",
        cpu=_cpu(cpuinfo),
        cpu_family=cpu_family(cpuinfo),
        cores=os.cpu_count() or 1,
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        kernel=f"{platform.system()} {platform.release()}",
        system=_system(),
        virtualisation=virtualisation(cpuinfo),
        clock_source=_text(Path("/sys/devices/system/clocksource/clocksource0/current_clocksource")),
        cpu_limit=cgroup.cpu_limit(),
        memory_limit=cgroup.memory_limit(),
        governor=_text(Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
    )


def cpu_family(cpuinfo: str) -> str | None:
    """Return what /proc/cpuinfo says of a CPU beside its name: "AuthenticAMD family 26 model 2 stepping 1".

    Kinds of cores that differ in it stand beside each other; None where it says nothing.
    """
    families: dict[str, None] = {}
    for processor in cpuinfo.split("\n\n"):
        fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in processor.splitlines())}
        names = FAMILY if "vendor_id" in fields else FAMILY_ARM
        words = [f"{name.split()[-1]} {fields[name]}" for name in names if fields.get(name)]
        if words:
            families[" ".join(words).removeprefix("vendor_id ")] = None
    return ", ".join(families) or None


def virtualisation(cpuinfo: str) -> str | None:
    """Return what systemd-detect-virt says of the machine and of a container on it; without it, as much as files tell."""
    tool = shutil.which("systemd-detect-virt")
    if tool:
        asked = (subprocess.run([tool, what], capture_output=True, text=True, check=False) for what in ("--vm", "--container"))
        kinds = [answer.stdout.strip() for answer in asked if answer.returncode == 0]
    else:
        flags = re.search(r"(?m)^flags\s*:.* hypervisor\b", cpuinfo)
        kinds = ["virtual machine"] * bool(flags) + ["container"] * any(path.exists() for path in CONTAINERS)
    return ", ".join(kinds) or None


def cpus() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return (CPUs of the measured programs, CPUs of the harness), of those that this process may use.

    Both are empty where the platform has no pinning.
    """
    if not hasattr(os, "sched_getaffinity"):
        return (), ()
    allowed = os.sched_getaffinity(0)
    return split_cpus(allowed, {cpu: _core(cpu) for cpu in allowed})


def split_cpus(allowed: Collection[int], cores: Mapping[int, Collection[int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return (CPUs of the measured programs, CPUs of the harness): the last one allowed, and those of other cores.

    Where there is no other core, the harness has the other CPUs of the same core, and where there are none, the same CPU.

    Args:
        allowed: one CPU or more.
        cores: CPU -> the CPUs of its core, itself included: more than one with simultaneous multithreading.
    """
    *others, program = sorted(allowed)
    apart = [cpu for cpu in others if cpu not in cores[program]]
    return (program,), tuple(apart or others or [program])


def shared_core(program_cpus: Collection[int], harness_cpus: Collection[int]) -> bool:
    """Whether the measured programs and the harness have to share a core."""
    return any(cpu in _core(program_cpu) for program_cpu in program_cpus for cpu in harness_cpus)


def cpu_list(text: str) -> frozenset[int]:
    """Return the CPUs of a list as the kernel writes it: "0-2,8".

    Raises:
        ValueError: it is none.
    """
    ranges = (part.partition("-")[::2] for part in text.split(","))
    return frozenset(cpu for first, last in ranges for cpu in range(int(first), int(last or first) + 1))


def commit(root: Path) -> tuple[str, bool]:
    """Return the commit that is checked out at `root` and whether files differ from it.

    Those are tracked files, and untracked ones among the catalog and the programs. Outside a repository, or inside one that is
    not the project's own: "none" and True.
    """
    try:
        top = Path(_git(root, "rev-parse", "--show-toplevel").strip())
        if top.resolve() != root.resolve():
            return NO_COMMIT, True
        head = _git(root, "rev-parse", "HEAD").strip()
        changed = _git(root, "status", "--porcelain", "--untracked-files=no")
        added = _git(root, "ls-files", "--others", "--exclude-standard", "--", *MEASURED)
        return head, bool((changed + added).strip())
    except (OSError, subprocess.CalledProcessError):
        return NO_COMMIT, True


def slug(hostname: str) -> str:
    """Return a host's name as names of runs have it: lower-case letters, digits, and single hyphens within."""
    return re.sub(r"[^a-z0-9]+", "-", hostname.lower()).strip("-")[:60].strip("-") or "unknown"


def _git(root: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}  # a hook's repository
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip() or None
    except OSError:
        return None


def _core(cpu: int) -> frozenset[int]:
    """Return the CPUs of a CPU's core; itself alone where the kernel does not tell."""
    topology = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology")
    text = _text(topology / "core_cpus_list") or _text(topology / "thread_siblings_list")  # the newer name, the older one
    return cpu_list(text) if text else frozenset({cpu})


def _cpu(cpuinfo: str) -> str:
    """Return the model's name, or what the platform calls such CPUs."""
    name = re.search(r"(?m)^model name\s*: *(.*\S)", cpuinfo)
    if name:
        return name[1]
    if platform.system() == "Darwin":
        brand = subprocess.run(["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False)
        if brand.stdout.strip():
            return brand.stdout.strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return f"{platform.system()} {platform.release()}"
    return release.get("PRETTY_NAME", release["NAME"])
