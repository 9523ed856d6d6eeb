"""Concluded evaluations: one to take up again, one that cannot be, one corrected by another."""

from django.urls import reverse

from juxian.records.clock import now
from juxian.records.models import Proceeding, ProceedingItem
from juxian.regulation.words import Act, Corrects, Kind, Standing
from tests.house.desks.office_world import many
from tests.house.desks.supplement_scenes import placed

PANEL, DECISION = "nominator_panel", "nominator_decision"


def evaluated(world, file, rows, series, **facts):
    """A concluded list of so many who were carried, and so many who lost."""
    officer, moment = world.kashgar_handler, now()
    listed = Proceeding.objects.create(
        cycle=world.cycle,
        office=world.kashgar,
        step=PANEL,
        kind=Kind.REVIEW,
        opened_by=officer,
        opened_at=moment,
        concluded_by=officer,
        concluded_at=moment,
        held_on=moment.date(),
        members=7,
        present=7,
        **facts,
    )
    carried = placed(many(file, rows, series=series), DECISION, Standing.OPEN)
    lost = placed(many(file, rows, series=series + 1), PANEL, Standing.NOT_SELECTED)
    ProceedingItem.objects.bulk_create(
        ProceedingItem(proceeding=listed, application=one, turn=1, act=act, ayes=ayes, nays=nays)
        for files, act, ayes, nays in ((carried, Act.ADMIT, 6, 1), (lost, Act.DISMISS, 2, 5))
        for one in files
    )
    return listed, carried


def reconsideration_pages(world, file, rows):
    officer = world.kashgar_handler
    listed, _carried = evaluated(world, file, rows, 61)
    gone, carried = evaluated(world, file, rows, 63)
    there = Proceeding.objects.filter(step=DECISION, concluded_at=None).first()
    ProceedingItem.objects.bulk_create(
        ProceedingItem(proceeding=there, application=one, turn=1) for one in carried
    )
    old, _carried = evaluated(world, file, rows, 65)
    new, _carried = evaluated(
        world,
        file,
        rows,
        67,
        corrects=old,
        corrects_what=Corrects.ENTRY,
        corrects_because="两人的票数登记反了",
    )
    for name, one in (("reconsider", listed), ("reconsider barred", gone)):
        yield f"office:{name}", officer, reverse("office:reconsider", args=[one.pk])
    for name, one in (("corrected", old), ("correcting", new)):
        yield f"office:evaluation {name}", officer, reverse("office:evaluation", args=[one.pk])
