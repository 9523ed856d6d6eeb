"""Which rows of a form count by their date (通知二（一）：近5年), by the pack's own windows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from juxian.regulation.calendar import in_words
from juxian.regulation.pack import Pack

CHECK = "rows_counted_since"  # the check that says which rows count
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class CountedSince:
    """Rows that count by their date (近5年): tables as "section.field", both ends included."""

    tables: tuple[str, ...]
    column: str
    since: date
    until: date

    def counts(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is dated within the window; a month or a year counts when any day does."""
        when = str(row.get(self.column) or "")
        size = len(when)
        return bool(when) and self.since.isoformat()[:size] <= when <= self.until.isoformat()[:size]

    @property
    def in_words(self) -> str:
        """2015年1月1日至2020年5月6日"""
        return f"{in_words(self.since)}至{in_words(self.until)}"

    @property
    def years(self) -> int:
        return round((self.until - self.since).days / DAYS_A_YEAR)


def windows_of(pack: Pack, track: str) -> tuple[CountedSince, ...]:
    """The windows of the track's conditions."""
    return tuple(
        CountedSince(
            tables=tuple(condition.given["rows"]),
            column=condition.given["column"],
            since=condition.given["since"],
            until=condition.given["until"],
        )
        for condition in pack.conditions
        if condition.check == CHECK and (not condition.tracks or track in condition.tracks)
    )


def window_on(windows: Iterable[CountedSince], table: str) -> CountedSince | None:
    """The window that the rows of a table ("section.field") are held against."""
    return next((window for window in windows if table in window.tables), None)
