"""Lists that have gone up, with nominees recalled and others for their places; seats given back."""

from django.urls import reverse

from juxian.actions import cycle
from juxian.records.clock import now
from juxian.records.models import (
    Application,
    Handling,
    Proceeding,
    ProceedingItem,
    Seats,
    SupplementPermit,
)
from juxian.regulation.words import Act, Kind, Standing
from tests.house.desks.office_world import many


def recalled(world, file, rows):
    """A list of so many who are before the region, so many recalled, so many passed over."""
    officer, moment = world.kashgar_handler, now()
    listed = Proceeding.objects.create(
        cycle=world.cycle,
        office=world.kashgar,
        step="nomination",
        kind=Kind.RECOMMEND,
        opened_by=officer,
        opened_at=moment,
        concluded_by=officer,
        concluded_at=moment,
    )
    above = placed(many(file, rows, series=51), "formal_check", Standing.OPEN)
    gone = placed(many(file, 2 * rows, series=52), "nomination", Standing.NOT_SELECTED)
    how = {"proceeding": listed, "turn": 1, "act": Act.RECOMMEND, "track": file.track}
    how["bucket"] = "professional"
    ProceedingItem.objects.bulk_create(
        [ProceedingItem(application=one, rank=n, **how) for n, one in enumerate(above, start=1)]
        + [ProceedingItem(application=one, void_at=moment, **how) for one in gone[:rows]]
    )
    Handling.objects.bulk_create(
        Handling(
            application=one,
            turn=1,
            step="formal_check",
            act=Act.RECALL,
            by=officer,
            office=world.kashgar,
            opinion="本人调离本地区",
            done_at=moment,
        )
        for one in gone[:rows]
    )
    return listed


def placed(files, step, standing):
    Application.objects.filter(pk__in=[one.pk for one in files]).update(
        step=step, standing=standing
    )
    return files


def supplement_pages(world, rows):
    officer = world.kashgar_handler
    file = Proceeding.objects.filter(step="nomination").first().items.first().application
    listed = recalled(world, file, rows)
    first = listed.items.filter(void_at=None).first().application_id
    yield "office:recall", officer, reverse("office:recall", args=[listed.pk, first])
    yield "office:supplement", officer, reverse("office:supplement", args=[listed.pk])
    yield "office:nomination sent", officer, reverse("office:nomination", args=[listed.pk])
    yield "office:nominations sent", officer, reverse("office:nominations")


def changed_seats(world, rows):
    seats = Seats.objects.filter(granted__isnull=False).first()
    for n in range(rows):
        cycle.change_seats(seats.pk, by=world.secretary, granted=20 + n, reason="调剂")


def region_pages(world, file, rows):
    """With so many changes of seats, nominees recalled, and supplements let."""
    changed_seats(world, rows)
    recalled(world, file, rows)
    who, moment = world.secretary, now()
    SupplementPermit.objects.bulk_create(
        SupplementPermit(
            cycle=world.cycle,
            office=world.kashgar,
            until=moment,
            reason="疫情影响寄送",
            by=who,
            given_at=moment,
        )
        for _n in range(rows)
    )
    yield (
        "secretariat:supplements",
        who,
        reverse("secretariat:supplements", args=[world.cycle.code]),
    )


def give_back_page(world, officer):
    seats = Seats.objects.get(office=world.kashgar, bucket="professional")
    return "office:give_back", officer, reverse("office:give_back", args=[seats.pk])
