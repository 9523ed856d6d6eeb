"""Drawing the list of proposed entrants (拟入选), its reserve, and the answers from above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from juxian.access.acts import check_secretary, procedure_of
from juxian.actions._move import Move, locked_all, move_all
from juxian.actions.proceeding import (
    conclude_items,
    lock,
    locked_proceeding,
    open_proceeding,
    step_in,
)
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import (
    Application,
    Ballot,
    Cycle,
    Person,
    Proceeding,
    ProceedingItem,
    Recipient,
    Result,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import (
    ChairDecision,
    Counted,
    Outcome,
    Place,
    TieRule,
    settle_tie,
)
from juxian.regulation.names import name_key
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind, Standing
from juxian.selectors.ballot import (
    draws_the_list,
    live_items,
    open_places_for,
    outcome_of,
)

ANSWERED = (Standing.SELECTED, Standing.NOT_SELECTED)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of the answer; the name guards against a line that slipped."""

    number: str
    name: str
    is_approved: bool
    document_number: str
    certificate_number: str = ""


@transaction.atomic
def propose(proceeding_id: int, *, by: Person, decisions: Sequence[ChairDecision] = ()) -> Outcome:
    """After the last ballot: admit by rank within the places, keep the reserve, dismiss the rest.

    The allotment may have come late; it is read now (通知四（三）). Ties that decide a place need
    another round or, where the rule leaves them to the chair, one of `decisions` each.
    """
    proceeding = locked_proceeding(proceeding_id, Kind.REVIEW, by=by)
    check_secretary(by, proceeding.cycle.organiser_id)
    outcome = _outcome(proceeding)
    for decision in decisions:
        outcome = settle_tie(outcome, decision.order, decision.reason)
    _check_final(outcome)
    reserve = {candidate: n for n, candidate in enumerate(outcome.reserve, start=1)}
    items = list(proceeding.items.filter(application__in=[c.candidate for c in outcome.counted]))
    for item in items:
        item.rank = outcome.of(item.application_id).rank
        item.reserve = reserve.get(item.application_id)
    ProceedingItem.objects.bulk_update(items, ["rank", "reserve"])
    proceeding.tie_reason = "\n".join(decision.reason for decision in outcome.decisions)
    acts = {c.candidate: _act(c, outcome) for c in outcome.counted if c.candidate not in reserve}
    conclude_items(proceeding, acts, by=by)
    return outcome


def _outcome(proceeding: Proceeding) -> Outcome:
    """What all rounds came to among those still in, with the places there are today."""
    if not step_in(proceeding).secret:
        raise NotPossible(_("这个环节不用无记名投票，请登记评议结果后办结"))
    if Ballot.objects.filter(proceeding=proceeding, closed_at__isnull=True).exists():
        raise NotReady(_("表决还没有开票，请先开票"))
    items = live_items(proceeding)
    if not items:
        raise NotReady(_("名单上的人选都已不在这个环节，请核对名单"))
    seats = open_places_for(proceeding, items[0].application.track)
    if seats is None and draws_the_list(proceeding):
        raise NotReady(_("国家下达的名额还没有登记，请先登记下达名额，再提出拟入选名单"))
    live = [item.application_id for item in items]
    outcome = outcome_of(proceeding, seats=seats, among=live)
    if outcome is None or {c.candidate for c in outcome.counted} != set(live):
        raise NotReady(_("名单上还有没经评委会表决的人选，请先组织表决"))
    return outcome


def _check_final(outcome: Outcome) -> None:
    if outcome.goes_on:
        raise NotReady(
            _("评审须进行%(rounds)d轮表决，请组织第%(next)d轮")
            % {"rounds": outcome.rule.rounds, "next": outcome.round + 1}
        )
    if outcome.ties:
        way = (
            _("请对并列人选再次表决")
            if outcome.tie_rule is TieRule.REVOTE
            else _("请由主任委员排定先后并写明理由")
        )
        raise NotReady("".join(str(tie) for tie in outcome.ties) + way)


def _act(counted: Counted, outcome: Outcome) -> tuple[Act, str]:
    if counted.place is Place.SEAT:
        return Act.ADMIT, ""
    if counted.candidate in outcome.carried:
        return Act.DISMISS, _("评审通过，未进入本次名额")
    return Act.DISMISS, _("评审未通过")


