"""Pages of an applicant's form as a browser sends them, by a button or by their script."""

import pytest
from django.urls import reverse

from juxian.actions import application as acts
from juxian.records.models import Section
from tests.house.desks.shown import shown


@pytest.fixture
def me(client, world):
    """The applicant, signed in."""
    client.force_login(world.applicant)
    return client


@pytest.fixture
def draft(world):
    """Begun, nothing filled."""
    return acts.begin(
        world.cycle.pk, by=world.applicant, employer_id=world.hospital.pk, track="professional"
    )


@pytest.fixture
def full(world):
    return world.professional_draft()


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def version(file, section):
    row = Section.objects.filter(application=file, code=section).first()
    return row.version if row else 0


def auto(me, page, **typed):
    return me.post(page, typed | {"go": "auto"})


def typed_into(me, page, **changed):
    """What the page's form would send after these fields were changed."""
    return shown(me.get(page)) | changed
