"""The secretary's page for seats of an office that has none."""

import pytest

from juxian.records.models import Seats
from juxian.regulation.words import Holder, OfficeKind
from tests.house.desks.office_world import at, says, send, text
from tests.house.world import PACK

pytestmark = pytest.mark.django_db
SECRETARIAT = {"desk": "secretariat"}


@pytest.fixture
def secretary(client, world):
    world.add_office(
        "aksu",
        "阿克苏（示例）",
        kind=OfficeKind.HR_OFFICE,
        region="652900",
        holder=Holder.PREFECTURE,
    )
    client.force_login(world.secretary)
    return client


def given(world, **changes):
    said = {"office": world.offices["aksu"].pk, "bucket": "professional", "granted": "3"}
    return {**said, "reason": "机构调整", **changes}


def test_an_office_without_seats_comes_first_and_is_granted_some(secretary, world):
    assert f"/secretariat/cycles/{PACK}/seats/grant/" in text(
        at(secretary, "seats", PACK, **SECRETARIAT)
    )
    page = at(secretary, "grant_seats", PACK, **SECRETARIAT)
    groups = dict(page.context["form"].fields["office"].choices[1:])
    assert [name for _key, name in groups["还没有名额的"]] == ["阿克苏（示例）"]
    assert len(groups["已有名额的"]) == 3

    answer = send(secretary, "grant_seats", PACK, **SECRETARIAT, **given(world))

    assert (answer.status_code, says(answer)) == (302, ["名额已增加，理由已记录。"])
    assert Seats.objects.get(office=world.offices["aksu"]).granted == 3
    seats = text(at(secretary, "seats", PACK, **SECRETARIAT))
    assert ("0 → 3" in seats, "阿克苏（示例）" in seats) == (True, True)


def test_seats_without_a_cap_are_shown_as_such(secretary, world):
    said = given(world, bucket="national_talent", granted="")
    assert send(secretary, "grant_seats", PACK, **SECRETARIAT, **said).status_code == 302

    assert "0 → 不限" in text(at(secretary, "seats", PACK, **SECRETARIAT))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"granted": ""}, "名额至少为1个"),
        ({"reason": ""}, "请填写理由"),
        ({"office": ""}, "请选择"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(secretary, world, changes, sentence):
    page = send(secretary, "grant_seats", PACK, **SECRETARIAT, **given(world, **changes))

    assert (page.status_code, sentence in text(page)) == (422, True)
    assert not Seats.objects.filter(office=world.offices["aksu"]).exists()


def test_nobody_but_the_secretary_finds_the_page(client, world):
    client.force_login(world.kashgar_handler)

    assert at(client, "grant_seats", PACK, **SECRETARIAT).status_code == 404
