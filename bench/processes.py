"""What processes cost: their processor seconds and their memory, from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def tree(root: int) -> frozenset[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = set(), [root]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += children.get(one, [])
    return frozenset(found)


def processor_seconds(root: int) -> float:
    """Of the process, of all below it, and of those below that have ended."""
    return sum(_used(pid) for pid in tree(root))


def busy_seconds() -> float:
    """Processor seconds that this machine has spent on anything at all."""
    words = (PROC / "stat").read_text().split("\n", 1)[0].split()
    idle, waiting = int(words[4]), int(words[5])
    return (sum(map(int, words[1:9])) - idle - waiting) / TICKS


def memory(root: int) -> int:
    """Proportional bytes of the process and all below it: what they share counts once."""
    return sum(_proportional(pid) for pid in tree(root))


def parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def name(pid: int) -> str:
    try:
        return (PROC / str(pid) / "comm").read_text().strip()
    except OSError:
        return ""


def _stat(pid: int) -> list[str]:
    """The fields from the third on; empty when the process is gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _used(pid: int) -> float:
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def _proportional(pid: int) -> int:
    try:
        lines: Iterable[str] = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
