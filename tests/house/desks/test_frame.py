"""What every page of a desk of one role shows of the person: the duty at the cycle's office."""

import pytest

from juxian.actions import person
from juxian.records.clock import now
from juxian.records.models import Cycle
from juxian.regulation.words import Role
from tests.house.desks.office_world import at
from tests.house.world import PACK

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("desk", "role"), [("secretariat", Role.SECRETARY), ("supervision", Role.SUPERVISOR)]
)
def test_the_desk_shows_the_duty_of_the_office_that_organises_the_cycle(client, world, desk, role):
    elsewhere = Cycle.objects.create(
        code="elsewhere",
        numbering="ELSE",
        pack=PACK,
        pack_digest=world.cycle.pack_digest,
        title="和田的批次",
        organiser=world.hotan,
        opens_at=world.cycle.opens_at,
        closes_at=world.cycle.closes_at,
        opened_by=world.secretary,
        opened_at=now(),
    )
    somebody = world.add_person("twice", "两处任职")
    for office in (world.hr, world.hotan):
        person.appoint(somebody, office, role, by=None)
    client.force_login(somebody)

    pages = [at(client, "cycle", code, desk=desk) for code in (PACK, elsewhere.code)]

    assert [page.context["duty"].office for page in pages] == [world.hr, world.hotan]
