"""The checklist of a level (审核要点): answered when a file is passed, read above."""

import pytest
from django.db import transaction

from juxian.records.models import Handling, PointAnswer
from juxian.selectors.points import points_for
from tests.house.desks.office_world import at, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    sent = world.submitted()
    world.pass_until("nominator_check", sent)
    return sent


@pytest.fixture
def officer(client, world):
    client.force_login(world.kashgar_handler)
    return client


def passed(client, file, opinion="同意", **otherwise):
    data = {f"point:{one.code}": "yes" for one in points_for(file)} | otherwise
    data = {key: value for key, value in data.items() if value}
    return send(client, "endorse", file.number, opinion=opinion, **data)


@pytest.mark.clause("R44", "R45")
def test_every_level_has_its_own_points_with_their_clause(officer, file):
    page = text(at(officer, "endorse", file.number))

    assert [one.code for one in points_for(file)] == ["peers", "employer_notice_held", "eligible"]
    assert "已组织同行业专家评议，评议结果与汇总表一致" in page
    assert "证书等扫描件与原件核对一致" not in page


def test_what_is_answered_is_kept_with_who_and_read_above(client, officer, world, file):
    answer = passed(officer, file, "公示材料随后补", **{"point:employer_notice_held": "no"})
    kept = PointAnswer.objects.order_by("pk")
    world.pass_until("formal_check", file)
    client.force_login(world.technical_handler)

    above = text(at(client, "file", file.number))
    client.force_login(world.hospital_handler)
    below = text(at(client, "file", file.number))

    assert answer.status_code == 302
    assert [(one.point, one.holds, one.by, one.office, one.turn) for one in kept] == [
        ("peers", True, world.kashgar_handler, world.kashgar, 1),
        ("employer_notice_held", False, world.kashgar_handler, world.kashgar, 1),
        ("eligible", True, world.kashgar_handler, world.kashgar, 1),
    ]
    line = above.partition("单位内部公示已满期限且无异议")[2].partition("</li>")[0]
    assert f"{world.kashgar.name} · {world.kashgar_handler.name}" in line
    assert "单位内部公示已满期限且无异议" not in below


def test_a_point_left_out_keeps_the_file_and_what_was_typed(officer, file):
    answer = passed(officer, file, **{"point:peers": ""})

    page = text(answer)
    assert answer.status_code == 422
    assert "请核对并选择" in page.partition('id="id_point:peers"')[2].partition("</fieldset>")[0]
    assert 'value="yes" ' in page
    assert (PointAnswer.objects.count(), file.step) == (0, "nominator_check")


def test_a_no_is_told_in_the_opinion(officer, file):
    before = Handling.objects.count()

    answer = passed(officer, file, " ", **{"point:peers": "no"})

    assert answer.status_code == 422
    assert "审核要点有答“否”的，请在审核意见中说明" in text(answer)
    assert (PointAnswer.objects.count(), Handling.objects.count()) == (0, before)


def test_the_database_keeps_answers_as_they_were_given(officer, file):
    passed(officer, file)

    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        PointAnswer.objects.update(holds=False)
