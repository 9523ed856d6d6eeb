"""The one door through which an application changes its position."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from juxian.access.acts import check, evaluator_of, nominator_of, procedure_of, step_of
from juxian.actions.trace import Left, leave, leave_all
from juxian.records.clock import now
from juxian.records.models import (
    Application,
    Handling,
    Office,
    Person,
    Proceeding,
    ProceedingItem,
    Proposal,
    Seats,
    Stop,
)
from juxian.records.packs import calendar, pack_of
from juxian.regulation.deadlines import deadline_of
from juxian.regulation.procedure import Position, Rule, ahead
from juxian.regulation.quota import Bucket
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind, Party, Standing
from juxian.selectors.certification import settled_against
from juxian.selectors.seats import live_nominations, taken


@dataclass(frozen=True, slots=True)
class Move:
    """One application's act; `item` is its line on the list, with the bucket of its seat."""

    application: Application
    act: Act
    opinion: str = ""
    item: ProceedingItem | None = None


def locked(application_id: int, *beside: str) -> Application:
    """The application, locked until the transaction ends, with its cycle and holder.

    `beside` are the relations to load with it instead of these.
    """
    try:
        return _lockable(*beside).get(pk=application_id)
    except Application.DoesNotExist:
        raise _unknown() from None


def locked_all(application_ids: Sequence[int]) -> list[Application]:
    """The applications in the given order, locked in the order of their keys against deadlock."""
    found = {row.pk: row for row in _lockable().filter(pk__in=application_ids).order_by("pk")}
    if any(pk not in found for pk in application_ids):
        raise _unknown()
    return [found[pk] for pk in application_ids]


def _lockable(*beside: str) -> QuerySet[Application]:
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related(*(beside or ("cycle", "holder")))


def _unknown() -> NotPossible:
    return NotPossible(_("没有找到这份申报，可能已被移除；请刷新页面"))


def move(
    application: Application,
    act: Act,
    *,
    by: Person,
    opinion: str = "",
    proceeding: Proceeding | None = None,
) -> Handling:
    """One application moved as `move_all` does."""
    return move_all([Move(application, act, opinion)], by=by, proceeding=proceeding)[0]


@transaction.atomic
def move_all(
    moves: Sequence[Move], *, by: Person, proceeding: Proceeding | None = None
) -> list[Handling]:
    """Check, record, place, and leave word; all of it for all of them, or none of it.

    The applications must come from `locked` or `locked_all`. The number of statements does not
    grow with the number of applications.
    """
    rules = [_checked(one, by) for one in moves]
    _check_settled(
        [one.application for one, rule in zip(moves, rules, strict=True) if rule.then is ahead]
    )
    _take_seats([one.item for one, rule in zip(moves, rules, strict=True) if rule.takes_seat])
    moment = now()
    before = [one.application.position for one in moves]
    after = [
        rule.then(procedure_of(one.application), was)
        for one, rule, was in zip(moves, rules, before, strict=True)
    ]
    handlings = Handling.objects.bulk_create(
        Handling(
            application=one.application,
            turn=position.turn,
            step=position.step if rule.by is Party.EVALUATOR else one.application.step,
            act=one.act,
            by=by,
            office=_office_of(rule, one.application),
            proceeding=proceeding,
            opinion=one.opinion.strip(),
            done_at=moment,
        )
        for one, rule, position in zip(moves, rules, after, strict=True)
    )
    _conclude_items(moves)
    applications = [one.application for one in moves]
    _end_proposals(applications, before, moment)
    _place(applications, after, moment)
    _void_lapsed_nominations(applications, moment, by=by)
    leave_all(
        [
            Left(one.act, one.application, {"step": was.step, "turn": was.turn})
            for one, was in zip(moves, before, strict=True)
        ],
        by=by,
        at=moment,
    )
    words: list[JSONDict] = [{"handling": done.pk} for done in handlings]
    app.configure_task("tell").batch_defer(*words)
    return handlings


