"""What became of every planted error: how many were planted, how many found, and in what words."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from juxian.jobs.rehearsal.slips import FINDERS, Finder


@dataclass
class Entry:
    finder: Finder
    planted: int = 0
    found: int = 0
    words: Counter[str] = field(default_factory=Counter)

    @property
    def is_missed(self) -> bool:
        """Whether a rule that must find it let one pass."""
        return self.finder is Finder.RULE and self.found < self.planted


@dataclass
class Ledger:
    entries: dict[str, Entry] = field(default_factory=dict)

    def plant(self, what: str) -> Entry:
        finder = FINDERS.get(what, Finder.RULE)
        entry = self.entries.setdefault(what, Entry(finder))
        entry.planted += 1
        return entry

    def find(self, what: str, words: str) -> None:
        entry = self.entries[what]
        entry.found += 1
        entry.words[words] += 1

    def missed(self) -> tuple[str, ...]:
        return tuple(
            f"{what}：种下{entry.planted}，查出{entry.found}"
            for what, entry in self.entries.items()
            if entry.is_missed
        )

    def table(self) -> dict[str, dict[str, Any]]:
        return {
            what: {
                "finder": str(entry.finder),
                "planted": entry.planted,
                "found": entry.found,
                "words": dict(entry.words.most_common(3)),
            }
            for what, entry in sorted(self.entries.items())
        }
