"""Renames, moves and mergers: previewed, dated, and never at the cost of what is under way."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from juxian.actions import office_change
from juxian.actions.office_change import Wanted, carry_out_due
from juxian.actions.verification import endorse
from juxian.records.models import Appointment, FileCopy, Handling, Office, OfficeChange, Stop
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import OfficeChangeKind, OfficeKind, Role
from juxian.selectors.certification import to_certify
from juxian.selectors.employers import employers
from juxian.selectors.register_offices import offices_of
from tests.house.clock import set_clock
from tests.house.desks.office_world import text
from tests.house.world import FILING

pytestmark = pytest.mark.django_db

TODAY = FILING.date()
RENAME, MOVE, MERGE = OfficeChangeKind


@pytest.fixture
def operator(world):
    world.add_officer("operator", "系统管理员", "hr", Role.OPERATOR)
    return world.operator


def decide(office, kind, by, **facts):
    wanted = {"from_on": TODAY, "reason": "喀编办〔2020〕1号", **facts}
    return office_change.decide(office.pk, Wanted(kind=kind, **wanted), by=by)


def desk_of(person):
    client = Client()
    client.force_login(person)
    return client


def route(file):
    return dict(Stop.objects.filter(application=file).values_list("level", "office__code"))


def test_a_rename_leaves_what_was_submitted_under_the_former_name(world):
    file = world.submitted()
    before = world.hospital.name
    desk = desk_of(world.kashgar_handler)
    here = reverse("care:change_office", args=[world.hospital.pk, "rename"])

    seen = desk.get(here)
    assert (seen.context["touched"].files, seen.context["touched"].posts) == (1, 2)
    sent = {"name": "喀什中心医院（示例）", "from_on": "2020-03-16", "reason": "喀编办〔2020〕1号"}
    assert "请填写" in text(desk.post(here, {**sent, "reason": ""}))
    assert "已办理。" in text(desk.post(here, sent, follow=True))

    twice = desk.post(here, {**sent, "name": "又一个名称"})
    assert "这一天已经更名一次" in text(twice)
    hospital = Office.objects.get(pk=world.hospital.pk)
    assert hospital.name == "喀什中心医院（示例）"
    assert file.submissions.get().header["employer"] == before
    assert employers("第一人民医院").offices == employers("中心医院").offices == (hospital,)
    page = text(desk.get(reverse("care:office", args=[hospital.pk])))
    assert (f"曾用名：{before}" in page, "喀编办〔2020〕1号" in page) == (True, True)


def test_a_move_waits_for_its_day_and_files_under_way_keep_their_route(world, operator):
    under_way = world.submitted()
    before = route(under_way)
    day = TODAY + timedelta(days=2)
    waiting = decide(world.hospital, MOVE, operator, other="hotan", from_on=day)

    assert (carry_out_due(), waiting.done_at) == (0, None)
    with pytest.raises(NotPossible):
        decide(world.hospital, RENAME, operator, name="某医院")
    set_clock(FILING + timedelta(days=2))
    assert carry_out_due() == 1
    assert Office.objects.get(pk=world.hospital.pk).files_to == world.hotan

    endorse(
        under_way.pk,
        by=world.hospital_handler,
        opinion="同意",
        certified={one.code: True for one in to_certify(under_way)},
    )
    later = world.professional_draft(number=1)
    world.submit(later)
    assert route(under_way) == before
    assert (before["nominator"], route(later)["nominator"]) == ("kashgar", "hotan")


def test_a_merger_takes_files_people_and_drafts_along_and_leaves_history(world, operator):
    into = world.add_office(
        "clinic", "喀什联合医院", kind="hospital", region="653100", files_to=world.kashgar
    )
    file, draft = world.submitted(), world.professional_draft(number=1)
    clerk = world.hospital_handler
    handled = Handling.objects.filter(application=file).values_list("office", flat=True)
    history = list(handled)
    done = file.handlings.latest("pk")
    copy = FileCopy.objects.create(office=world.hospital, application=file, handling=done)

    change = decide(world.hospital, MERGE, operator, other="喀什联合医院")

    file.refresh_from_db()
    draft.refresh_from_db()
    copy.refresh_from_db()
    assert (file.holder, file.employer, draft.employer) == (into, world.hospital, into)
    assert copy.office == into
    assert (route(file)["employer"], list(handled)) == ("clinic", history)
    old, new = Appointment.objects.filter(person=clerk).order_by("pk")
    assert (old.ended_at is None, new.office, new.role) == (False, into, Role.HANDLER)
    answer = desk_of(clerk).get(reverse("office:file", args=[file.number]))
    assert answer.status_code == 200
    assert Office.objects.get(pk=world.hospital.pk).ends_on == TODAY
    assert employers("第一人民医院").offices == (world.hotan_hospital,)  # a near name
    assert list(offices_of(operator))[-1] == world.hospital
    assert (change.figures["files"], change.figures["posts"]) == (1, 2)
    first = file.step
    world.pass_step(file)
    assert (file.step == first, file.holder) == (False, into)


def test_what_stands_in_the_way_of_a_merger_is_said_before(world, operator):
    refused = [
        (world.kashgar, "本机构持有名额，请先由主办单位调剂", "hotan"),
        (world.offices["xj-hr-skills"], "内设处室和自治区主管部门不能并入别的机构", "hotan"),
        (world.hotan, "不能选本机构或它下面的机构。", "hotan-hospital"),
        (world.hospital, "没有找到这个机构，请填写机构代码或全称。", "没有"),
    ]
    for office, said, other in refused:
        with pytest.raises(NotReady, match=said):
            decide(office, MERGE, operator, other=other)
    assert OfficeChange.objects.count() == 0


def test_only_the_office_above_decides_and_what_waits_may_be_dropped(world, operator):
    for by in (world.hospital_handler, world.hotan_handler, world.stranger):
        with pytest.raises(NotAllowed):
            decide(world.hospital, RENAME, by, name="某医院")
    with pytest.raises(NotReady, match="已有同名机构"):
        decide(world.hospital, RENAME, operator, name=world.hotan_hospital.name)
    with pytest.raises(NotReady, match="不在您管理的范围内"):
        decide(world.hospital, MOVE, world.kashgar_handler, other="hotan")

    later = {"name": "某医院", "from_on": TODAY + timedelta(days=9)}
    waiting = decide(world.hospital, RENAME, world.kashgar_handler, **later)
    drop = reverse("care:drop_change", args=[waiting.pk])
    assert desk_of(world.hotan_handler).post(drop).status_code == 404
    assert "已撤销这项变更" in text(desk_of(world.kashgar_handler).post(drop, follow=True))
    set_clock(FILING + timedelta(days=20))
    assert (carry_out_due(), Office.objects.get(pk=world.hospital.pk).ends_on) == (0, None)
    done = decide(world.hospital, RENAME, operator, name="某医院", from_on=date(2020, 3, 20))
    with pytest.raises(NotPossible):
        office_change.drop(done.pk, by=operator)


def test_a_division_may_share_a_name_and_an_office_may_not(world, operator):
    world.add_office("desk-a", "人事处", kind=OfficeKind.DIVISION, region="650000")
    decide(world.hospital, RENAME, operator, name="人事处")

    assert Office.objects.filter(name="人事处").count() == 2
