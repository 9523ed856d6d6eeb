"""What people are told of because the time has come (到时提醒), each once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.actions.dispatch import Occurrence, prepare
from juxian.actions.message import last_day, returner, values_of
from juxian.records.clock import day, now
from juxian.records.models import Message
from juxian.regulation.calendar import in_words
from juxian.regulation.messages import Occasion
from juxian.selectors.reminding import (
    Backlog,
    arrived,
    drafts_due,
    overdue,
    publicised_today,
    returns_due,
    unread_today,
)

AT_ONCE = 500  # rows of one statement
DIGEST_AT, SUMMARY_AT = 9, 18  # hours in Beijing: for offices, for people who want one a day


def remind_all() -> None:
    """Everything whose time has come; doing it again tells of nothing twice."""
    moment = now()
    hour = timezone.localtime(moment).hour
    doing = MORNING if hour >= DIGEST_AT else ()
    for tell_of in (*doing, *(EVENING if hour >= SUMMARY_AT else ())):
        with transaction.atomic():
            tell_of(moment)


def _remind_of_drafts(moment: datetime) -> None:
    told = []
    for draft, days, end in drafts_due(moment):
        until = last_day(end)
        one = Occurrence(
            Occasion.DEADLINE,
            draft.cycle.organiser,
            draft.applicant,
            f"deadline-{draft.pk}-{day(end):%Y%m%d}-{days}",
            values_of(draft, draft.cycle.organiser, until=until),
            draft,
        )
        said = _("您的申报%(number)s还没有提交，%(day)s截止，请抓紧办理。")
        told.append((one, said % {"number": draft.number, "day": until}))
    _tell_each(told)


def _remind_of_returns(moment: datetime) -> None:
    """The day before a return is to be mended, and once it is too late."""
    told = []
    for correction in returns_due(moment):
        file, office = correction.application, returner(correction)
        is_over, until = correction.due_at <= moment, last_day(correction.due_at)
        if is_over:
            said = _("您的申报%(number)s已过补正期限（%(day)s），没有重新提交；请联系退回单位。")
        else:
            said = _("您的申报%(number)s还没有改好，%(day)s是补正的最后一天。")
        one = Occurrence(
            Occasion.LAPSED if is_over else Occasion.REMINDED,
            office,
            file.applicant,
            f"return-{correction.pk}-{'over' if is_over else 'near'}",
            values_of(file, office, until=until),
            file,
        )
        told.append((one, said % {"number": file.number, "day": until}))
    _tell_each(told)


def _tell_of_publicity(_moment: datetime) -> None:
    told = []
    for item in publicised_today():
        file, listed = item.application, item.proceeding
        until = in_words(listed.ends_on) if listed.ends_on else ""
        one = Occurrence(
            Occasion.PUBLICISED,
            listed.office,
            file.applicant,
            f"publicity-{item.pk}",
            values_of(file, listed.office, until=until),
            file,
        )
        said = _("您的申报%(number)s已列入%(office)s的公示，公示到%(day)s为止。")
        known = {"number": file.number, "office": listed.office.name, "day": until}
        told.append((one, said % known))
    _tell_each(told)


def _tell_offices(moment: datetime) -> None:
    """One message a day to each person in charge, and to the office's own work group."""
    new = _("新到申报%(count)d份，请办理。")
    late = _("有%(count)d份申报已过本环节时限，请尽快办理。")
    _tell_each(
        [
            *_of_backlogs(arrived(moment), Occasion.NEW_FILES, new, moment),
            *_of_backlogs(overdue(moment), Occasion.OVERDUE, late, moment),
        ]
    )


def _of_backlogs(
    backlogs: Iterable[Backlog], occasion: Occasion, said: str, moment: datetime
) -> list[tuple[Occurrence, str]]:
    told = []
    for backlog in backlogs:
        for person, count in (*backlog.people, (None, backlog.count)):
            one = Occurrence(
                occasion,
                backlog.office,
                person,
                f"{occasion}-{day(moment):%Y%m%d}-{backlog.office.pk}-{person.pk if person else 0}",
                {"单位": backlog.office.name, "数量": str(count)},
            )
            told.append((one, said % {"count": count}))
    return told


def _sum_up(moment: datetime) -> None:
    """To those who want one message a day: how many came that they have not read."""
    told = []
    for person, messages in unread_today(moment).items():
        file = next((one.application for one in reversed(messages) if one.application), None)
        if file is not None:
            organiser = file.cycle.organiser
            said = {"姓名": person.name, "单位": organiser.name, "数量": str(len(messages))}
            key = f"daily-{day(moment):%Y%m%d}-{person.pk}"
            told.append(Occurrence(Occasion.DAILY, organiser, person, key, said, file))
    prepare(told, may_go=True)


def _tell_each(told: Sequence[tuple[Occurrence, str]]) -> None:
    """In the inbox and outside, whoever has not been told of it yet."""
    keys = [one.key for one, _text in told]
    known = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [(one, text) for one, text in told if one.key not in known]
    moment = now()
    Message.objects.bulk_create(
        (
            Message(
                person=one.person,
                application=one.application,
                occasion=one.occasion,
                key=one.key,
                text=text,
                sent_at=moment,
            )
            for one, text in new
            if one.person is not None
        ),
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    for at in range(0, len(new), AT_ONCE):
        prepare([one for one, _text in new[at : at + AT_ONCE]], may_go=True)


MORNING: tuple[Callable[[datetime], None], ...] = (
    _remind_of_returns,
    _remind_of_drafts,
    _tell_of_publicity,
    _tell_offices,
)
EVENING = (_sum_up,)
