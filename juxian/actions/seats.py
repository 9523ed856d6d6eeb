"""Seats on the move: given back by an office, or passed on within one bucket (退回、调剂)."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check_secretary
from juxian.access.duties import covers_all
from juxian.actions.cycle import check_filing_open
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Cycle, Office, Person, Seats, SeatsChange
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import SeatsAct
from juxian.selectors.seats import free_seats, in_pool, nominating_role, taken


@transaction.atomic
def give_back(seats_id: int, *, by: Person, count: int, reason: str) -> Seats:
    """An office returns places that it will not use, before the filing closes (退回名额)."""
    seats = _locked(Seats.objects.get(pk=seats_id).cycle, seats_id)[seats_id]
    cycle = seats.cycle
    track = pack_of(cycle).seat_rule(seats.bucket).bucket.track
    if not covers_all(by, nominating_role(pack_of(cycle)), seats.office_id, [track]):
        raise NotAllowed(_("只有持有名额的推荐单位可以退回名额"))
    check_filing_open(cycle, now())
    _check_spare(seats, count)
    return _alter(seats, -count, SeatsAct.GIVE_BACK, by=by, reason=reason)


@transaction.atomic
def reallocate(
    cycle_id: int,
    *,
    by: Person,
    giver: int | None,
    receiver: int | None,
    count: int,
    reason: str,
) -> Cycle:
    """Move unused places between two rows of seats in one bucket, both by key (调剂名额).

    Without a giver they come from those returned and not passed on yet; without a receiver they
    wait there. Tracks never mix: a bucket belongs to one (通知三（二）).
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    check_secretary(by, cycle.organiser_id)
    rows = _locked(cycle, *(pk for pk in (giver, receiver) if pk is not None))
    if not rows or giver == receiver:
        raise NotReady(_("请选择从哪里调出、调到哪里"))
    source, target = (rows.get(pk) if pk is not None else None for pk in (giver, receiver))
    if source and target and source.bucket != target.bucket:
        raise NotReady(_("只能在同一类指标内调剂，各类名额不得互换"))
    if source is not None:
        _check_spare(source, count)
    elif target is not None and count > in_pool(cycle)[target.bucket]:
        raise NotReady(_("退回待调剂的名额不够，请减少数量或另选调出单位"))
    if target is not None and target.granted is None:
        raise NotReady(_("调入单位的这类名额不设上限，不用调剂"))
    if source is not None:
        other = target.office if target else None
        _alter(source, -count, SeatsAct.MOVE_OUT, by=by, reason=reason, other=other)
    if target is not None:
        other = source.office if source else None
        _alter(target, count, SeatsAct.MOVE_IN, by=by, reason=reason, other=other)
    return cycle


def _locked(cycle: Cycle, *keys: int) -> dict[int, Seats]:
    """The rows of the cycle, locked in the order of their keys."""
    rows = Seats.objects.select_for_update(of=("self",)).select_related("cycle", "office")
    found = {row.pk: row for row in rows.filter(cycle=cycle, pk__in=keys).order_by("pk")}
    if len(found) < len(set(keys)):
        raise NotPossible(_("没有找到这类名额，请刷新页面"))
    return found


def _check_spare(seats: Seats, count: int) -> None:
    spare = free_seats(seats, taken(seats))
    if spare is None:
        raise NotReady(_("这类名额不设上限，不用退回或调出"))
    if count < 1 or count > spare:
        said = _("还没有用的名额有%(spare)d个，请填写1到%(spare)d") % {"spare": spare}
        if not spare:
            said = _("名额已经用完，没有可以退回或调出的")
        raise NotReady(said, (("count", said),))


def _alter(
    seats: Seats,
    by_count: int,
    act: SeatsAct,
    *,
    by: Person,
    reason: str,
    other: Office | None = None,
) -> Seats:
    if not reason.strip():
        raise NotReady(_("请填写理由"), (("reason", _("请填写理由")),))
    before = seats.granted or 0
    seats.granted = before + by_count
    SeatsChange.objects.create(
        seats=seats,
        act=act,
        other=other,
        before=before,
        after=seats.granted,
        reason=reason.strip(),
        by=by,
        changed_at=now(),
    )
    seats.save(update_fields=["granted"])
    leave(f"{act}_seats", seats, by=by, before=before, after=seats.granted)
    return seats
