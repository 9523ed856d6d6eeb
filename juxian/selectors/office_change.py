"""What a change of an office (更名、划转、并入) touches, and what stands in its way."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from juxian.access import care
from juxian.access.duties import LIVE
from juxian.records.models import (
    Application,
    Appointment,
    FormerName,
    Office,
    OfficeChange,
    Person,
    Proceeding,
    Proposal,
    Seats,
    Stop,
)
from juxian.regulation.words import OfficeChangeKind, OfficeKind, Standing

DRAFT = Q(submitted_at__isnull=True, standing=Standing.OPEN)
SENT = Q(submitted_at__isnull=False, standing__in=[Standing.OPEN, Standing.RETURNED])


@dataclass(frozen=True, slots=True)
class Touched:
    """Counted: files of its people, files it is on the way of, posts, seats, offices below."""

    drafts: int
    files: int
    on_the_way: int
    posts: int
    seats: int
    below: int
    lists: int
    proposals: int


def touched_by(office: Office) -> Touched:
    """7 queries. Seats are those of cycles that are still open."""
    own = Application.objects.filter(employer=office)
    own_ones = own.aggregate(drafts=Count("pk", filter=DRAFT), files=Count("pk", filter=SENT))
    passes = Stop.objects.filter(application=OuterRef("pk"), office=office)
    sent = Application.objects.filter(SENT)
    below = Office.objects.filter(Q(parent=office) | Q(files_to=office), ends_on__isnull=True)
    return Touched(
        **own_ones,
        on_the_way=sent.filter(Exists(passes)).count(),
        posts=Appointment.objects.filter(LIVE, office=office).count(),
        seats=Seats.objects.filter(office=office, cycle__closed_at__isnull=True).count(),
        below=below.count(),
        lists=Proceeding.objects.filter(office=office, concluded_at__isnull=True).count(),
        proposals=Proposal.objects.filter(office=office, ended_at__isnull=True).count(),
    )


def drafts_of(office: Office) -> QuerySet[Application]:
    """Forms of its people that were never sent in."""
    return Application.objects.filter(DRAFT, employer=office)


def in_the_way(kind: OfficeChangeKind, office: Office, touched: Touched) -> tuple[str, ...]:
    """What must be seen to before a merger; nothing is in the way of the others."""
    if kind is not OfficeChangeKind.MERGE:
        return ()
    found = []
    if office.kind == OfficeKind.DIVISION or office.is_province:
        found.append(_("内设处室和自治区主管部门不能并入别的机构"))
    if touched.lists:
        found.append(_("还有%(count)d个名单没有办结，请先办结") % {"count": touched.lists})
    if touched.proposals:
        found.append(_("还有%(count)d份拟办等待签署，请先办结") % {"count": touched.proposals})
    if touched.seats:
        found.append(_("本机构持有名额，请先由主办单位调剂"))
    return tuple(found)


def changes_of(office: Office) -> QuerySet[OfficeChange]:
    """The newest first, without those that were dropped."""
    rows = OfficeChange.objects.filter(office=office, dropped_at__isnull=True)
    return rows.select_related("other", "decided_by").order_by("-from_on", "-pk")


def former_names_of(office: Office) -> QuerySet[FormerName]:
    return FormerName.objects.filter(office=office).order_by("-until_on")


def changes_cared_for(person: Person) -> QuerySet[OfficeChange]:
    return OfficeChange.objects.filter(office__in=care.offices(person))
