"""Messages that leave the system: what is made, what lets it go, and who may."""

from datetime import timedelta

import pytest

from juxian.actions import dispatch, message, verification
from juxian.actions.dispatch import Occurrence
from juxian.actions.selection import ResultRow, record_results
from juxian.actions.sending_rule import set_rule
from juxian.records.clock import now
from juxian.records.models import Dispatch, Handling, Message, Reach, SendingRule, Trace
from juxian.regulation.messages import Carrier, Occasion, Pace, Release, State
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Act, Role
from juxian.selectors.outbox import groups_of, letters_of, text_of
from tests.house.actions.piles import rewrite
from tests.house.actions.unchanged import refuses
from tests.house.clock import set_clock
from tests.house.world import FILING

GONE = "这些消息已由别人办理或已经发出，请刷新页面"


@pytest.fixture
def returned(world):
    """A file that the hospital sent back to be mended by 19 March, with nobody told yet."""
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    return file


def returning(file):
    return Handling.objects.get(application=file, act=Act.SEND_BACK)


def by_sms():
    return Dispatch.objects.filter(carrier=Carrier.SMS)


def test_a_return_waits_in_the_outbox_where_its_page_did_not_say_that_it_goes(world, returned):
    message.tell_of(returning(returned).pk)
    message.tell_of(returning(returned).pk)

    made = by_sms().get()
    assert (made.state, made.office, made.person) == (
        State.WAITING,
        world.hospital,
        returned.applicant,
    )
    assert text_of(made) == (
        f"【举贤】{returned.name}您好：您的申报{returned.number}已由{world.hospital}退回修改，"
        "请于2020年3月19日（含当天）前登录系统改好并重新提交。"
    )
    assert Message.objects.get(handling=returning(returned)).occasion == Occasion.RETURNED


def test_a_return_whose_page_said_so_goes_by_rule_and_is_not_made_again_later(world, returned):
    message.tell_of(returning(returned).pk, may_go=True)
    message.tell_of(returning(returned).pk)

    assert by_sms().get().state == State.RELEASED


def test_nobody_is_asked_to_mend_what_has_come_back(world, returned):
    message.tell_of(returning(returned).pk)
    waiting = by_sms().get().state
    rewrite(returned)
    world.submit(returned)
    for handling in returned.handlings.order_by("pk"):
        message.tell_of(handling.pk)

    made = by_sms().get(occasion=Occasion.RETURNED)
    assert (waiting, made.state) == (State.WAITING, State.CANCELLED)
    assert made.reason == "申报已不在退回修改中，不再发送"
    assert Trace.objects.get(act="cancel_messages").subject_id == str(returned.pk)


def test_a_return_that_is_told_of_too_late_asks_for_nothing(world, returned):
    rewrite(returned)
    world.submit(returned)

    message.tell_of(returning(returned).pk)

    assert not by_sms().exists()


def test_what_no_worker_told_of_in_time_is_for_the_inbox_alone(world, returned):
    set_clock(FILING + timedelta(days=4))

    message.tell_of(returning(returned).pk)

    assert list(Dispatch.objects.all()) == []
    assert Message.objects.get().handling == returning(returned)


def test_nothing_about_a_discipline_bodys_letter_leaves_the_system(world):
    file = world.submitted()
    world.pass_until("nominator_check", file)

    for handling in Handling.objects.all():
        message.tell_of(handling.pk, may_go=True)

    assert list(Dispatch.objects.all()) == []


def test_taking_up_nominating_and_ending_are_told_of_without_a_reason(world):
    file, other = world.submitted(), world.professional_draft(1)
    world.submit(other)
    verification.reject(other.pk, by=world.hospital_handler, opinion="有人反映其学术不端。")
    message.tell_of(other.handlings.get(act=Act.REJECT).pk)
    world.pass_until("subject_group", file)
    for handling in Handling.objects.order_by("pk"):
        message.tell_of(handling.pk)

    told = [(one.occasion, text_of(one).partition("：")[2]) for one in by_sms().order_by("pk")]
    assert told == [
        ("ended", f"您的申报{other.number}已有办理结果，请登录系统查看。"),
        ("nominated", f"您的申报{file.number}已由{world.kashgar}推荐上报。"),
        ("accepted", f"您的申报{file.number}已由{file.stops.get(level='province').office}受理。"),
    ]


def test_both_results_are_told_of_in_the_same_words(world):
    files = [world.submitted(number=number) for number in (1, 2)]
    world.pass_until("ministry_result", *files)
    rows = [
        ResultRow(file.number, file.name, approved, document_number="人社部函〔2020〕88号")
        for file, approved in zip(files, (True, False), strict=True)
    ]
    record_results(world.cycle.pk, rows, by=world.secretary)
    acts = [file.handlings.latest("pk") for file in files]
    for handling in acts:
        message.tell_of(handling.pk, may_go=True)

    told = by_sms().filter(occasion=Occasion.RESULT).order_by("pk")
    assert [handling.act for handling in acts] == [Act.APPROVE, Act.DECLINE]
    assert {(one.state, one.words) for one in told} == {
        (State.WAITING, "{姓名}您好：您的申报{编号}已有审定结果，请登录系统查看。")
    }
    assert [one.application for one in told] == files


