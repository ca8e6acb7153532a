"""What the process's own control group and those above it allow, and how often they were throttled; versions 1 and 2.

https://man7.org/linux/man-pages/man7/cgroups.7.html says what the files of a process hold,
https://docs.kernel.org/admin-guide/cgroup-v2.html what those of a group do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

UNLIMITED = 1 << 60
"""Bytes from which a limit of version 1 is none: the most that it can say, in whole pages."""


def cpu_limit(root: Path = Path("/")) -> float | None:
    """Return the cores that the tightest quota allows; None where there is none. `root` holds proc and sys."""
    quotas = (_cpu_quota(folder) for folder in own_folders("cpu", root))
    return min((quota for quota in quotas if quota is not None), default=None)


def memory_limit(root: Path = Path("/")) -> int | None:
    """Return the bytes that the tightest limit allows; None where there is none. `root` holds proc and sys."""
    texts = (_text(folder / "memory.max") or _text(folder / "memory.limit_in_bytes") for folder in own_folders("memory", root))
    limits = (int(text) for text in texts if re.fullmatch(r"[0-9]+", text))
    return min((limit for limit in limits if limit < UNLIMITED), default=None)


def throttled(root: Path = Path("/")) -> int:
    """Return how many periods the groups were throttled in so far, all together. `root` holds proc and sys."""
    texts = (_text(folder / "cpu.stat") for folder in own_folders("cpu", root))
    return sum(int(count) for text in texts for count in re.findall(r"(?m)^nr_throttled ([0-9]+)$", text))


def own_folders(controller: str, root: Path = Path("/")) -> list[Path]:
    """Return `folders` of this process: its own group first, none where there is none. `root` holds proc and sys."""
    texts = (_text(root / "proc" / "self" / name) for name in ("cgroup", "mountinfo"))
    return [root / folder.relative_to("/") for folder in folders(controller, *texts)]


def folders(controller: str, cgroup: str, mountinfo: str) -> tuple[PurePosixPath, ...]:
    """Return the folders of a process's group of a controller and of the groups above it, as far as they are mounted.

    Args:
        controller: "cpu" or "memory". One that no hierarchy of version 1 has is version 2's.
        cgroup: text of /proc/<pid>/cgroup.
        mountinfo: text of /proc/<pid>/mountinfo.

    Returns:
        The process's own group first. Where that lies outside of what is mounted, as in some containers, the mount's topmost
        group alone, which then is the container's; nothing where the controller is not mounted.
    """
    groups = _groups(cgroup)
    version_1 = controller in groups
    group = groups.get(controller if version_1 else "")
    mounts = [mount for mount in _mounts(mountinfo) if (controller in mount.controllers if version_1 else mount.version_2)]
    if group is None or not mounts:
        return ()
    mount = next((mount for mount in mounts if mount.below(group) is not None), mounts[0])
    names = mount.below(group) or ()
    return tuple(mount.point.joinpath(*names[:depth]) for depth in range(len(names), -1, -1))


@dataclass(frozen=True)
class _Mount:
    """A mounted hierarchy, or a part of one."""

    root: PurePosixPath
    """The group that is mounted."""
    point: PurePosixPath
    version_2: bool
    controllers: frozenset[str]
    """Of version 1."""

    def below(self, group: PurePosixPath) -> tuple[str, ...] | None:
        """Return the names that lead from the mounted group to one below it, or None where it is not."""
        names = group.relative_to(self.root).parts if group.is_relative_to(self.root) else ("..",)
        return None if ".." in names else names


def _groups(cgroup: str) -> dict[str, PurePosixPath]:
    """Return controller -> path of the group; of version 2, which has one for all controllers, "" -> path."""
    lines = (line.split(":", 2) for line in cgroup.split("\n") if line.count(":") > 1)
    return {controller: PurePosixPath(path) for _, controllers, path in lines for controller in controllers.split(",")}


def _mounts(mountinfo: str) -> Iterator[_Mount]:
    for line in mountinfo.split("\n"):
        fields, _, rest = line.partition(" - ")
        places, kind = fields.split(" ")[3:5], rest.split(" ")
        if len(places) == 2 and places[1].startswith("/") and len(kind) == 3 and kind[0] in ("cgroup", "cgroup2"):
            version_2 = kind[0] == "cgroup2"
            controllers = frozenset() if version_2 else frozenset(kind[2].split(","))
            yield _Mount(_unescaped(places[0]), _unescaped(places[1]), version_2, controllers)


def _unescaped(path: str) -> PurePosixPath:
    """Return a path of mountinfo, in which spaces and the like are octal numbers."""
    return PurePosixPath(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), path))


def _cpu_quota(folder: Path) -> float | None:
    text = _text(folder / "cpu.max") or f"{_text(folder / 'cpu.cfs_quota_us')} {_text(folder / 'cpu.cfs_period_us')}"
    numbers = re.fullmatch(r"([1-9][0-9]*) ([1-9][0-9]*)", text)
    return int(numbers[1]) / int(numbers[2]) if numbers else None


def _text(path: Path) -> str:
    """Return what a file holds; a group that is not there, or has not this file, says nothing."""
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""
