"""What the public may read of a notice (公示): the list's five columns, and never more."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet, Value
from django.utils.translation import gettext as _

from juxian.access.duties import duties_of
from juxian.records import sealing
from juxian.records.models import Cycle, Office, Person, Proceeding, ProceedingItem
from juxian.records.packs import pack_of
from juxian.regulation.pack import Pack
from juxian.regulation.words import Kind, Level, OfficeKind
from juxian.selectors.proceeding import days_left

KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One person as publicised (通知二（一）、四（一）)."""

    application: int
    name: str
    sex: str
    employer: str
    title: str
    speciality: str


@dataclass(frozen=True, slots=True)
class Group:
    """One track's list. `unnamed` are the numbers of those whose names are not published."""

    title: str
    lines: tuple[Line, ...]
    unnamed: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return len(self.lines) + len(self.unnamed)


@dataclass(frozen=True, slots=True)
class Notice:
    """`days_left` counts working or natural days as the step says, today's among them."""

    proceeding: Proceeding
    title: str
    step: str
    starts_on: date
    ends_on: date
    count: int
    is_running: bool
    working: bool
    days_left: int | None
    internal: bool  # within an employer: not listed, opened by its own key

    @property
    def publisher(self) -> Office:
        """The office that answers for the notice: a division posts it for the one above."""
        office = self.proceeding.office
        is_division = office.kind == OfficeKind.DIVISION
        return office.parent if is_division and office.parent else office

    @property
    def division(self) -> Office | None:
        """Who receives what is said of it, where that is a division of the publisher."""
        office = self.proceeding.office
        return office if office != self.publisher else None

    @property
    def phone(self) -> str:
        """The office's own, or the one that the notice of the programme gives for it."""
        office = self.proceeding.office
        tracks = pack_of(self.proceeding.cycle).tracks
        given = (t.receiving.phone for t in tracks if t.receiving.office == office.code)
        return office.phone or next(given, "") or self.publisher.phone


def notices(today: date, *, running: bool) -> tuple[Notice, ...]:
    """Notices to the public, those ending soonest first; or those that are over, latest first."""
    rows = _published().exclude(_internal_steps())
    if running:
        rows = rows.filter(starts_on__lte=today, ends_on__gte=today, concluded_at__isnull=True)
        return tuple(_notice(row, today) for row in rows.order_by("ends_on", "pk"))
    over = rows.filter(starts_on__lte=today).filter(
        Q(ends_on__lt=today) | Q(concluded_at__isnull=False)
    )
    return tuple(_notice(row, today) for row in over.order_by("-ends_on", "-pk")[:100])


def notice_of(
    pk: int, today: date, *, key: str = "", person: Person | None = None
) -> Notice | None:
    """One notice that has begun; an internal one only by its key or for the office's own people."""
    row = _published().filter(pk=pk, starts_on__lte=today).first()
    if row is None:
        return None
    notice = _notice(row, today)
    if notice.internal and not (_opens(row, key) or _serves(person, row)):
        return None
    return notice


def key_of(proceeding: Proceeding) -> str:
    """What an internal notice's address ends in; printed as a code on the sheet that is posted."""
    return sealing.mark(f"notice:{proceeding.pk}")[:KEY_LENGTH]


def groups_of(notice: Notice) -> tuple[Group, ...]:
    return people_on(notice.proceeding)


def people_on(proceeding: Proceeding) -> tuple[Group, ...]:
    """The list, one group a track; of classified people nothing but the number (R45). 1 query."""
    pack = pack_of(proceeding.cycle)
    rows = (
        ProceedingItem.objects.filter(proceeding=proceeding, void_at__isnull=True)
        .select_related("application__employer")
        .order_by("rank", "application__name_key", "pk")
    )
    found: dict[str, list[Line]] = {track.code: [] for track in pack.tracks}
    unnamed: dict[str, list[str]] = {}
    for row in rows:
        of = row.application
        if of.classified:
            unnamed.setdefault(of.track, []).append(of.number)
            continue
        sex = _sex(pack, of.sex)
        line = Line(of.pk, of.name, sex, of.employer.name, of.title, of.speciality)
        found.setdefault(of.track, []).append(line)
    groups = (
        Group(pack.track(track).title, tuple(lines), tuple(unnamed.get(track, ())))
        for track, lines in found.items()
    )
    return tuple(group for group in groups if group.people)


def _sex(pack: Pack, value: str) -> str:
    for path in pack.core.sex:
        section, _dot, field = path.partition(".")
        return pack.form.label_of(pack.form.section(section).field(field), value)
    return ""


def _published() -> QuerySet[Proceeding]:
    live = Q(items__void_at__isnull=True)
    return (
        Proceeding.objects.filter(kind=Kind.PUBLICIZE, starts_on__isnull=False)
        .select_related("cycle", "office__parent")
        .annotate(
            listed=Count("items", filter=live),
            listed_tracks=ArrayAgg(
                "items__application__track", filter=live, distinct=True, default=Value([])
            ),
        )
    )


def _internal_steps() -> Q:
    """Notices within an employer (单位内部公示)."""
    found = Q(pk__in=())
    for cycle in Cycle.objects.order_by("pk"):
        steps = _internal(cycle)
        if steps:
            found |= Q(cycle=cycle, step__in=steps)
    return found


def _internal(cycle: Cycle) -> list[str]:
    steps = pack_of(cycle).procedure.steps
    return [s.code for s in steps if s.kind is Kind.PUBLICIZE and s.level is Level.EMPLOYER]


def _notice(row: Proceeding, today: date) -> Notice:
    step = pack_of(row.cycle).procedure.step(row.step)
    if row.starts_on is None or row.ends_on is None or step.publicity is None:
        raise LookupError(row.pk)
    running = row.starts_on <= today <= row.ends_on and row.concluded_at is None
    return Notice(
        proceeding=row,
        title=_title(row),
        step=step.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        count=getattr(row, "listed", 0),
        is_running=running,
        working=step.publicity.working,
        days_left=days_left(step, row.starts_on, row.ends_on, today) if running else 0,
        internal=step.level is Level.EMPLOYER,
    )


def _title(row: Proceeding) -> str:
    """With the tracks, as each track has its own list where divisions share the work."""
    pack = pack_of(row.cycle)
    listed = set(getattr(row, "listed_tracks", ()))
    tracks = [track.title for track in pack.tracks if track.code in listed]
    said = {"cycle": row.cycle.title, "tracks": "、".join(tracks)}
    if not tracks:
        return _("关于%(cycle)s人选的公示") % said
    return _("关于%(cycle)s人选（%(tracks)s）的公示") % said


def _opens(row: Proceeding, key: str) -> bool:
    return bool(key) and hmac.compare_digest(key, key_of(row))


def _serves(person: Person | None, row: Proceeding) -> bool:
    if person is None:
        return False
    return person.employer_id == row.office_id or _any_office(person, row.office_id)


def _any_office(person: Person, office: int) -> bool:
    offices: Iterable[int] = (pk for duty in duties_of(person) for pk in duty.office_ids)
    return office in offices
