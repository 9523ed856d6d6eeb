"""Telling people: in their inboxes (站内消息), and outside where the office's rules say so."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import procedure_of
from juxian.actions.dispatch import Occurrence, drop_passed, prepare
from juxian.records.clock import day, now
from juxian.records.labels import ACTS
from juxian.records.models import Application, Correction, Handling, Message, Office, Panel, Person
from juxian.records.packs import pack_of
from juxian.regulation.calendar import in_words
from juxian.regulation.messages import WHILE_RETURNED, Occasion
from juxian.regulation.telling import TOLD_TO_APPLICANTS, occasion_of
from juxian.regulation.words import Act, Standing

STALE_AFTER = timedelta(days=3)  # what no worker told of in time is for the inbox alone


@transaction.atomic
def tell_of(handling_id: int, *, may_go: bool = False) -> None:
    """Tell the applicant of an act, once; idempotent.

    What the office's rules release at once goes only if `may_go`: the act's page said so.
    """
    handling = (
        Handling.objects.select_related("application__cycle", "application__applicant", "office")
        .filter(pk=handling_id)
        .first()
    )
    if handling is None:
        return
    application, act = handling.application, Act(handling.act)
    occasion = occasion_of(act, procedure_of(application), handling.step)
    if act not in TOLD_TO_APPLICANTS and occasion is None:
        return
    drop_passed(application)
    step = pack_of(application.cycle).procedure.step(handling.step)
    Message.objects.get_or_create(
        person_id=application.applicant_id,
        handling=handling,
        defaults={
            "application": application,
            "occasion": occasion or "",
            "text": _("您的申报%(number)s：%(step)s，%(act)s")
            % {"number": application.number, "step": step.title, "act": ACTS[act]},
            "sent_at": now(),
        },
    )
    is_news = now() - handling.done_at < STALE_AFTER and (
        occasion not in WHILE_RETURNED or application.standing == Standing.RETURNED
    )
    if occasion is not None and handling.office is not None and is_news:
        prepare([_about(handling, occasion, handling.office, step.title)], may_go=may_go)


def _about(handling: Handling, occasion: Occasion, office: Office, step: str) -> Occurrence:
    until = last_day(handling.correction.due_at) if occasion is Occasion.RETURNED else ""
    said = values_of(handling.application, office, step=step, until=until)
    return Occurrence(
        occasion,
        office,
        handling.application.applicant,
        f"handling-{handling.pk}",
        said,
        handling.application,
    )


def values_of(
    application: Application, office: Office, *, step: str = "", until: str = ""
) -> dict[str, str]:
    """What placeholders about a file stand for."""
    return {
        "姓名": application.name,
        "编号": application.number,
        "批次": application.cycle.title,
        "单位": office.name,
        "环节": step,
        "期限": until,
    }


def returner(correction: Correction) -> Office:
    """The office that returned the file."""
    office = correction.handling.office
    if office is None:
        raise AssertionError("only a holder returns a file")
    return office


def last_day(end: datetime) -> str:
    """2020年4月3日: the last day before an end that is left out."""
    return in_words(day(end - timedelta(seconds=1)))


@transaction.atomic
def remind(application: Application, *, may_go: bool = False) -> None:
    """Remind the applicant of a returned file to mend it (催办); once a day."""
    correction = Correction.objects.filter(application=application).latest("pk")
    office = returner(correction)
    moment = now()
    until = last_day(correction.due_at)
    key = f"remind-{application.pk}-{day(moment):%Y%m%d}"
    tell(
        application.applicant,
        Occasion.REMINDED,
        key,
        _("您的申报%(number)s已退回修改，请在%(day)s（含当天）以前改好并重新提交。")
        % {"number": application.number, "day": until},
        about=application,
    )
    said = values_of(application, office, until=until)
    occurrence = Occurrence(
        Occasion.REMINDED, office, application.applicant, key, said, application
    )
    prepare([occurrence], may_go=may_go)


def invite(panel: Panel) -> None:
    """Tell the members of a panel that they sit on it (评审邀请)."""
    cycle = panel.cycle
    for member in panel.members.select_related("person"):
        key = f"panel-{panel.pk}"
        text = _("您已被聘为%(panel)s委员，请先阅读承诺、申报回避。") % {"panel": panel.title}
        tell(member.person, Occasion.INVITED, key, text)
        said = {"姓名": member.person.name, "批次": cycle.title, "单位": cycle.organiser.name}
        key = f"{key}-{member.person_id}"
        invited = Occurrence(Occasion.INVITED, cycle.organiser, member.person, key, said)
        prepare([invited], may_go=False)


def tell(
    person: Person, occasion: Occasion, key: str, text: str, *, about: Application | None = None
) -> bool:
    """A line in the person's inbox, once for the key. Whether it is new."""
    _line, is_new = Message.objects.get_or_create(
        person=person,
        key=key,
        defaults={
            "application": about,
            "occasion": occasion,
            "text": text,
            "sent_at": now(),
        },
    )
    return is_new


@transaction.atomic
def mark_read(person: Person, message_id: int | None = None) -> None:
    """One line of one's own inbox, or all of them."""
    mine = Message.objects.filter(person=person, read_at__isnull=True)
    if message_id is not None:
        mine = mine.filter(pk=message_id)
    mine.update(read_at=now())