def test_rules_are_set_by_the_office_alone_and_for_what_there_is(world):
    said = {"release": "look", "words": "{姓名}"}
    sms = {"occasion": "returned", "carrier": "sms"}
    for stranger in (world.kashgar_handler, world.kashgar_discipline):
        by = {"by": stranger, "office_id": world.hospital.pk}
        refuses(NotAllowed, "只有本单位的办理人员可以设置", set_rule, **sms, **said, **by)
    mine = {"by": world.hospital_handler, "office_id": world.hospital.pk}
    for what in ({"occasion": "birthday", "carrier": "sms"}, sms | {"carrier": "robot"}):
        refuses(NotPossible, "没有这样的发送规则", set_rule, **what, **said, **mine)


def test_an_officer_rewrites_holds_and_releases_and_each_leaves_a_trace(world, returned):
    message.tell_of(returning(returned).pk)
    clerk, made = world.hospital_handler, by_sms().get()

    dispatch.rewrite([made.pk], by=clerk, words="{姓名}：请改好{编号}。")
    dispatch.hold([made.pk], by=clerk)
    group = next(one for one in groups_of(clerk) if one.first.dispatch.carrier == Carrier.SMS)
    dispatch.release([made.pk], by=clerk)

    assert (group.count, group.held) == (1, 1)
    made.refresh_from_db()
    assert (made.state, made.released_by, made.due_at) == (State.RELEASED, clerk, FILING)
    assert text_of(made) == f"【举贤】{returned.name}：请改好{returned.number}。"
    left = Trace.objects.filter(act__endswith="_messages").order_by("pk")
    assert [(one.act, one.detail) for one in left] == [
        (f"{act}_messages", {"messages": [made.pk]}) for act in ("rewrite", "hold", "release")
    ]


def test_words_are_checked_before_they_are_kept(world, returned):
    message.tell_of(returning(returned).pk)
    made = by_sms().get()

    def rewrite(words):
        said = {"ids": [made.pk], "by": world.hospital_handler, "words": words}
        faults = refuses(NotReady, "请改正内容后再保存", dispatch.rewrite, **said)
        return [sentence for _place, sentence in faults]

    assert rewrite("{姓名}的身份证号{证件}") == [
        "没有{证件}这样的占位；这里可以用{姓名}{编号}{批次}{单位}{环节}{期限}"
    ]
    assert rewrite("请联系13800000000") == ["不要写证件号码和手机号码；消息会经过外部通道"]
    assert rewrite("  ") == ["请填写内容"]


def test_only_the_office_that_writes_may_let_go_and_never_its_discipline_body(world, returned):
    message.tell_of(returning(returned).pk)
    ids = list(Dispatch.objects.values_list("pk", flat=True))
    world.add_officer("watcher", "纪检", "hospital", Role.DISCIPLINE)

    for stranger in (world.kashgar_handler, world.watcher, world.secretary):
        refuses(NotPossible, GONE, dispatch.release, ids=ids, by=stranger)
        assert groups_of(stranger) == []


def test_what_is_cancelled_or_gone_cannot_be_let_go(world, returned):
    message.tell_of(returning(returned).pk)
    clerk, made = world.hospital_handler, by_sms().get()
    dispatch.cancel([made.pk], by=clerk)

    for act in (dispatch.release, dispatch.hold, dispatch.cancel, dispatch.send_again):
        refuses(NotPossible, GONE, act, ids=[made.pk], by=clerk)
    assert by_sms().get().state == State.CANCELLED


def test_what_did_not_arrive_is_sent_again_by_whoever_decides_it(world, returned):
    message.tell_of(returning(returned).pk)
    moment = now()
    by_sms().update(state=State.FAILED, settled_at=moment, reason="网关拒收（400）", tries=3)

    dispatch.send_again([by_sms().get().pk], by=world.hospital_handler)

    again = by_sms().get()
    assert (again.state, again.tries, again.reason, again.settled_at) == (
        State.RELEASED,
        0,
        "",
        None,
    )
    refuses(NotReady, "请先勾选消息", dispatch.release, ids=[], by=world.hospital_handler)


def test_at_night_what_is_released_waits_for_the_morning(world, returned):
    message.tell_of(returning(returned).pk)
    set_clock(FILING.replace(hour=22, minute=30))

    dispatch.release([by_sms().get().pk], by=world.hospital_handler)

    assert by_sms().get().due_at == FILING.replace(day=17, hour=8)


def test_a_persons_own_choice_goes_before_the_offices_rule(world, returned):
    rule = {"changed_by": world.hospital_handler, "changed_at": now(), "words": "{姓名}"}
    SendingRule.objects.create(
        office=world.hospital,
        occasion=Occasion.RETURNED,
        carrier=Carrier.MAIL,
        release=Release.OFF,
        **rule,
    )
    Reach.objects.create(person=returned.applicant, pace=Pace.DAILY)

    message.tell_of(returning(returned).pk)
    assert list(Dispatch.objects.all()) == []

    whom = (world.hospital, returned.applicant, "day", {"数量": "2"}, returned)
    dispatch.prepare([Occurrence(Occasion.DAILY, *whom)], may_go=True)
    assert sorted(Dispatch.objects.values_list("carrier", "state")) == [
        ("mail", "released"),
        ("sms", "released"),
    ]


def test_the_number_is_the_one_of_the_form_and_is_shown_in_part(world, returned):
    message.tell_of(returning(returned).pk)

    letters = {one.dispatch.carrier: one for one in letters_of(list(Dispatch.objects.all()))}

    assert (letters["sms"].to, letters["sms"].parts) == ("199****0101", 2)
    assert letters["mail"].to == "ay***@example.cn"