@transaction.atomic
def call_up(proceeding_id: int, *, by: Person, reason: str) -> ProceedingItem:
    """The next of the reserve takes a place that has come free (递补)."""
    proceeding = _concluded(proceeding_id, by, reason)
    waiting = _reserve(proceeding)
    if not waiting:
        raise NotReady(_("没有可以递补的备选人选"))
    if open_places_for(proceeding, waiting[0].application.track) == 0:
        raise NotReady(_("名额已满，没有空出的名额可以递补"))
    _move_reserve(proceeding, waiting[:1], Act.ADMIT, by=by, reason=reason)
    return waiting[0]


@transaction.atomic
def release_reserve(proceeding_id: int, *, by: Person, reason: str) -> int:
    """The list is settled: whoever is still in reserve is let go. Returns how many were."""
    proceeding = _concluded(proceeding_id, by, reason)
    waiting = _reserve(proceeding)
    if not waiting:
        raise NotReady(_("没有备选人选"))
    _move_reserve(proceeding, waiting, Act.DISMISS, by=by, reason=reason)
    return len(waiting)


def _concluded(proceeding_id: int, by: Person, reason: str) -> Proceeding:
    proceeding = lock(proceeding_id)
    check_secretary(by, proceeding.cycle.organiser_id)
    if proceeding.concluded_at is None:
        raise NotReady(_("请先提出拟入选名单"))
    if not reason.strip():
        raise NotReady(_("请填写理由"), (("reason", _("请填写理由")),))
    return proceeding


def _reserve(proceeding: Proceeding) -> list[ProceedingItem]:
    """Those still waiting in reserve, in the order of succession."""
    waiting = [item for item in live_items(proceeding) if item.reserve is not None]
    return sorted(waiting, key=lambda item: item.reserve or 0)


def _move_reserve(
    proceeding: Proceeding,
    items: Sequence[ProceedingItem],
    act: Act,
    *,
    by: Person,
    reason: str,
) -> None:
    applications = locked_all([item.application_id for item in items])
    moves = [
        Move(application, act, reason, item)
        for application, item in zip(applications, items, strict=True)
    ]
    move_all(moves, by=by, proceeding=proceeding)


@transaction.atomic
def record_results(cycle_id: int, rows: Sequence[ResultRow], *, by: Person) -> list[Result]:
    """Record every answer, move whoever waits for it, and enter the approved in the register.

    Taking the same file in again changes nothing but adds certificate numbers that came later.
    NotReady names every faulty row as (number of the row from 1, sentence).
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle_id)
    check_secretary(by, cycle.organiser_id)
    found = _applications(cycle, rows)
    _check(rows, found)
    answers = {found[row.number].pk: row for row in rows}
    _move_waiting([one for one in found.values() if one.standing == Standing.OPEN], answers, by)
    results = _keep(cycle, [(found[row.number], row) for row in rows], by)
    leave("record_results", cycle, by=by, rows=len(rows))
    return results


def _applications(cycle: Cycle, rows: Sequence[ResultRow]) -> dict[str, Application]:
    numbers = {row.number for row in rows}
    keys = Application.objects.filter(cycle=cycle, number__in=numbers).values_list("pk", flat=True)
    return {application.number: application for application in locked_all(sorted(keys))}


def _check(rows: Sequence[ResultRow], found: Mapping[str, Application]) -> None:
    if not rows:
        raise NotReady(_("文件里没有结果，请核对后重新导入"))
    known = {
        result.application_id: result
        for result in Result.objects.filter(application__in=list(found.values()))
    }
    faults: list[tuple[str, str]] = []
    seen: set[str] = set()
    for line, row in enumerate(rows, start=1):
        application = found.get(row.number)
        fault = _("编号重复") if row.number in seen else _fault(row, application, known)
        seen.add(row.number)
        if fault:
            faults.append(
                (str(line), _("第%(line)d行：%(fault)s") % {"line": line, "fault": fault})
            )
    if faults:
        said = _("有%(count)d行不能导入，没有登记任何结果；请更正后重新导入")
        raise NotReady(said % {"count": len(faults)}, tuple(faults))


def _fault(row: ResultRow, application: Application | None, known: Mapping[int, Result]) -> str:
    if application is None:
        return _("本批次没有编号为%(number)s的申报") % {"number": row.number}
    if name_key(row.name) != name_key(application.name):
        return _("编号与姓名不符，登记表上的姓名是%(name)s") % {"name": application.name}
    if not row.document_number.strip():
        return _("请填写批准文号")
    if not _was_sent_up(application):
        return _("%(name)s还没有上报，不能登记结果") % {"name": application.name}
    return _contradiction(row, application, known.get(application.pk))


def _contradiction(row: ResultRow, application: Application, before: Result | None) -> str:
    answered = application.standing in ANSWERED
    if answered and row.is_approved != (application.standing == Standing.SELECTED):
        return _("与已登记的结果不一致，请核实")
    if before is not None and before.document_number != row.document_number.strip():
        return _("与已登记的文号%(number)s不一致，请核实") % {"number": before.document_number}
    return ""


def _was_sent_up(application: Application) -> bool:
    """At the ladder's last step, waiting for the answer or past it."""
    at_the_end = procedure_of(application).steps[-1].code == application.step
    return at_the_end and application.standing in (Standing.OPEN, *ANSWERED)


