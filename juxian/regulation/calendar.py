"""Working days: weekends, the yearly lists of holidays and make-up days, regional overlays."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import Strict

from juxian.regulation.problems import STRICT, PackProblem, read_as
from juxian.regulation.refusal import NotReady

SATURDAY = 5
ONE_DAY = timedelta(days=1)

Day = Annotated[date, Strict()]
Read = TypeVar("Read", bound="DayList")


class UnknownYear(NotReady):
    """A working day is asked for in a year whose list is not loaded."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年的节假日安排尚未载入，无法推算工作日。"
            f"请先载入国务院办公厅公布的{year}年节假日安排（{year}.toml）。"
        )
        self.year = year


class CalendarError(ValueError):
    """Calendar files that do not say what they must; `problems` lists every reason."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_words(day: date) -> str:
    """2020年5月6日, as documents write a date (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in one stretch, both ends included."""

    __pydantic_config__ = STRICT

    name: str
    first: Day
    last: Day

    @property
    def days(self) -> tuple[date, ...]:
        span = range((self.last - self.first).days + 1)
        return tuple(self.first + offset * ONE_DAY for offset in span)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayList:
    """Days off, and days worked although they fall on a weekend or a holiday."""

    __pydantic_config__ = STRICT

    source: str
    holiday: tuple[Holiday, ...] = ()
    working_days: tuple[Day, ...] = ()

    @property
    def days_off(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holiday for day in holiday.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearList(DayList):
    """The national list of one year: `<year>.toml`."""

    year: Annotated[int, Strict()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay(DayList):
    """What a region or an office adds to the national lists: `regional-<code>.toml`."""

    region: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked, in the years whose lists are loaded; UnknownYear in any other."""

    years: frozenset[int]
    holidays: frozenset[date]
    extra_working_days: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        if isinstance(day, datetime):
            raise TypeError("a working day is a date: a moment has none until its zone is chosen")
        if day.year not in self.years:
            raise UnknownYear(day.year)
        if day in self.extra_working_days:
            return True
        return day not in self.holidays and day.weekday() < SATURDAY

    def working_days_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is not counted; 0 is `day`."""
        return self._step(day, count, ONE_DAY)

    def working_days_before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`, which itself is not counted; 0 is `day`."""
        return self._step(day, count, -ONE_DAY)

    def first_working_day_from(self, day: date) -> date:
        """`day` when it is worked, or the next day that is."""
        return self.working_days_after(day - ONE_DAY, 1)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days there are, both ends included; 0 when `last` is earlier."""
        span = range((last - first).days + 1)
        return sum(self.is_working_day(first + offset * ONE_DAY) for offset in span)

    def with_overlay(self, overlay: Overlay) -> Self:
        """This calendar under a later word: what the overlay says wins over what is here."""
        days_off, worked = overlay.days_off, frozenset(overlay.working_days)
        return replace(
            self,
            holidays=self.holidays - worked | days_off,
            extra_working_days=self.extra_working_days - days_off | worked,
        )

    def _step(self, day: date, count: int, stride: timedelta) -> date:
        if count < 0:
            raise ValueError("a count of working days is not negative")
        while count:
            day += stride
            count -= self.is_working_day(day)
        return day


def load_calendar(folder: Path, overlays: Sequence[str] = ()) -> WorkingCalendar:
    """Every `<year>.toml` of `folder`, then the overlays by name, such as "regional-65".

    CalendarError with every fault of every file when one is not sound.
    """
    problems: list[PackProblem] = []
    paths = sorted(folder.glob("[0-9][0-9][0-9][0-9].toml"))
    national = [entry for path in paths for entry in _read(YearList, path, problems)]
    regional = [
        entry for name in overlays for entry in _read(Overlay, folder / f"{name}.toml", problems)
    ]
    if not paths:
        problems.append(PackProblem(folder.name, "-", "没有任何年份的节假日安排，如 2026.toml"))
    if problems:
        raise CalendarError(problems)
    calendar = WorkingCalendar(
        years=frozenset(entry.year for entry in national),
        holidays=frozenset(day for entry in national for day in entry.days_off),
        extra_working_days=frozenset(day for entry in national for day in entry.working_days),
    )
    for overlay in regional:
        calendar = calendar.with_overlay(overlay)
    return calendar


def _read(kind: type[Read], path: Path, problems: list[PackProblem]) -> tuple[Read, ...]:
    """The file's list alone; or nothing, and why added to `problems`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(PackProblem(path.name, "-", "缺少这个文件"))
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(PackProblem(path.name, "-", f"不是有效的 TOML：{error}"))
        return ()
    entry, found = read_as(kind, table, path.name)
    problems += found
    if entry is None:
        return ()
    problems += [PackProblem(path.name, key, reason) for key, reason in _faults(entry, path.stem)]
    return (entry,)


def _faults(entry: DayList, stem: str) -> Iterator[tuple[str, str]]:
    for number, holiday in enumerate(entry.holiday, start=1):
        if holiday.first > holiday.last:
            yield f"holiday[{number}]", "last 不能早于 first"
    listed = Counter(day for holiday in entry.holiday for day in holiday.days)
    listed.update(entry.working_days)
    for day, times in sorted(listed.items()):
        if times > 1:
            yield "-", f"{in_words(day)}列了{times}次，一天只能列一次"
    if isinstance(entry, YearList):
        yield from _year_faults(entry, stem)


def _year_faults(entry: YearList, stem: str) -> Iterator[tuple[str, str]]:
    if stem != str(entry.year):
        yield "year", f"应与文件名一致，为{stem}"
    for day in sorted(entry.days_off.union(entry.working_days)):
        if day.year != entry.year:
            yield "-", f"{in_words(day)}不在{entry.year}年内，应列入{day.year}.toml"
    for day in entry.working_days:
        if day.weekday() < SATURDAY:
            yield "working_days", f"{in_words(day)}不是周六或周日，无须列出"
