"""Nominees recalled after their list has gone up, and others for the places that became free."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check_secretary
from juxian.actions._move import Move, locked, locked_all, move, move_all
from juxian.actions.cycle import check_filing_open
from juxian.actions.proceeding import check_works_on, lock, open_proceeding
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import (
    Cycle,
    Handling,
    Person,
    Proceeding,
    ProceedingItem,
    Seats,
    SupplementPermit,
)
from juxian.regulation.deadlines import end_of
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind
from juxian.selectors.seats import nominators_of
from juxian.selectors.supplement import candidates_for, places_free, supplement_until


def recall(application_id: int, *, by: Person, reason: str) -> Handling:
    """Take back a nomination that the region has not accepted yet (撤回推荐); its place is free,
    those ranked behind move up."""
    with transaction.atomic():
        return move(locked(application_id), Act.RECALL, by=by, opinion=reason)


@transaction.atomic
def take_up(
    proceeding_id: int, application_ids: Sequence[int], *, by: Person, reason: str
) -> Proceeding:
    """A new list of people who passed and were not nominated by the office of a list that has gone
    up (补充推荐); from the close on only for places that became free."""
    sent = lock(proceeding_id, Kind.RECOMMEND)
    rows = candidates_for(sent.cycle, sent.office_id).filter(pk__in=application_ids)
    found = list(rows)
    if not application_ids or len(found) < len(set(application_ids)):
        fault = _("请选择补充推荐的人选")
        raise NotReady(fault, (("people", fault),))
    check_works_on(sent, {one.track for one in found}, by)
    _check_room(sent, now())
    keys = [one.pk for one in found]
    move_all([Move(one, Act.RELIST, reason) for one in locked_all(keys)], by=by)
    return open_proceeding(sent.step, keys, by=by)


def _check_room(sent: Proceeding, moment: datetime) -> None:
    if is_late(sent, moment) and not places_free(sent.cycle, sent.office_id):
        raise NotPossible(_("没有因撤回或未予通过空出的名额，截止后不能补充推荐"))


def is_late(proceeding: Proceeding, moment: datetime) -> bool:
    """Whether the list can be made up of supplements only; refused when it is too late for those
    too (通知六：逾期报送不予受理)."""
    cycle = proceeding.cycle
    if cycle.closed_at is None and moment < cycle.closes_at:
        check_filing_open(cycle, moment)
        return False
    if moment >= supplement_until(cycle, proceeding.office_id):
        check_filing_open(cycle, moment)
    return True


def fill_places(proceeding: Proceeding, nominated: Sequence[ProceedingItem], *, late: bool) -> None:
    """Each takes the place of one recalled or refused in his bucket, while there are any; when it
    is late, nobody goes up without one."""
    held = Seats.objects.filter(cycle=proceeding.cycle_id, office=proceeding.office_id)
    list(held.select_for_update().order_by("pk"))  # so that no other list takes the same place
    free = places_free(proceeding.cycle, proceeding.office_id)
    for item in nominated:
        waiting = free.get(item.bucket)
        item.replaces = waiting.pop(0) if waiting else None
    ProceedingItem.objects.bulk_update(nominated, ["replaces"])
    over = [item for item in nominated if late and item.replaces is None]
    if over:
        names = "、".join(item.application.name for item in over)
        said = _("已过上报截止时间，只能使用撤回或未予通过后空出的名额；%(names)s没有这样的名额")
        place = _("请改用空出的指标，或改为不使用指标并写明不推荐的理由")
        faults = tuple((str(item.application_id), place) for item in over)
        raise NotReady(said % {"names": names}, faults)


@transaction.atomic
def permit(
    cycle_id: int, office_id: int, *, by: Person, last_day: date, reason: str
) -> SupplementPermit:
    """Let one office make supplements until the end of a day (通知六：逾期须经批准)."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    check_secretary(by, cycle.organiser_id)
    office = nominators_of(cycle).filter(pk=office_id).first()
    if office is None:
        raise NotReady(_("只有推荐单位可以补充推荐，请核对机构"))
    moment, until = now(), end_of(last_day)
    if until <= max(moment, supplement_until(cycle, office_id)):
        fault = _("请填写以后的日期，且晚于现在的补充推荐截止日")
        raise NotReady(fault, (("last_day", fault),))
    if not reason.strip():
        fault = _("请填写理由")
        raise NotReady(fault, (("reason", fault),))
    given = SupplementPermit.objects.create(
        cycle=cycle, office=office, until=until, reason=reason.strip(), by=by, given_at=moment
    )
    leave("permit_supplement", cycle, by=by, office=office_id, until=last_day.isoformat())
    return given