def _move_waiting(
    waiting: Sequence[Application], answers: Mapping[int, ResultRow], by: Person
) -> None:
    """Conclude the open lists that have them, and a new list of those that are on none."""
    listed = ProceedingItem.objects.filter(
        application__in=[one.pk for one in waiting],
        proceeding__step=F("application__step"),
        proceeding__concluded_at__isnull=True,
    )
    lists = dict(listed.values_list("application_id", "proceeding_id"))
    loose: dict[tuple[str, int | None], list[int]] = {}
    for one in waiting:
        if one.pk not in lists:
            loose.setdefault((one.step, one.holder_id), []).append(one.pk)
    for (step, _holder), keys in loose.items():
        lists |= dict.fromkeys(keys, open_proceeding(step, keys, by=by).pk)
    for key in sorted(set(lists.values())):
        proceeding = locked_proceeding(key, Kind.DECIDE, by=by)
        on_it = {pk: answers[pk] for pk, list_ in lists.items() if list_ == key}
        documents = dict.fromkeys(row.document_number.strip() for row in on_it.values())
        proceeding.document_number = "、".join(documents)[:60]
        proceeding.held_on = day(now())
        conclude_items(proceeding, {pk: _answer(row) for pk, row in on_it.items()}, by=by)


def _answer(row: ResultRow) -> tuple[Act, str]:
    if row.is_approved:
        return Act.APPROVE, ""
    return Act.DECLINE, _("未获批准（%(number)s）") % {"number": row.document_number.strip()}


def _keep(
    cycle: Cycle, answered: Sequence[tuple[Application, ResultRow]], by: Person
) -> list[Result]:
    """The answers on record, in this order; a certificate number may come later than the rest."""
    earlier = Result.objects.filter(application__in=[one for one, _row in answered])
    known = {result.application_id: result for result in earlier.select_related("application")}
    moment = now()
    new, renumbered = [], []
    for application, row in answered:
        certificate = row.certificate_number.strip()
        result = known.get(application.pk)
        if result is None:
            result = known[application.pk] = Result(
                application=application,
                is_approved=row.is_approved,
                document_number=row.document_number.strip(),
                certificate_number=certificate,
                recorded_by=by,
                recorded_at=moment,
            )
            new.append(result)
        elif certificate and result.certificate_number != certificate:
            result.certificate_number = certificate
            renumbered.append(result)
    Result.objects.bulk_create(new)
    Result.objects.bulk_update(renumbered, ["certificate_number"])
    _enter(cycle, [one for one in new if one.is_approved])
    _renumber(cycle, [one for one in renumbered if one.is_approved])
    return [known[application.pk] for application, _row in answered]


def _enter(cycle: Cycle, approved: Sequence[Result]) -> None:
    """They join the register of recipients, so that no later call takes them again."""
    year = pack_of(cycle).programme.year
    Recipient.objects.bulk_create(
        Recipient(
            name=one.application.name,
            birth_date=one.application.birth_date,
            id_mark=one.application.id_mark,
            year=year,
            certificate_number=one.certificate_number,
        )
        for one in approved
    )


def _renumber(cycle: Cycle, approved: Sequence[Result]) -> None:
    """Their certificate numbers in the register, too."""
    numbers = {_mark(one.application): one.certificate_number for one in approved}
    names = {one.application.name for one in approved}
    entered = Recipient.objects.filter(year=pack_of(cycle).programme.year, name__in=names)
    theirs = [recipient for recipient in entered if _mark(recipient) in numbers]
    for recipient in theirs:
        recipient.certificate_number = numbers[_mark(recipient)]
    Recipient.objects.bulk_update(theirs, ["certificate_number"])


def _mark(somebody: Application | Recipient) -> tuple[str, date | None, str]:
    return somebody.name, somebody.birth_date, somebody.id_mark
