"""The supervisor's desk: what runs, and what is worth a look; nothing to be changed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from juxian.actions import cycle as cycles
from juxian.actions import panel, publicity
from juxian.actions.trace import leave
from juxian.desks.supervision.urls import urlpatterns
from juxian.records.clock import day, now
from juxian.records.models import Application, Cycle, Envelope, Handling
from juxian.regulation.words import Act, Role
from juxian.selectors.supervision import cycles_of, overview_of
from tests.house.actions.ballot_world import committee
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, listed, many, on, text
from tests.house.world import PACK

pytestmark = pytest.mark.django_db

DESK = "supervision"


def found(world):
    """What was looked for in the cycle and found, by its title."""
    overview = overview_of(world.cycle, by=world.supervisor, now=now())
    return {one.title: one for one in overview.notable}


@pytest.mark.parametrize("name", ["secretary", "kashgar_handler", "stranger"])
def test_only_a_supervisor_finds_the_desk(client, world, name):
    file = world.submitted()
    voted = committee(world, experts=3, candidates=1).opened()
    client.force_login(getattr(world, name))
    pages = [
        reverse("supervision:home"),
        reverse("supervision:cycle", args=[PACK]),
        reverse("supervision:traces", args=[PACK]),
        reverse("supervision:file", args=[file.number]),
        reverse("supervision:ballot", args=[voted.ballot.pk]),
    ]

    assert {client.get(page).status_code for page in pages} == {404}


def test_a_supervisor_of_another_office_has_an_empty_desk_that_says_why(supervisor, world):
    file = world.submitted()
    Cycle.objects.update(organiser=world.hotan)

    assert "没有主办的批次" in text(at(supervisor, "home", desk=DESK))
    for name, args in (("cycle", [PACK]), ("traces", [PACK]), ("file", [file.number])):
        assert at(supervisor, name, *args, desk=DESK).status_code == 404


def counted(somebody):
    [line] = cycles_of(somebody)
    return line.files, line.notices, line.voting


def test_the_list_of_cycles_counts_the_files_and_lists_of_the_supervisors_track(supervisor, world):
    of_titles = world.submitted()
    of_skills = world.skilled_draft()
    world.submit(of_skills)
    notice = listed(world, "employer_notice", of_titles)
    ends = day(now()) + timedelta(days=9)
    by = world.hospital_handler
    publicity.publish(notice.pk, by=by, starts_on=day(now()), ends_on=ends, place="公告栏")
    committee(world, experts=3, candidates=1).opened()
    of_one_track = world.add_officer("of_one_track", "示例人员", "hr", Role.SUPERVISOR, "skilled")

    assert counted(world.fresh(of_one_track)) == (1, 0, 0)
    assert counted(world.supervisor) == (3, 1, 1)


def test_nothing_on_the_desk_can_be_sent(supervisor, world):
    file = world.submitted()

    voted = committee(world, experts=3, candidates=1).opened().ballot
    pages = {
        "home": [],
        "cycle": [PACK],
        "traces": [PACK],
        "file": [file.number],
        "ballot": [voted.pk],
    }

    answers = {
        name: supervisor.post(reverse(f"supervision:{name}", args=args)).status_code
        for name, args in pages.items()
    }

    assert answers == dict.fromkeys((pattern.name for pattern in urlpatterns), 405)


def test_a_quiet_cycle_says_that_nothing_is_amiss_and_what_was_looked_for(supervisor, world):
    page = text(at(supervisor, "cycle", PACK, desk=DESK))

    assert "无异常" in page
    for title in ("过了内部时限仍在办理的申报", "重新计票与记录不一致的表决", "名额调剂"):
        assert title in page


def test_the_overview_counts_files_by_step_with_their_internal_deadline(supervisor, world):
    world.submitted()

    stages = {
        stage.count.step.code: stage
        for stage in overview_of(world.cycle, by=world.supervisor, now=now()).stages
    }

    assert stages["employer_check"].count.counts == (1, 0)
    due = Application.objects.get().due_at
    assert stages["employer_check"].due_at == due
    assert not stages["employer_check"].is_late
    set_clock(due + timedelta(hours=1))
    overview = overview_of(world.cycle, by=world.supervisor, now=now())
    assert [s.count.step.code for s in overview.stages if s.is_late] == ["employer_check"]


def test_files_past_an_internal_deadline_are_named_and_the_rest_counted(supervisor, world):
    file = world.submitted()
    many(file, 8)
    set_clock(file.due_at + timedelta(minutes=1))

    late = found(world)["过了内部时限仍在办理的申报"]

    assert (late.count, len(late.numbers), late.unnamed) == (9, 6, 3)


def test_a_file_returned_twice_is_worth_a_look_and_one_returned_once_is_not(supervisor, world):
    files = [world.submitted(number=number) for number in (1, 2)]
    sent_back = [files[0], files[0], files[1]]
    Handling.objects.bulk_create(
        Handling(
            application=file,
            turn=1,
            step=file.step,
            act=Act.SEND_BACK,
            by=world.hospital_handler,
            opinion="请修改",
            done_at=now(),
        )
        for file in sent_back
    )

    again = found(world)["退回 2 次以上的申报"]

    assert (again.count, again.numbers) == (1, (files[0].number,))


def test_seats_exports_objections_and_readings_at_night_are_counted(supervisor, world):
    seats = world.cycle.seats.filter(granted__isnull=False).first()
    cycles.change_seats(seats.pk, by=world.secretary, granted=9, reason="调剂")
    leave("export_ministry", world.cycle, by=world.secretary)
    file = world.submitted()
    world.pass_until("peer_review", file)
    notice = listed(world, "employer_notice", file)
    rule_end = day(now()) + timedelta(days=9)
    by = world.hospital_handler
    publicity.publish(notice.pk, by=by, starts_on=day(now()), ends_on=rule_end, place="公告栏")
    objector = publicity.Objector("赵实名", "0998-2560000")
    publicity.object_to(notice.pk, file.pk, objector=objector, category="other", facts="成果有争议")
    for act in ("open_file", "print", "open_timeline"):
        leave(act, file, by=world.kashgar_handler, at=now().replace(hour=15))  # 23:00 here

    counted = {title: one.count for title, one in found(world).items()}

    assert counted == {
        "收到的异议": 1,
        "名额调剂": 1,
        "导出上报材料包": 1,
        "近7日夜间（22时至6时）查阅、打印或导出": 2,
    }
    page = text(at(supervisor, "cycle", PACK, desk=DESK))
    assert "异议 1 件" in page
    assert "赵实名" not in page
    assert "成果有争议" not in page


def test_who_voted_without_declaring_is_counted_after_the_count_alone(supervisor, world):
    sitting = committee(world, experts=3, candidates=1)
    panel.declare(sitting.panel.pk, by=world.fresh(sitting.experts[0]), relations={})
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a", "a", "a"])
    head = "没有申报回避就投票的人次（已开票的轮次）"

    assert head not in found(world)
    Envelope.objects.filter(ballot=opened.ballot).update(sealed=b"")
    opened.ballot.closed_at, opened.ballot.locked_key = now(), ""
    opened.ballot.closed_by = world.secretary
    opened.ballot.save()
    assert found(world)[head].count == 2


def test_an_internal_deadline_beyond_the_calendar_is_not_set(supervisor, world):
    moment = on(2050, 5, 1)
    Cycle.objects.update(closes_at=moment)

    overview = overview_of(Cycle.objects.get(), by=world.supervisor, now=now())

    assert {stage.due_at for stage in overview.stages} == {None}
