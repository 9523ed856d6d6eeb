"""Opening a cycle, granting seats, and what the top office may change while it runs."""

from datetime import datetime
from string import ascii_lowercase

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check_secretary
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import (
    Allotment,
    Cycle,
    Office,
    Person,
    Seats,
    SeatsChange,
)
from juxian.records.packs import pack_named, pack_of
from juxian.regulation.refusal import NotReady
from juxian.regulation.seat_rule import SeatRule
from juxian.selectors.quota import grants_of
from juxian.selectors.seats import is_uncapped, nominators_of, taken


@transaction.atomic
def open_cycle(  # noqa: PLR0913 - what the opening page asks
    pack_code: str,
    *,
    by: Person,
    organiser_id: int,
    code: str = "",
    title: str = "",
    numbering: str = "",
    window: tuple[datetime, datetime] | None = None,
) -> Cycle:
    """Open a pack's cycle and grant its seats; the window is the pack's unless another is given."""
    duty = check_secretary(by, organiser_id)
    pack = pack_named(pack_code)
    opens_at, closes_at = window or (pack.window.opens, pack.window.closes)
    if Cycle.objects.filter(code=code or pack.code).exists():
        raise NotReady(_("已有代码相同的批次，请换一个代码"))
    cycle = Cycle.objects.create(
        code=code or pack.code,
        title=title or pack.programme.title,
        pack=pack.code,
        pack_digest=pack.digest,
        numbering=numbering or _free_numbering(pack.programme.numbering),
        organiser=duty.office,
        opens_at=opens_at,
        closes_at=closes_at,
        opened_by=by,
        opened_at=now(),
    )
    granted = grants_of(pack)
    Seats.objects.bulk_create(
        Seats(cycle=cycle, office=office, bucket=bucket, granted=cap)
        for office, bucket, cap in granted
    )
    leave("open_cycle", cycle, by=by, pack=pack.code, digest=pack.digest, seats=len(granted))
    return cycle


def _free_numbering(wanted: str) -> str:
    """The pack's prefix of form numbers; a second cycle of the same pack adds a letter."""
    taken_ones = set(
        Cycle.objects.filter(numbering__startswith=wanted).values_list("numbering", flat=True)
    )
    return next(
        prefix
        for prefix in (wanted, *(f"{wanted}{letter}" for letter in ascii_lowercase[1:]))
        if prefix not in taken_ones
    )


@transaction.atomic
def change_seats(seats_id: int, *, by: Person, granted: int | None, reason: str) -> Seats:
    """Reallocation by the organiser (调剂); never below what is already taken."""
    seats = Seats.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=seats_id)
    check_secretary(by, seats.cycle.organiser_id)
    if not reason.strip():
        raise NotReady(_("请填写调整名额的理由"))
    in_use = taken(seats)
    if granted is not None and granted < in_use:
        raise NotReady(_("已上报%(taken)d人，名额不能少于%(taken)d个") % {"taken": in_use})
    SeatsChange.objects.create(
        seats=seats,
        before=seats.granted,
        after=granted,
        reason=reason.strip(),
        by=by,
        changed_at=now(),
    )
    before, seats.granted = seats.granted, granted
    seats.save(update_fields=["granted"])
    leave("change_seats", seats, by=by, before=before, after=granted)
    return seats


@transaction.atomic
def grant_seats(
    cycle_id: int, office_id: int, bucket: str, *, by: Person, granted: int | None, reason: str
) -> Seats:
    """Seats in a bucket for a nominating office that has none; written down as a change from 0.

    No number where the call sets the bucket no cap, at least 1 elsewhere.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    check_secretary(by, cycle.organiser_id)
    rule, office = _grantable(cycle, bucket, office_id)
    uncapped = is_uncapped(rule)
    if uncapped is not (granted is None) or granted == 0:
        said = _("这类名额不设上限，不用填数") if uncapped else _("名额至少为1个")
        raise NotReady(said, (("granted", said),))
    if not reason.strip():
        raise NotReady(_("请填写调整名额的理由"))
    seats = Seats.objects.create(cycle=cycle, office=office, bucket=bucket, granted=granted)
    SeatsChange.objects.create(
        seats=seats, before=0, after=granted, reason=reason.strip(), by=by, changed_at=now()
    )
    leave("change_seats", seats, by=by, before=0, after=granted)
    return seats


def _grantable(cycle: Cycle, bucket: str, office_id: int) -> tuple[SeatRule, Office]:
    found = [rule for rule in pack_of(cycle).seats if rule.bucket.code == bucket]
    if not found:
        raise NotReady(_("没有这类名额"))
    office = nominators_of(cycle).filter(pk=office_id).first()
    if office is None:
        raise NotReady(_("只有推荐单位可以有名额，请核对机构"))
    if Seats.objects.filter(cycle=cycle, office=office, bucket=bucket).exists():
        raise NotReady(_("该单位已有这类名额，请在名额表中调剂"))
    return found[0], office


@transaction.atomic
def set_allotment(
    cycle_id: int, track: str, *, by: Person, places: int, document_number: str
) -> Allotment:
    """How many the track may send up, whenever the ministry says so (通知未写明，随时下达)."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    check_secretary(by, cycle.organiser_id)
    if track not in {entry.code for entry in pack_of(cycle).tracks}:
        raise NotReady(_("没有这个申报类别"))
    if not document_number.strip():
        raise NotReady(_("请填写下达名额的文号"))
    allotment, _created = Allotment.objects.update_or_create(
        cycle=cycle,
        track=track,
        defaults={
            "places": places,
            "document_number": document_number.strip(),
            "set_by": by,
            "set_at": now(),
        },
    )
    leave("set_allotment", cycle, by=by, track=track, places=places)
    return allotment


@transaction.atomic
def latch(cycle_id: int) -> bool:
    """Close filing once the database's clock has passed the close; no clock reopens it."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    moment = now()
    if cycle.closed_at is not None or moment < cycle.closes_at:
        return False
    cycle.closed_at = moment
    cycle.save(update_fields=["closed_at"])
    leave("close_cycle", cycle, by=None, at=moment)
    return True


def check_filing_open(cycle: Cycle, moment: datetime) -> None:
    """NotReady before the opening and from the close on (通知六：逾期报送不予受理)."""
    if moment < cycle.opens_at:
        raise NotReady(_("申报还没有开始，请在公布的开始时间后办理"))
    if cycle.closed_at is not None or moment >= cycle.closes_at:
        raise NotReady(_("已过申报截止时间，逾期报送不予受理；如遇特殊情况请联系受理部门"))
