"""The one door through which an application changes its position."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from juxian.access.acts import check, procedure_of
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import (
    Application,
    Handling,
    Person,
    Proceeding,
    ProceedingItem,
    Seats,
    Stop,
)
from juxian.records.packs import calendar, pack_of
from juxian.regulation.deadlines import deadline_of
from juxian.regulation.procedure import Position
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind, Standing
from juxian.selectors.seats import taken


def locked(application_id: int) -> Application:
    """The application, locked until the transaction ends."""
    return locked_all([application_id])[0]


def locked_all(application_ids: Sequence[int]) -> list[Application]:
    """The applications in the given order, locked in the order of their keys against deadlock."""
    rows = (
        Application.objects.select_for_update(of=("self",))
        .filter(pk__in=application_ids)
        .select_related("cycle", "holder")
        .order_by("pk")
    )
    found = {row.pk: row for row in rows}
    missing = [pk for pk in application_ids if pk not in found]
    if missing:
        raise NotPossible(_("没有找到这份申报，可能已被移除；请刷新页面"))
    return [found[pk] for pk in application_ids]


@transaction.atomic
def move(
    application: Application,
    act: Act,
    *,
    by: Person,
    opinion: str = "",
    proceeding: Proceeding | None = None,
    item: ProceedingItem | None = None,
) -> Handling:
    """Check, record, place, and leave word; all of it or none of it.

    The application must come from `locked`. An act that takes a seat names its `item`, whose
    bucket the seat is taken from.
    """
    rule = check(by, act, application)
    if rule.needs_reason and not opinion.strip():
        raise NotReady(_("请填写理由或意见"))
    if rule.takes_seat:
        _take_seat(item)
    moment = now()
    was = application.position
    position = rule.then(procedure_of(application), was)
    handling = Handling.objects.create(
        application=application,
        turn=position.turn,
        step=application.step,
        act=act,
        by=by,
        office=application.holder,
        proceeding=proceeding,
        opinion=opinion.strip(),
        done_at=moment,
    )
    _place(application, position, moment)
    _void_lapsed_nominations(application)
    leave(act, application, by=by, at=moment, step=was.step, turn=was.turn)
    app.configure_task("tell").defer(handling=handling.pk)
    return handling


def _take_seat(item: ProceedingItem | None) -> None:
    """Lock the seats, then count: two officers cannot both take the last one (通知三)."""
    if item is None or not item.bucket:
        raise NotReady(_("请先为推荐人选确定使用的指标"))
    proceeding = item.proceeding
    seats = (
        Seats.objects.select_for_update()
        .filter(cycle=proceeding.cycle_id, office=proceeding.office_id, bucket=item.bucket)
        .first()
    )
    bucket = pack_of(proceeding.cycle).seat_rule(item.bucket).bucket
    if seats is None:
        raise NotReady(_("本单位没有“%(bucket)s”指标") % {"bucket": bucket.title})
    if seats.granted is not None and taken(seats) >= seats.granted:
        raise NotReady(
            _("“%(bucket)s”指标共%(granted)d个，已用完；请调整指标或移出一人后再上报")
            % {"bucket": bucket.title, "granted": seats.granted}
        )


def _place(application: Application, position: Position, moment: datetime) -> None:
    step = procedure_of(application).step(position.step)
    application.step = position.step
    application.standing = position.standing
    application.turn = position.turn
    application.resumes_at = position.resumes_at
    application.held_since = moment
    application.opened_at = None
    application.holder = None
    application.due_at = None
    if position.standing is Standing.OPEN and step.kind is not Kind.FILL:
        stop = Stop.objects.select_related("office").get(application=application, level=step.level)
        if stop.reached_at is None:
            stop.reached_at = moment
            stop.save(update_fields=["reached_at"])
        application.holder = stop.office
        cycle = application.cycle
        application.due_at = deadline_of(
            pack_of(cycle).deadlines, step.code, closes=cycle.closes_at, calendar=calendar()
        )
    application.save(
        update_fields=[
            *("step", "standing", "turn", "resumes_at", "held_since", "opened_at", "holder"),
            "due_at",
        ]
    )


def _void_lapsed_nominations(application: Application) -> None:
    """A nomination lapses when its application is withdrawn or must be nominated again."""
    procedure = procedure_of(application)
    passed = [
        step.code
        for step in procedure.steps[: procedure.index(application.step)]
        if step.kind is Kind.RECOMMEND
    ]
    waits_above = application.resumes_at and any(
        step.kind is Kind.RECOMMEND
        for step in procedure.steps[: procedure.index(application.resumes_at)]
    )
    withdrawn = application.standing == Standing.WITHDRAWN
    if not withdrawn and (passed or waits_above):
        return
    ProceedingItem.objects.filter(
        application=application, act=Act.RECOMMEND, void_at__isnull=True
    ).update(void_at=application.held_since)
