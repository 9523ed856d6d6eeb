"""What a verifying office does with one file: open it, endorse, send back, refuse, settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check, duty_for, step_of
from juxian.actions._move import locked, move
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import (
    Application,
    Certification,
    Correction,
    CorrectionItem,
    Handling,
    Person,
)
from juxian.regulation.calendar import in_words
from juxian.regulation.deadlines import end_of
from juxian.regulation.eligibility import Condition
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.verifying import check_may_return
from juxian.regulation.words import Act, Kind, Level
from juxian.selectors.certification import open_questions, to_certify


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """One thing to mend: "section", "section.field" or "evidence.<material>"."""

    path: str
    label: str
    reason_code: str
    words: str


@transaction.atomic
def open_file(application_id: int, *, by: Person) -> None:
    """Note that the file was read, and that its holder has opened it: it can no longer be
    taken back without asking."""
    application = locked(application_id)
    leave("open_file", application, by=by)
    if application.opened_at is None and duty_for(by, application) is not None:
        application.opened_at = now()
        application.save(update_fields=["opened_at"])


@transaction.atomic
def endorse(
    application_id: int,
    *,
    by: Person,
    opinion: str = "",
    certified: Mapping[str, bool] | None = None,
    certified_by: Person | None = None,
) -> Handling:
    """Pass the file on, as `check_endorsable` allows; who answers is `by` unless it is said."""
    application = locked(application_id)
    check(by, Act.ENDORSE, application)
    asked = check_endorsable(application, certified or {})
    _record(application, asked, by=certified_by or by, holds=True, reason="")
    return move(application, Act.ENDORSE, by=by, opinion=opinion)


def check_endorsable(
    application: Application, certified: Mapping[str, bool]
) -> Sequence[Condition]:
    """The conditions that are hereby certified. At the employer every exclusion and conduct
    statement is (通知一、二); before a nomination is checked in, every open question must be
    settled."""
    step = step_of(application)
    if step.level is Level.EMPLOYER:
        return _certifiable(application, certified)
    questions = open_questions(application) if step.level is not Level.COUNTY else ()
    if questions:
        raise NotReady(
            _("还有%(count)d项须由人认定，请先作出认定") % {"count": len(questions)},
            tuple((c.code, c.says) for c in questions),
        )
    return ()


def _certifiable(application: Application, answers: Mapping[str, bool]) -> Sequence[Condition]:
    asked = to_certify(application)
    unanswered = tuple((c.code, c.says) for c in asked if c.code not in answers)
    if unanswered:
        raise NotReady(
            _("请逐项核实并确认，还有%(count)d项") % {"count": len(unanswered)}, unanswered
        )
    barring = _("核实为不符合的，本单位不能通过")
    denied = tuple((c.code, barring) for c in asked if not answers[c.code])
    if denied:
        raise NotReady(_("有核实为不符合的事项，不能通过；请退回修改或不予通过"), denied)
    return asked


def _record(
    application: Application,
    conditions: Sequence[Condition],
    *,
    by: Person,
    holds: bool,
    reason: str,
) -> list[Certification]:
    moment = now()
    return Certification.objects.bulk_create(
        Certification(
            application=application,
            turn=application.turn,
            condition=condition.code,
            holds=holds,
            reason=reason.strip(),
            office=application.holder,
            by=by,
            done_at=moment,
        )
        for condition in conditions
    )


@transaction.atomic
def settle(
    application_id: int, *, by: Person, condition: str, holds: bool, reason: str
) -> Certification:
    """Decide, with a reason, what no rule could decide (须由人认定): whoever may endorse the file.

    Nobody settled against goes on in this turn (`move_all`).
    """
    application = locked(application_id)
    if step_of(application).kind is not Kind.VERIFY:  # elsewhere a file cannot be sent back
        raise NotPossible(_("只能在审核环节作出认定"))
    check(by, Act.ENDORSE, application)
    if not reason.strip():
        raise NotReady(_("请写明认定的理由"))
    open_ones = {c.code: c for c in open_questions(application)}
    if condition not in open_ones:
        raise NotReady(_("这一项不需要认定，或已经认定"))
    certification, *_none = _record(
        application, [open_ones[condition]], by=by, holds=holds, reason=reason
    )
    leave("settle", application, by=by, condition=condition, holds=holds)
    return certification


@transaction.atomic
def send_back(
    application_id: int,
    *,
    by: Person,
    opinion: str,
    items: Sequence[CorrectionRequest],
    due_on: date,
) -> Handling:
    """Return the file to its applicant with everything that is to be mended (一次性告知).

    Only those items open, until the end of `due_on`.
    """
    application = locked(application_id)
    check_items(items, due_on, now())
    check_return(application)
    handling = move(application, Act.SEND_BACK, by=by, opinion=opinion)
    due_at = _due_by(application, due_on)
    correction = Correction.objects.create(
        application=application, handling=handling, turn=handling.turn, due_at=due_at
    )
    CorrectionItem.objects.bulk_create(
        CorrectionItem(
            correction=correction,
            path=item.path,
            label=item.label,
            reason_code=item.reason_code,
            words=item.words.strip(),
        )
        for item in items
    )
    return handling


@transaction.atomic
def send_down(
    application_id: int,
    *,
    by: Person,
    opinion: str,
    items: Sequence[CorrectionRequest],
    due_on: date,
) -> Handling:
    """Return the file to the verification below (逐级退回), which reads all of it in the opinion.

    It passes the file straight up again, or returns it further.
    """
    application = locked(application_id)
    check_items(items, due_on, now())
    said = _with_items(opinion, items, due_on)
    handling = move(application, Act.SEND_DOWN, by=by, opinion=said)
    _due_by(application, due_on)
    return handling


def _due_by(application: Application, due_on: date) -> datetime:
    """The end of the day, which the file is due by from now on."""
    application.due_at = due_at = end_of(due_on)
    application.save(update_fields=["due_at"])
    return due_at


def _with_items(opinion: str, items: Sequence[CorrectionRequest], due_on: date) -> str:
    """The opinion, each item on a line of its own, and the last day, for the office below."""
    lines = [f"{number}. {item.label}：{item.words}" for number, item in enumerate(items, start=1)]
    until = _("请于%(day)s（含当天）前办理。") % {"day": in_words(due_on)}
    return "\n".join([opinion.strip(), *lines, until])


def check_return(application: Application) -> None:
    """Refused where the step has returned the file as often as its pack allows."""
    step = step_of(application)
    if step.returns_most is not None:
        done = Handling.objects.filter(
            application=application, step=step.code, act=Act.SEND_BACK
        ).count()
        check_may_return(step.returns_most, done)


def check_items(items: Sequence[CorrectionRequest], due_on: date, moment: datetime) -> None:
    if not items:
        raise NotReady(_("请选择要退回修改的内容，并一次说明全部问题"))
    wordless = tuple((item.path, _("请说明问题")) for item in items if not item.words.strip())
    if wordless:
        raise NotReady(_("每一处退回内容都须说明问题"), wordless)
    if due_on <= day(moment):
        raise NotReady(_("补正期限须在今天之后"), (("due_on", _("请选择今天之后的日期")),))


@transaction.atomic
def reject(application_id: int, *, by: Person, opinion: str) -> Handling:
    return move(locked(application_id), Act.REJECT, by=by, opinion=opinion)
