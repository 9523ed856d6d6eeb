"""What the clock tells of: to the right people, at the right hour, once."""

from datetime import datetime, timedelta

from juxian.actions.reminding import remind_all
from juxian.records.clock import now
from juxian.records.models import Dispatch, Message, Reach, Robot
from juxian.records.sealing import seal
from juxian.regulation.messages import Occasion, Pace, RobotKind
from juxian.selectors.application import filing_due
from juxian.selectors.outbox import text_of
from tests.house.actions.unchanged import everything
from tests.house.clock import set_clock
from tests.house.desks.office_world import many
from tests.house.world import FILING

DAY = timedelta(days=1)
NINE = {"hour": 9, "minute": 5}


def told(occasion):
    """Who was told in the inbox, and what, in the order of telling."""
    lines = Message.objects.filter(occasion=occasion).select_related("person").order_by("pk")
    return [(line.person, line.text) for line in lines]


def sent(occasion):
    rows = Dispatch.objects.filter(occasion=occasion).order_by("pk")
    return [(one.carrier, one.state, text_of(one)) for one in rows]


def test_drafts_are_reminded_three_days_and_one_day_before_the_end_but_never_at_night(world):
    draft, filed = world.professional_draft(), world.skilled_draft()
    world.submit(filed)
    end = filing_due(draft, now())
    texts = []
    for before in (4 * DAY, 3 * DAY, 2 * DAY, DAY, timedelta(hours=1)):
        set_clock((end - before).astimezone(FILING.tzinfo).replace(hour=8))
        remind_all()
        assert told(Occasion.DEADLINE) == texts
        set_clock((end - before).astimezone(FILING.tzinfo).replace(**NINE))
        remind_all()
        remind_all()
        texts = told(Occasion.DEADLINE)

    assert [person for person, _text in texts] == [draft.applicant, draft.applicant]
    assert {text.partition("，")[0] for _person, text in texts} == {
        f"您的申报{draft.number}还没有提交"
    }
    assert {state for _carrier, state, _text in sent(Occasion.DEADLINE)} == {"waiting"}


def test_a_return_is_reminded_of_the_day_before_and_once_it_is_too_late(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"}, days=3)
    for day in range(17, 22):
        set_clock(FILING.replace(day=day))
        remind_all()
        remind_all()

    assert told(Occasion.REMINDED) == [
        (file.applicant, f"您的申报{file.number}还没有改好，2020年3月19日是补正的最后一天。")
    ]
    assert told(Occasion.LAPSED) == [
        (
            file.applicant,
            f"您的申报{file.number}已过补正期限（2020年3月19日），没有重新提交；请联系退回单位。",
        )
    ]


def test_who_is_in_charge_is_told_once_a_day_of_what_came_and_of_what_is_late(world):
    Robot.objects.create(
        office=world.hospital,
        kind=RobotKind.WECOM,
        sealed_url=seal("https://qyapi.weixin.qq.com/x"),
        set_by=world.hospital_handler,
        set_at=now(),
    )
    file = world.submitted()
    many(file, 2)
    set_clock(FILING + timedelta(hours=1))
    remind_all()
    remind_all()

    clerk = world.hospital_handler
    assert told(Occasion.NEW_FILES) == [(clerk, "新到申报3份，请办理。")]
    assert sent(Occasion.NEW_FILES) == [  # the clerk gave no number
        ("robot", "released", f"{world.hospital}：新到申报3份，请登录系统办理。")
    ]
    assert told(Occasion.OVERDUE) == []

    file.refresh_from_db()
    set_clock(file.due_at.astimezone(FILING.tzinfo).replace(**NINE) + DAY)
    remind_all()
    set_clock(now() + DAY)
    remind_all()
    remind_all()
    assert told(Occasion.OVERDUE) == [(clerk, "有3份申报已过本环节时限，请尽快办理。")] * 2


def test_a_publicity_is_told_of_on_its_first_day(world):
    from juxian.actions import proceeding, publicity
    from juxian.records.packs import calendar, pack_of
    from juxian.regulation.public_notice import period_end

    file = world.submitted()
    world.pass_until("employer_notice", file)
    clerk = world.hospital_handler
    listed = proceeding.open_proceeding("employer_notice", [file.pk], by=clerk)
    starts = now().astimezone(FILING.tzinfo).date() + DAY
    ends = period_end(
        starts, pack_of(world.cycle).procedure.step("employer_notice").publicity, calendar()
    )
    publicity.publish(listed.pk, by=clerk, starts_on=starts, ends_on=ends, place="公告栏")

    remind_all()
    assert told(Occasion.PUBLICISED) == []
    set_clock(datetime.combine(starts, FILING.timetz()))
    remind_all()

    ((person, text),) = told(Occasion.PUBLICISED)
    assert person == file.applicant
    assert text.startswith(f"您的申报{file.number}已列入{world.hospital}的公示，公示到2020年")


def test_who_wants_one_message_a_day_gets_it_in_the_evening(world):
    file = world.submitted()
    Reach.objects.create(person=file.applicant, pace=Pace.DAILY)
    for text in ("一", "二"):
        Message.objects.create(person=file.applicant, application=file, text=text, sent_at=now())
    remind_all()
    assert sent(Occasion.DAILY) == []

    set_clock(FILING.replace(hour=18, minute=5))
    remind_all()
    before = everything()
    remind_all()

    assert everything()["records.Dispatch"] == before["records.Dispatch"]
    assert {text for _carrier, _state, text in sent(Occasion.DAILY)} == {
        f"【举贤】{file.applicant.name}您好：您今天有2条新消息，请登录系统查看。",
        f"{file.applicant.name}您好：您今天有2条新消息，请登录系统查看。",
    }


def test_members_are_told_that_they_sit_on_a_panel_and_the_rest_waits(world):
    file = world.submitted()
    world.pass_until("public_notice", file)

    invited = told(Occasion.INVITED)
    assert len(invited) == 7
    assert {text for _person, text in invited} == {
        "您已被聘为评审委员会委员，请先阅读承诺、申报回避。"
    }
    assert {state for _carrier, state, _text in sent(Occasion.INVITED)} == {"waiting"}
