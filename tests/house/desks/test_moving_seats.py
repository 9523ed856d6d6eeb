"""Places that an office gives back, and that the organiser passes on within one bucket."""

import pytest

from juxian.records.models import Seats, SeatsChange, Trace
from juxian.selectors.seats import in_pool
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, on, says, send, text
from tests.house.world import PACK

pytestmark = pytest.mark.django_db
SECRETARIAT = {"desk": "secretariat"}


@pytest.fixture
def kashgar(world):
    return Seats.objects.get(office=world.kashgar, bucket="professional")


@pytest.fixture
def hotan(world):
    return Seats.objects.get(office=world.hotan, bucket="professional")


def granted(*rows):
    return [Seats.objects.get(pk=row.pk).granted for row in rows]


def move(client, **said):
    args = ["move_seats", PACK, said.pop("bucket", "professional")]
    return send(client, *args, **SECRETARIAT, **{"count": "1", "reason": "支援南疆", **said})


@pytest.mark.clause("R33", "R72")
def test_an_office_gives_back_what_it_will_not_use_and_the_organiser_passes_it_on(
    client, world, kashgar, hotan
):
    client.force_login(world.kashgar_handler)
    too_many = send(client, "give_back", kashgar.pk, count="5", reason="用不完")
    silent = send(client, "give_back", kashgar.pk, count="1", reason="")
    done = send(client, "give_back", kashgar.pk, count="2", reason="人选不足")
    client.force_login(world.secretary)
    table = text(at(client, "seats", PACK, **SECRETARIAT))
    asked = {"giver": "pool", "receiver": str(hotan.pk), "count": "2"}
    preview = text(move(client, **asked))
    before = granted(kashgar, hotan)
    passed_on = move(client, **asked, confirm="1")
    more = move(client, **asked, confirm="1")

    assert (too_many.status_code, "请填写1到4" in text(too_many)) == (422, True)
    assert (silent.status_code, says(done)) == (422, ["名额已退回，由主办单位另行调剂。"])
    assert "退回待调剂 2 个" in table
    assert ("退回待调剂" in preview, "确认调剂" in preview, before) == (True, True, [2, 4])
    assert (passed_on.status_code, more.status_code) == (302, 422)
    assert granted(kashgar, hotan) == [2, 6]
    assert in_pool(world.cycle)["professional"] == 0
    changes = SeatsChange.objects.order_by("pk").values_list("act", "before", "after", "reason")
    assert list(changes) == [("give_back", 4, 2, "人选不足"), ("move_in", 4, 6, "支援南疆")]
    acts = Trace.objects.filter(subject="seats").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["give_back_seats", "move_in_seats"]


@pytest.mark.clause("R38")
def test_places_go_from_office_to_office_in_one_bucket_even_after_the_close(
    client, world, kashgar, hotan
):
    skilled = Seats.objects.get(office=world.hotan, bucket="skilled")
    set_clock(on(2020, 5, 8))
    client.force_login(world.kashgar_handler)
    late = send(client, "give_back", kashgar.pk, count="1", reason="用不完")
    client.force_login(world.secretary)
    across = move(client, giver=str(kashgar.pk), receiver=str(skilled.pk), confirm="1")
    done = move(client, giver=str(kashgar.pk), receiver=str(hotan.pk), confirm="1")
    back = move(client, giver=str(hotan.pk), receiver="pool", count="5", confirm="1")

    assert (late.status_code, "已过申报截止时间" in text(late)) == (422, True)
    assert (across.status_code, done.status_code, back.status_code) == (422, 302, 302)
    assert granted(kashgar, hotan, skilled) == [3, 0, 2]
    assert in_pool(world.cycle)["professional"] == 5
    page = text(at(client, "seats", PACK, **SECRETARIAT))
    assert '调出 <span class="num">4 → 3</span>' in page
    assert f"（给{world.hotan.name}）" in page


@pytest.mark.parametrize("who", ["hotan_handler", "hospital_handler", "stranger"])
def test_nobody_else_gives_back_an_office_s_places(client, world, kashgar, who):
    client.force_login(getattr(world, who))

    answer = send(client, "give_back", kashgar.pk, count="1", reason="用不完")

    assert (answer.status_code, granted(kashgar)) == (404, [4])


def test_an_organiser_s_secretary_of_nothing_moves_nothing(client, world, kashgar, hotan):
    client.force_login(world.kashgar_handler)

    answer = move(client, giver=str(kashgar.pk), receiver=str(hotan.pk), confirm="1")

    assert (answer.status_code, granted(kashgar, hotan)) == (404, [4, 4])
