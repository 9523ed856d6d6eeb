"""Receiving reports (总结材料): reminding who owes one, and giving one back to be completed."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.duties import Today
from juxian.actions.trace import Left, leave, leave_all
from juxian.records.clock import day, now
from juxian.records.models import Appointment, Message, Office, Person, Report, ReportReturn
from juxian.regulation.calendar import in_words
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Role
from juxian.selectors.report import (
    UNSETTLED,
    Asked,
    Owed,
    Timeliness,
    received,
    receives,
    reminded_today,
)

LONGEST = 1000  # characters of what is to be completed


@transaction.atomic
def give_back(report_id: int, words: str, *, by: Person) -> ReportReturn:
    """Ask the office to complete its latest version, and tell its handlers so."""
    report = Report.objects.select_related("cycle", "office").get(pk=report_id)
    Office.objects.select_for_update(no_key=True).get(pk=report.office_id)
    asked = receives(by, report.cycle.code, report.code)
    if asked is None:
        raise NotPossible(_("这份总结材料不由您接收"))
    rows = Report.objects.filter(cycle=report.cycle, office=report.office, code=report.code)
    if rows.filter(version__gt=report.version).exists():
        raise NotReady(_("单位已重新报送，请查看最新的一份"))
    if ReportReturn.objects.filter(report=report).exists():
        raise NotReady(_("这份已经退回，正等单位补充"))
    moment = now()
    returned = ReportReturn.objects.create(
        report=report, words=words.strip(), returned_by=by, returned_at=moment
    )
    said = _("贵单位报送的“%(title)s”须补充：%(words)s") % {
        "title": asked.report.title,
        "words": returned.words,
    }
    _tell([report.office_id], said)
    leave("give_back_report", report, by=by, at=moment, version=report.version)
    return returned


@transaction.atomic
def remind(asked: Asked, offices: Collection[int], *, by: Person) -> tuple[Office, ...]:
    """Write to the handlers of offices that owe the report (催办), once a day to each of them.

    Which offices were written to; NotReady when there is none among these.
    """
    if receives(by, asked.cycle.code, asked.report.code) is None:
        raise NotPossible(_("这份总结材料不由您接收"))
    moment = now()
    told = reminded_today(asked, day(moment))
    owing = [
        row
        for row in received(asked).rows
        if row.timeliness in UNSETTLED and row.office.pk in offices and row.office.pk not in told
    ]
    if not owing:
        raise NotReady(_("所选单位都已报送，或今天已经催办过"))
    for row in owing:
        _tell([row.office.pk], told_of(row))
    detail = {"report": asked.report.code}
    leave_all(
        [Left("remind_report", asked.cycle, {**detail, "office": row.office.pk}) for row in owing],
        by=by,
        at=moment,
    )
    return tuple(row.office for row in owing)


def told_of(owed: Owed) -> str:
    """What its handlers will read."""
    known = {
        "title": owed.asked.report.title,
        "last": in_words(owed.asked.report.due),
    }
    if owed.timeliness is Timeliness.RETURNED:
        return _("贵单位报送的“%(title)s”已退回补充，请尽快补充后重新报送。") % known
    return _("贵单位还没有报送“%(title)s”，报送截止为%(last)s，请尽快报送。") % known


def _tell(offices: Collection[int], text: str) -> None:
    """Whoever handles files there today; nobody twice."""
    people = (
        Appointment.objects.filter(
            office__in=offices, role=Role.HANDLER, starts_on__lte=Today(), person__is_active=True
        )
        .exclude(ends_on__lt=Today())
        .values_list("person", flat=True)
        .distinct()
    )
    moment = now()
    Message.objects.bulk_create(
        Message(person_id=person, text=text, sent_at=moment) for person in people
    )
