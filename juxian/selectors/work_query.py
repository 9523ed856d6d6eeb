"""What a person asks of a list of files (查询条件), as its address says it and as rows meet it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from juxian.records.models import Application, Correction, Stop
from juxian.records.search import matching
from juxian.regulation.words import Standing
from juxian.selectors.ordering import Order, order_named

NUMBER = re.compile(r"[A-Za-z0-9-]*[0-9-][A-Za-z0-9-]*")
STEP = re.compile(r"([0-9]{1,18}):([-a-zA-Z0-9_]{1,40})")
BEIJING = ZoneInfo("Asia/Shanghai")
WAITING, SIGNING, DONE, COPIED = "waiting", "signing", "done", "copied"
RETURNED, SEEN = "returned", "seen"
TAB_TITLES = {
    WAITING: gettext_lazy("待办"),
    SIGNING: gettext_lazy("待我签署"),
    DONE: gettext_lazy("已办"),
    COPIED: gettext_lazy("抄送"),
    RETURNED: gettext_lazy("退回修改中"),
    SEEN: gettext_lazy("全部"),
}
ORDER_OF = {
    WAITING: "due",
    SIGNING: "due",
    DONE: "-arrived",
    COPIED: "-arrived",
    RETURNED: "due",
    SEEN: "-arrived",
}
SERIAL = 5  # digits of the number within a cycle and track
LONGEST = 1000  # letters of an address
LATE, UNOPENED = "late", "unopened"


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """Everything as text, "" where nothing is asked; `step` is "<cycle>:<step>".

    `late` and `unopened` are "1" or "", `returned` is "0", "1" or "2" times at least, `since` and
    `until` are days of arrival, `cols` the codes of columns with commas between them.
    """

    tab: str = ""
    words: str = ""
    cycle: str = ""
    step: str = ""
    track: str = ""
    standing: str = ""
    office: str = ""
    mark: str = ""
    returned: str = ""
    late: str = ""
    unopened: str = ""
    since: str = ""
    until: str = ""
    order: str = ""
    cols: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "WorkQuery":
        """What an address asks; what it says wrongly is not asked."""
        asked = {one.name: given.get(one.name, "").strip()[:LONGEST] for one in fields(cls)}
        for name, is_sound in SOUND.items():
            if not is_sound(asked[name]):
                asked[name] = ""
        return cls(**{**asked, "tab": asked["tab"] if asked["tab"] in TAB_TITLES else WAITING})

    @classmethod
    def of_address(cls, address: str) -> "WorkQuery":
        return cls.read(dict(parse_qsl(address[: 2 * LONGEST])))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What is asked, by name; the tab is always said."""
        said = ((one.name, getattr(self, one.name)) for one in fields(self))
        return [(name, value) for name, value in said if value]

    @property
    def address(self) -> str:
        """The query part of an address."""
        return urlencode(self.kept)

    def but(self, **changed: str) -> "WorkQuery":
        return replace(self, **changed)

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, without the tab, the words, the order and the columns."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def is_plain(self) -> bool:
        return not self.asked and not self.words

    @property
    def ordered(self) -> Order:
        return order_named(self.order, ORDER_OF[self.tab])

    def narrow(self, rows: QuerySet[Application], at: datetime) -> QuerySet[Application]:
        """The rows that meet all of it, apart from the tab."""
        rows = _find(rows.filter(*self._columns()), self.words)
        if self.late:
            live = (Standing.OPEN, Standing.RETURNED)
            rows = rows.filter(due_at__lt=at, standing__in=live)
        if self.office:
            through = Stop.objects.filter(
                application=OuterRef("pk"), office=int(self.office), reached_at__isnull=False
            )
            rows = rows.filter(Exists(through))
        return _returned(rows, self.returned) if self.returned else rows

    def _columns(self) -> list[Q]:
        found = [Q(**{name: getattr(self, name)}) for name in PLAIN if getattr(self, name)]
        if self.step:
            cycle, _colon, code = self.step.partition(":")
            found.append(Q(cycle=int(cycle), step=code))
        if self.mark:
            found.append(Q(marks__contains=[self.mark]))
        if self.unopened:
            found.append(Q(opened_at__isnull=True))
        if self.since:
            found.append(Q(held_since__gte=_start_of(date.fromisoformat(self.since))))
        if self.until:
            beyond = date.fromisoformat(self.until) + timedelta(days=1)
            found.append(Q(held_since__lt=_start_of(beyond)))
        return found


PLAIN = ("cycle", "track", "standing")
FILTERS = (
    *("cycle", "step", "track", "standing", "office", "mark", "returned"),
    *(LATE, UNOPENED, "since", "until"),
)


def _is_number(text: str) -> bool:
    return text == "" or (text.isascii() and text.isdecimal() and len(text) < len("9" * 19))


def _is_day(text: str) -> bool:
    try:
        return text == "" or date.fromisoformat(text).year < date.max.year
    except ValueError:
        return False


SOUND: dict[str, Callable[[str], bool]] = {
    "cycle": _is_number,
    "office": _is_number,
    "step": lambda text: text == "" or STEP.fullmatch(text) is not None,
    "standing": lambda text: text in ("", *Standing),
    "returned": lambda text: text in ("", "0", "1", "2"),
    LATE: lambda text: text in ("", "1"),
    UNOPENED: lambda text: text in ("", "1"),
    "since": _is_day,
    "until": _is_day,
    "words": lambda text: "\x00" not in text,
    "track": lambda text: "\x00" not in text,
    "mark": lambda text: "\x00" not in text,
}


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _find(rows: QuerySet[Application], words: str) -> QuerySet[Application]:
    """Rows with the words: a number, or two characters or the pinyin initials of a name."""
    asked = words.strip()
    if NUMBER.fullmatch(asked):
        return _numbered(rows, asked)
    return matching(rows, asked) if asked else rows


def _numbered(rows: QuerySet[Application], asked: str) -> QuerySet[Application]:
    """A stretch of a number: its pieces but the first are known from their beginning.

    The serial number alone may be said without its zeros.
    """
    first, *others = [piece for piece in asked.split("-") if piece] or [""]
    if others:
        return matching(rows, " ".join(others)).filter(number__icontains=asked)
    return matching(rows, first.zfill(SERIAL) if first.isdecimal() else first)


def _returned(rows: QuerySet[Application], times: str) -> QuerySet[Application]:
    """Rows that were returned to their applicants never, or at least so often."""
    if times == "0":
        return rows.exclude(Exists(Correction.objects.filter(application=OuterRef("pk"))))
    often = Correction.objects.values("application").annotate(n=Count("pk"))
    return rows.filter(pk__in=often.filter(n__gte=int(times)).values("application"))
