"""The pages of parcels, with as many rows of everything as wanted."""

from django.urls import reverse

from juxian.actions.intake import Taken, store
from juxian.records.clock import now, today
from juxian.records.models import (
    Application,
    Arrival,
    Mailing,
    PageSeen,
    Parcel,
    PileScan,
    Submission,
)
from juxian.selectors.parcel import awaited_of
from tests.house.world import PDF


def parcel_pages(world, rows):
    """Of the prefecture's nominees, posted and received so many times."""
    sender, receiver = world.kashgar_handler, world.technical_handler
    awaited = awaited_of(receiver)[0]
    row = received(world, awaited, rows)
    for who in (sender, receiver, world.secretary):
        yield f"office:parcels {who}", who, reverse("office:parcels")
    for who in (sender, receiver):
        yield f"office:parcel {who}", who, reverse("office:parcel", args=[awaited.number])
    yield "office:post_parcel", sender, reverse("office:post_parcel", args=[awaited.number])
    yield "office:page_by_hand", receiver, reverse("office:page_by_hand", args=[awaited.number])
    seen = of_earlier_turn(awaited, row, receiver)
    args = [awaited.number, seen.pk]
    yield "office:page_difference", receiver, reverse("office:page_difference", args=args)


def received(world, awaited, rows):
    moment, who = now(), world.technical_handler
    row = Parcel.objects.create(
        cycle=awaited.cycle,
        office=awaited.office,
        track=awaited.track.code,
        receiver=awaited.receiver,
        number=awaited.number,
        begun_at=moment,
    )
    entered = {"parcel": row, "entered_by": who, "entered_at": moment}
    Mailing.objects.bulk_create(
        Mailing(courier="邮政", tracking_number=f"EA{n}", sent_on=today(), contents=[], **entered)
        for n in range(rows)
    )
    Arrival.objects.create(arrived_on=today(), postmarked_on=today(), **entered)
    PageSeen.objects.bulk_create(
        seen_page(row, awaited.files[0].file, who, page=n + 1) for n in range(rows)
    )
    stored = store(Taken(PDF, "application/pdf"))
    PileScan.objects.create(
        parcel=row, file=stored, given_by=who, given_at=moment, read_at=moment, blind=[1]
    )
    return row


def seen_page(row, file, who, *, page, turn=1, verdict="equal"):
    return PageSeen(
        parcel=row,
        paper=file.number,
        turn=turn,
        digest="0" * 12,
        copy=1,
        page=page,
        pages=40,
        present_turn=file.turn,
        verdict=verdict,
        way="scanner",
        seen_by=who,
        seen_at=now(),
    )


def of_earlier_turn(awaited, row, who):
    """A page of the first turn, after the second was submitted."""
    file = awaited.files[0].file
    first = file.submissions.get(turn=1)
    first.pk, first.turn = None, 2
    Submission.objects.bulk_create([first])
    Application.objects.filter(pk=file.pk).update(turn=2)
    file.turn = 2
    seen = seen_page(row, file, who, page=40, verdict="superseded")
    seen.save()
    return seen
