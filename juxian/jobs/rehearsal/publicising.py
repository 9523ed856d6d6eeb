"""Publicity in a rehearsal: over a holiday where there is one, too short at first, objected to."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from juxian.actions import publicity
from juxian.actions.proceeding import open_proceeding
from juxian.jobs.rehearsal.shares import FOUNDED, OBJECTED, PLANTED
from juxian.jobs.rehearsal.stage import Broken, Stage
from juxian.records.clock import day
from juxian.records.models import Application, Person, Proceeding
from juxian.records.packs import calendar
from juxian.regulation.calendar import SATURDAY
from juxian.regulation.procedure import Publicity, Step
from juxian.regulation.public_notice import period_end
from juxian.regulation.publishing import Remedy

Files = Sequence[Application]
SOON = 10  # days that an office may wait before it posts a list
ONE_DAY = timedelta(days=1)


def publicise(stage: Stage, step: Step, groups: Sequence[Files]) -> None:
    """All offices publicise on the same days: post, wait for the end, deal with objections."""
    rule = step.publicity
    if rule is None:
        raise Broken(step.code)
    starts = _before_a_holiday(day(stage.moment), rule)
    if starts != day(stage.moment):
        stage.move_clock(datetime.combine(starts, time(10), stage.moment.tzinfo))
    ends = period_end(starts, rule, calendar())
    posted = []
    for files in groups:
        officer = stage.officer(files[0], step)
        listed = open_proceeding(step.code, [file.pk for file in files], by=officer)
        _post(stage, listed, officer, (starts, ends), rule)
        _object(stage, listed, files, officer)
        posted.append((listed, officer))
    stage.move_clock(stage.moment + (ends - starts) + ONE_DAY)
    for listed, officer in posted:
        publicity.conclude(listed.pk, by=officer)
        stage.take(step.code, listed)


def _before_a_holiday(today: date, rule: Publicity) -> date:
    """A day, soon, from which the period runs over weekdays off; today when there is none."""
    for wait in range(SOON if rule.working else 0):
        starts = today + wait * ONE_DAY
        if calendar().is_working_day(starts) and _off(starts, period_end(starts, rule, calendar())):
            return starts
    return today


def _off(starts: date, ends: date) -> int:
    """How many weekdays of the period are days off."""
    days = (starts + step * ONE_DAY for step in range((ends - starts).days + 1))
    return sum(d.weekday() < SATURDAY and not calendar().is_working_day(d) for d in days)


def _post(
    stage: Stage, listed: Proceeding, officer: Person, period: tuple[date, date], rule: Publicity
) -> None:
    starts, ends = period
    off = _off(starts, ends) if rule.working else 0

    def publish(last: date) -> None:
        publicity.publish(listed.pk, by=officer, starts_on=starts, ends_on=last, place="公告栏")

    if stage.chance(PLANTED):
        with stage.refused("公示期把节假日算作工作日" if off else "公示期不足"):
            publish(ends - max(off, 1) * ONE_DAY)
    publish(ends)
    stage.figures["公示名单"] += 1
    stage.figures["公示期跨节假日"] += bool(off)
    if stage.chance(PLANTED):
        with stage.refused("公示未满即办结"):
            publicity.conclude(listed.pk, by=officer)


def _object(stage: Stage, listed: Proceeding, files: Files, officer: Person) -> None:
    for file in files:
        if not stage.chance(OBJECTED):
            continue
        objector = publicity.Objector("赵实名", "0991-1234567", "某单位（示例）")
        objection = publicity.object_to(
            listed.pk, file.pk, objector=objector, category="achievement", facts="成果排名有疑问。"
        )
        upheld = stage.chance(FOUNDED)
        publicity.close_objection(
            objection.pk,
            by=officer,
            closing=publicity.Closing(
                Remedy.CANCEL if upheld else Remedy.KEEP,
                "经核查，" + ("反映属实。" if upheld else "反映不属实。"),
                finding="true" if upheld else "untrue",
            ),
        )
        stage.figures["异议成立" if upheld else "异议不成立"] += 1
