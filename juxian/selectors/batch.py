"""What can be done to several files together, and why not to some of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.access.acts import check, step_of
from juxian.access.duties import moment_of
from juxian.records.clock import day
from juxian.records.models import Application, Certification, Person, Submission, Trace
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Act, Level, Standing
from juxian.selectors.certification import to_certify
from juxian.selectors.findings import Found, findings_on, said_of
from juxian.selectors.work import Task, shown, task_of

TOGETHER = 100  # files at once
REMIND = "remind"


@dataclass(frozen=True, slots=True)
class Chance:
    """A file, and why it cannot be done together with others; "" where it can.

    `alone` where it can be done by itself, on its own page.
    """

    task: Task
    why: str = ""
    alone: bool = False


def files_of(person: Person, ids: Iterable[int]) -> list[Application]:
    """Those of the files that have reached the person's offices, in order of their numbers."""
    rows: QuerySet[Application] = scope.worked(person).filter(pk__in=list(ids))
    return list(shown(rows).select_related("cycle", "holder", "employer").order_by("number"))


def endorsing(person: Person, files: Sequence[Application]) -> list[Chance]:
    """Whether each may be endorsed unread: what single endorsing asks for is never skipped.

    2 queries, and one for each file where four eyes are asked for.
    """
    keys = [file.pk for file in files]
    said = said_of(keys)
    latest = Submission.objects.filter(application__in=keys, turn=F("application__turn"))
    submitted = {one.application_id: one for one in latest}
    return [_endorsing(person, file, submitted.get(file.pk), said[file.pk]) for file in files]


def _endorsing(
    person: Person,
    file: Application,
    submission: Submission | None,
    said: Sequence[Certification],
) -> Chance:
    task = task_of(person, file)
    try:
        check(person, Act.ENDORSE, file)
    except Refusal as refusal:
        return Chance(task, str(refusal))
    found = findings_on(pack_of(file.cycle), submission, said)
    against = [one.condition.says for one in found if one.bars]
    if against:
        return Chance(task, _("已认定不符合“%(says)s”，不能通过") % {"says": "”“".join(against)})
    why = _asked_alone(file, found)
    return Chance(task, why, alone=bool(why))


def _asked_alone(file: Application, found: Sequence[Found]) -> str:
    """What only its own page asks for."""
    level = step_of(file).level
    certified = to_certify(file) if level is Level.EMPLOYER else ()
    if certified:
        return _("本单位要逐项核实%(count)d项") % {"count": len(certified)}
    questions = sum(one.is_open for one in found)
    if questions and level not in (Level.EMPLOYER, Level.COUNTY):
        return _("还有%(count)d项须由人认定") % {"count": questions}
    return unread(file)


def unread(file: Application) -> str:
    """Why a file that nobody at its office has opened is not endorsed with others."""
    return _("本单位还没有人打开看过") if file.opened_at is None else ""


def reminding(person: Person, files: Sequence[Application]) -> list[Chance]:
    """Whether each applicant may be reminded: of a return, and once a day. 1 query."""
    today = day(moment_of(person))
    lately = Trace.objects.filter(
        act=REMIND, subject="application", subject_id__in=[str(file.pk) for file in files]
    )
    told = {key for key, at in lately.values_list("subject_id", "at") if day(at) == today}
    return [_reminding(person, file, is_told=str(file.pk) in told) for file in files]


def _reminding(person: Person, file: Application, *, is_told: bool) -> Chance:
    task = task_of(person, file)
    if file.standing != Standing.RETURNED:
        return Chance(task, _("没有退回修改中的事项，不用催办"))
    return Chance(task, _("今天已经催办过") if is_told else "")
