"""Proving that a refused act leaves everything as it was."""

from datetime import timedelta

import pytest

from juxian.actions import proceeding
from juxian.records.clock import day, now
from juxian.records.models import Application, Correction, Handling, Proceeding, ProceedingItem
from juxian.records.packs import pack_of


def snapshot(*files):
    """Everything about the files that a refused act must leave alone."""
    return (
        list(
            Application.objects.filter(pk__in=[file.pk for file in files])
            .order_by("pk")
            .values("step", "standing", "turn", "holder", "due_at", "resumes_at")
        ),
        Handling.objects.count(),
        Correction.objects.count(),
        list(ProceedingItem.objects.order_by("pk").values("act", "bucket", "rank", "ayes")),
        list(Proceeding.objects.order_by("pk").values("concluded_at", "starts_on", "ends_on")),
    )


def refused(kind, match, act, *files):
    before = snapshot(*files)
    with pytest.raises(kind, match=match):
        act()
    assert snapshot(*files) == before


def tomorrow(days=1):
    return day(now()) + timedelta(days=days)


def open_list(world, step, *files):
    world.pass_until(step, *files)
    by = world.officer_for(files[0], pack_of(world.cycle).procedure.step(step).role)
    return proceeding.open_proceeding(step, [file.pk for file in files], by=by), by