def _office_of(rule: Rule, application: Application) -> Office | None:
    """Whose act it is."""
    if rule.by is Party.NOMINATOR:
        return nominator_of(application)
    return evaluator_of(application) if rule.by is Party.EVALUATOR else application.holder


def pass_on(closed: Office, successor: Office) -> None:
    """The files of an office that is closed go on with its successor (并入).

    Each at the place where it is; what was done at the closed office stays on record as its own.
    """
    Application.objects.filter(holder=closed).update(holder=successor)
    Stop.objects.filter(office=closed).update(office=successor)


def _checked(one: Move, by: Person) -> Rule:
    rule = check(by, one.act, one.application)
    if rule.needs_reason and not one.opinion.strip():
        raise NotReady(_("请填写理由或意见"))
    if step_of(one.application).signing and rule.by is Party.HOLDER:
        _check_signed(one)
    return rule


def _check_signed(one: Move) -> None:
    """Where a step is signed one after another, nothing is done before the last signature."""
    signed = Proposal.objects.filter(
        application=one.application,
        turn=one.application.turn,
        step=one.application.step,
        act=one.act,
        awaits="",
        ended_at__isnull=True,
    )
    if not signed.exists():
        raise NotReady(_("本环节须依次签署，请先拟办，待全部签署后再办理"))


def _check_settled(passed: Sequence[Application]) -> None:
    """Nobody goes on whom an officer found not to meet what everybody must (通知一、二)."""
    against = settled_against(passed) if passed else {}
    places = tuple(
        (
            condition.code,
            _("%(name)s：已认定不符合“%(says)s”") % {"name": one.name, "says": condition.says},
        )
        for one in passed
        for condition in against.get(one.pk, ())
    )
    if places:
        raise NotReady(
            _("有%(count)d项已认定为不符合，不能通过；请退回修改、不予通过或不推荐")
            % {"count": len(places)},
            places,
        )


def _take_seats(items: Sequence[ProceedingItem | None]) -> None:
    """Lock the seats, then count: two officers cannot both take the last one (通知三)."""
    wanted: Counter[str] = Counter()
    for item in items:
        if item is None or not item.bucket:
            raise NotReady(_("请先为推荐人选确定使用的指标"))
        proceeding = item.proceeding
        wanted[item.bucket] += 1
    if not wanted:
        return
    locked_seats = (
        Seats.objects.select_for_update()
        .filter(cycle=proceeding.cycle_id, office=proceeding.office_id, bucket__in=wanted)
        .order_by("pk")
    )
    found = {seats.bucket: seats for seats in locked_seats}
    for code, count in wanted.items():
        _check_room(found.get(code), pack_of(proceeding.cycle).seat_rule(code).bucket, count)


def _check_room(seats: Seats | None, bucket: Bucket, wanted: int) -> None:
    if seats is None:
        raise NotReady(_("本单位没有“%(bucket)s”指标") % {"bucket": bucket.title})
    if seats.granted is not None and taken(seats) + wanted > seats.granted:
        raise NotReady(
            _("“%(bucket)s”指标共%(granted)d个，已用完；请调整指标或移出一人后再上报")
            % {"bucket": bucket.title, "granted": seats.granted}
        )


def _conclude_items(moves: Sequence[Move]) -> None:
    """What was done to each, and in which turn, on the list's own lines."""
    alike: dict[tuple[Act, int], list[int]] = defaultdict(list)
    for one in moves:
        if one.item is not None:
            alike[one.act, one.application.turn].append(one.item.pk)
    for (act, turn), items in alike.items():
        ProceedingItem.objects.filter(pk__in=items).update(act=act, turn=turn)


def _end_proposals(
    applications: Sequence[Application], before: Sequence[Position], moment: datetime
) -> None:
    """What was proposed for a file that has moved is over, done or not."""
    signed = [
        one.pk
        for one, was in zip(applications, before, strict=True)
        if procedure_of(one).step(was.step).signing
    ]
    if signed:
        open_ones = Proposal.objects.filter(application__in=signed, ended_at__isnull=True)
        open_ones.update(ended_at=moment)


