"""Candidates on the nomination board, and what an officer does with them."""

from juxian.records.models import Application, ProceedingItem, Seats
from tests.house.clock import set_clock
from tests.house.desks.office_world import many, on, send


def outdoing(item: ProceedingItem) -> Application:
    """The person of a list's line; behind him on the list is now a colleague with more votes."""
    file = item.application
    votes = ProceedingItem.objects.filter(application=file, ayes__isnull=False)
    votes.update(ayes=6, nays=1)
    (better,) = many(file, 1, series=77)
    judged = votes.order_by("pk").last().proceeding
    ProceedingItem.objects.create(
        proceeding=judged, application=better, turn=1, act="admit", ayes=7, nays=0
    )
    ProceedingItem.objects.create(proceeding=item.proceeding, application=better, turn=1)
    return file


def five_candidates(world):
    """For four ordinary seats."""
    file = world.submitted()
    world.pass_until("nomination", file)
    set_clock(on(2020, 4, 28))
    return [file, *many(file, 4)]


def rank(client, opened, *files, **otherwise):
    data = {f"rank-{file.pk}": place for place, file in enumerate(files, start=1)}
    return client.post(f"/office/nominations/{opened.pk}/", data | otherwise)


def give_all_reasons(client, opened, *files):
    for file in files:
        send(client, "reason", opened.pk, file.pk, reason=f"{file.name}扎根基层，业绩突出。")


def submit(client, opened, **data):
    clean = {key.replace("__", "-"): value for key, value in data.items()}
    return client.post(f"/office/nominations/{opened.pk}/submit/", {"is_checked": "on"} | clean)


def buckets(opened):
    return [item.bucket for item in opened.items.order_by("rank")]


def ordinary(world):
    return Seats.objects.get(cycle=world.cycle, office=world.kashgar, granted=4).bucket
