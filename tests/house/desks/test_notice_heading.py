"""What stands over a public notice: who publishes it, for which track, and whom to call."""

import pytest

from juxian.actions import publicity
from juxian.records.clock import now
from juxian.records.models import Office
from juxian.records.packs import calendar, pack_of
from juxian.regulation.public_notice import period_end
from tests.house.desks.office_world import listed, text
from tests.house.world import BEIJING

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_notices(world):
    """The province's two divisions each publish the list of their own track."""
    Office.objects.filter(code="xj-hr-skills").update(phone="0991-2000002")
    professional = world.submitted()
    skilled = world.skilled_draft()
    world.submit(skilled)
    return [posted(world, file) for file in (professional, skilled)]


def posted(world, file):
    last = [s.code for s in pack_of(world.cycle).procedure.steps if s.publicity][-1]
    opened = listed(world, last, file)
    step = pack_of(world.cycle).procedure.step(last)
    starts = now().astimezone(BEIJING).date()
    ends = period_end(starts, step.publicity, calendar())
    by = opened.opened_by
    publicity.publish(opened.pk, by=by, starts_on=starts, ends_on=ends, place="厅公告栏")
    return opened


def test_each_notice_names_the_department_its_track_and_a_telephone(client, world, two_notices):
    first, second = (text(client.get(f"/notices/{one.pk}/")) for one in two_notices)

    assert f"{world.hr.name} · 专业技术人员管理处" in first
    assert f"{world.hr.name} · 职业能力建设处" in second
    assert "人选（专业技术人才）的公示" in first
    assert "人选（高技能人才）的公示" in second
    received_by = pack_of(world.cycle).track("professional").receiving.phone
    assert (received_by in first, "0991-2000002" in second) == (True, True)


def test_the_two_notices_are_told_apart_in_the_list(client, world, two_notices):
    page = text(client.get("/notices/"))

    assert page.count(f"{world.hr.name}：关于{world.cycle.title}人选（") == 2
    assert ("（专业技术人才）" in page, "（高技能人才）" in page) == (True, True)


def test_a_notice_of_an_office_without_divisions_names_it_alone(client, world):
    file = world.submitted()
    opened = listed(world, "employer_notice", file)
    starts = now().astimezone(BEIJING).date()
    step = pack_of(world.cycle).procedure.step("employer_notice")
    ends = period_end(starts, step.publicity, calendar())
    publicity.publish(
        opened.pk, by=world.hospital_handler, starts_on=starts, ends_on=ends, place="栏"
    )
    client.force_login(world.hospital_handler)

    page = text(client.get(f"/notices/{opened.pk}/"))

    assert f"<dd>{world.hospital.name}</dd>" in page
    assert f"{world.hospital.name} · 专" not in page
