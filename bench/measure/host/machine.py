"""The environment probe: the machine, and the state of the project's repository."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from bench.records.run import NO_COMMIT, Machine

CGROUP = Path("/sys/fs/cgroup")


def machine() -> Machine:
    """Describe this computer as the process sees it."""
    return Machine(
        hostname=platform.node().partition(".")[0] or "unknown",
        cpu=_cpu(),
        cores=os.cpu_count() or 1,
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        kernel=f"{platform.system()} {platform.release()}",
        system=_system(),
        virtualisation=_virtualisation(),
        clock_source=_text(Path("/sys/devices/system/clocksource/clocksource0/current_clocksource")),
        cpu_limit=_cpu_limit(),
        memory_limit=_memory_limit(),
        governor=_text(Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
    )


def cpus() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return (CPUs of the measured programs, CPUs of the harness): the last one allowed, and the others.

    Both are empty where the platform has no pinning; both are the same CPU where only one is allowed.
    """
    if not hasattr(os, "sched_getaffinity"):
        return (), ()
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[-1],), tuple(allowed[:-1]) or (allowed[-1],)


def commit(root: Path) -> tuple[str, bool]:
    """Return the commit that is checked out at `root` and whether tracked files differ from it.

    Outside a repository, or inside one that is not the project's own: "none" and True.
    """
    try:
        top = Path(_git(root, "rev-parse", "--show-toplevel").strip())
        if top.resolve() != root.resolve():
            return NO_COMMIT, True
        head = _git(root, "rev-parse", "HEAD").strip()
        return head, bool(_git(root, "status", "--porcelain", "--untracked-files=no").strip())
    except (OSError, subprocess.CalledProcessError):
        return NO_COMMIT, True


def slug(hostname: str) -> str:
    """Return a host's name as names of runs have it: lower-case letters, digits, and single hyphens within."""
    return re.sub(r"[^a-z0-9]+", "-", hostname.lower()).strip("-")[:60].strip("-") or "unknown"


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True).stdout


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def _cpu() -> str:
    for line in (_text(Path("/proc/cpuinfo")) or "").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
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


def _virtualisation() -> str | None:
    """What systemd-detect-virt says; without it, whether the CPU knows that it is a guest."""
    tool = shutil.which("systemd-detect-virt")
    if tool:
        name = subprocess.run([tool], capture_output=True, text=True, check=False).stdout.strip()
        return name or None
    flags = next((line for line in (_text(Path("/proc/cpuinfo")) or "").splitlines() if line.startswith("flags")), "")
    return "virtual machine" if " hypervisor" in flags else None


def _cpu_limit() -> float | None:
    quota = _text(CGROUP / "cpu.max")
    if quota:
        allowed, _, period = quota.partition(" ")
        return None if allowed == "max" else int(allowed) / int(period)
    allowed_v1, period_v1 = _text(CGROUP / "cpu" / "cpu.cfs_quota_us"), _text(CGROUP / "cpu" / "cpu.cfs_period_us")
    if allowed_v1 and period_v1 and int(allowed_v1) > 0:
        return int(allowed_v1) / int(period_v1)
    return None


def _memory_limit() -> int | None:
    limit = _text(CGROUP / "memory.max") or _text(CGROUP / "memory" / "memory.limit_in_bytes")
    if limit is None or limit == "max":
        return None
    return int(limit) if int(limit) < 1 << 60 else None
