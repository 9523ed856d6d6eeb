"""What is put back instead of being made again is the same, to the last row and file."""

import pytest
from django.conf import settings
from django.db import transaction

from juxian.records.models import Application, Person
from tests.house import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world, monkeypatch):
    """How often the file was made, and how to come by it."""
    monkeypatch.setattr(kept, "_kept", {})
    times = []

    def come_by():
        return kept.once("a file", lambda: times.append(1) or world._submitted().pk)

    return times, come_by


def standing():
    files = {path.name: path.read_bytes() for path in settings.EVIDENCE_DIR.rglob("*.*")}
    return kept._state(), files


def test_what_is_put_back_is_what_was_made(made):
    times, come_by = made
    with transaction.atomic():
        first, was = come_by(), standing()
        transaction.set_rollback(True)

    again = come_by()

    assert (again, standing(), times) == (first, was, [1])
    assert Application.objects.get(pk=again).submissions.count() == 1


def test_where_anything_else_stands_otherwise_it_is_made_anew(made):
    times, come_by = made
    with transaction.atomic():
        first = come_by()
        transaction.set_rollback(True)
    Person.objects.filter(login="stranger").update(name="另一人")

    again = come_by()

    assert (again > first, times) == (True, [1, 1])