def _place(
    applications: Sequence[Application], positions: Sequence[Position], moment: datetime
) -> None:
    stops = _stops_of(applications)
    reached: list[int] = []
    alike: dict[tuple[object, ...], list[Application]] = defaultdict(list)
    for application, position in zip(applications, positions, strict=True):
        step = procedure_of(application).step(position.step)
        stop = None
        if position.standing is Standing.OPEN and step.kind is not Kind.FILL:
            stop = stops[application.pk, step.level]
        if stop is not None and stop.reached_at is None:
            reached.append(stop.pk)
        _write(application, position, stop, moment)
        alike[tuple(_position_of(application).values())].append(application)
    if reached:
        Stop.objects.filter(pk__in=reached).update(reached_at=moment)
    for same in alike.values():
        rows = Application.objects.filter(pk__in=[one.pk for one in same])
        rows.update(**_position_of(same[0]))


def _stops_of(applications: Sequence[Application]) -> dict[tuple[int, str], Stop]:
    stops = Stop.objects.filter(application__in=applications).select_related("office")
    return {(stop.application_id, stop.level): stop for stop in stops}


def _write(
    application: Application, position: Position, stop: Stop | None, moment: datetime
) -> None:
    application.step = position.step
    application.standing = position.standing
    application.turn = position.turn
    application.resumes_at = position.resumes_at
    application.reverts_to = position.reverts_to or ""
    application.held_since = moment
    application.opened_at = None
    application.holder = stop.office if stop else None
    application.due_at = None
    if stop is not None:
        cycle = application.cycle
        application.due_at = deadline_of(
            pack_of(cycle).deadlines, position.step, closes=cycle.closes_at, calendar=calendar()
        )


def _position_of(application: Application) -> dict[str, object]:
    names = "step standing turn resumes_at reverts_to held_since opened_at holder_id due_at"
    return {name: getattr(application, name) for name in names.split()}


def _void_lapsed_nominations(
    applications: Sequence[Application], moment: datetime, *, by: Person
) -> None:
    """A nomination lapses when its application is withdrawn, recalled or refused by the region, or
    must be nominated again; those ranked behind move up."""
    lapsed = [one.pk for one in applications if _lapses(one)]
    if not lapsed:
        return
    items = list(
        live_nominations()
        .filter(application__in=lapsed)
        .select_related("proceeding")
        .order_by("pk")
    )
    ProceedingItem.objects.filter(pk__in=[item.pk for item in items]).update(void_at=moment)
    lists = {(item.proceeding.cycle_id, item.proceeding.office_id, item.track) for item in items}
    for cycle, office, track in sorted(lists):
        _close_ranks(cycle, office, track, by=by)


def _close_ranks(cycle: int, office: int, track: str, *, by: Person) -> None:
    """The ranks of the office's nominees run from 1 without gaps, over all its lists."""
    rows = live_nominations().filter(
        proceeding__cycle=cycle, proceeding__office=office, track=track, rank__isnull=False
    )
    moved = []
    for place, item in enumerate(rows.select_related("proceeding").order_by("rank", "pk"), start=1):
        if item.rank != place:
            item.rank = place
            moved.append(item)
    if moved:
        ProceedingItem.objects.filter(pk__in=[item.pk for item in moved]).update(rank=None)
        ProceedingItem.objects.bulk_update(moved, ["rank"])
        leave("close_ranks", moved[0].proceeding, by=by, files=len(moved))


def _lapses(application: Application) -> bool:
    if application.standing == Standing.WITHDRAWN:
        return True
    procedure = procedure_of(application)
    reached = application.resumes_at[0] if application.resumes_at else application.step
    if application.standing == Standing.REJECTED:
        at = procedure.step(application.step)
        return at.kind is Kind.VERIFY and procedure.nomination_at(reached) is not None
    before = procedure.steps[: procedure.index(reached)]
    return not any(step.kind is Kind.RECOMMEND for step in before)
