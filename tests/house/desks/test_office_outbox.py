"""The outbox and the inbox: what an officer sees before anything leaves, where messages lead."""

import re

import pytest
from django.urls import reverse

from juxian.actions import message
from juxian.records.models import Dispatch, Handling, Message, Reach, Robot, SendingRule, Trace
from juxian.records.sealing import unseal
from juxian.regulation.messages import Carrier, Occasion, Pace, Release, State
from tests.house.desks.message_scenes import written
from tests.house.desks.office_world import at, many, says, send, text

pytestmark = pytest.mark.django_db

GROUP = (Occasion.RETURNED, Carrier.SMS)


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


@pytest.fixture
def waiting(world):
    """A message about a returned file, waiting at the hospital."""
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    message.tell_of(Handling.objects.get(application=file, act="send_back").pk)
    return Dispatch.objects.get(carrier=Carrier.SMS)


def returning(client, file, **data):
    asked = {"item": "summary.deeds", "reason:summary.deeds": "unclear"}
    asked |= {"words:summary.deeds": "请补充。", "due_on": "2020-03-20", "opinion": "请改。"}
    return client.post(reverse("office:send_back", args=[file.number]), asked | data)


def states():
    return set(Dispatch.objects.values_list("state", flat=True))


def test_the_preview_of_a_return_shows_the_message_and_sends_it_only_with_the_switch(world, clerk):
    files = [world.submitted(), world.professional_draft(1)]
    world.submit(files[1])

    preview = text(returning(clerk, files[0], preview="1"))
    returning(clerk, files[0], tell="1")
    assert "退回时同时发给申报人" in preview
    assert f"【举贤】{files[0].name}您好：您的申报{files[0].number}已由" in preview
    assert "请于2020年3月20日（含当天）前" in preview
    assert states() == {State.RELEASED}

    returning(clerk, files[1])
    message.tell_of(Handling.objects.get(application=files[1], act="send_back").pk)
    assert states() == {State.RELEASED, State.WAITING}


@pytest.mark.parametrize(
    ("release", "switch", "state"),
    [
        (Release.LOOK, {"tell": "1"}, State.WAITING),
        (Release.AT_ONCE, {}, State.WAITING),
        (Release.AT_ONCE, {"tell": "1"}, State.RELEASED),
    ],
)
def test_a_reminder_goes_by_rule_and_only_with_the_switch(
    world, clerk, waiting, release, switch, state
):
    rule = {"words": "{姓名}：请在{期限}前改好。", "changed_at": waiting.made_at}
    SendingRule.objects.create(
        office=world.hospital,
        occasion=Occasion.REMINDED,
        carrier=Carrier.SMS,
        release=release,
        changed_by=world.hospital_handler,
        **rule,
    )
    ticked = {"application": [waiting.application_id]}

    preview = text(clerk.post(reverse("office:batch", args=["remind"]), ticked))
    clerk.post(reverse("office:perform", args=["remind"]), ticked | switch)

    assert rule["words"] in preview
    assert ("催办时同时发给申报人" in preview) == (release is Release.AT_ONCE)
    sent = Dispatch.objects.get(occasion=Occasion.REMINDED, carrier=Carrier.SMS)
    assert (sent.state, sent.values["期限"]) == (state, "2020年3月19日")


def test_the_preview_shows_nothing_that_its_reader_does_not_want(world, clerk):
    file = world.submitted()
    Reach.objects.create(person=file.applicant, pace=Pace.NEVER)

    preview = text(returning(clerk, file, preview="1"))

    assert "短信和邮件" not in preview


def test_the_outbox_leads_to_what_waits_and_lets_it_go(world, clerk, waiting):
    group = [world.hospital.pk, *GROUP]
    assert "审看最早的一组：退回修改" in text(at(clerk, "outbox"))
    page = text(at(clerk, "outgoing", *group))
    assert "199****0101" in page
    assert "19900000101" not in page

    refused = clerk.post(
        reverse("office:outgoing", args=group),
        {"words": "{身份证}"},
    )
    assert refused.status_code == 422
    assert "没有{身份证}这样的占位" in text(refused)

    answer = send(clerk, "pass_on", message=[waiting.pk], release="1")
    assert says(answer) == ["已放行 1 条，由后台发送；22点到次日8点不发。"]
    assert "待发" in text(clerk.get(reverse("office:outbox") + "?tab=going"))
    assert at(clerk, "outgoing", *group).status_code == 302

    again = send(clerk, "pass_on", message=[waiting.pk], release="1")
    assert says(again)[-1] == "这些消息已由别人办理或已经发出，请刷新页面"


def test_a_group_of_several_pages_is_rewritten_and_let_go_as_one(world, clerk, waiting):
    many(waiting.application, 40)
    written(world.hospital, waiting.application, 41, State.WAITING)
    group = reverse("office:outgoing", args=[world.hospital.pk, *GROUP])
    Dispatch.objects.filter(pk=waiting.pk).update(state=State.HELD)

    assert "放行全部 42 条中没有暂缓的" in text(clerk.get(group))
    clerk.post(group, {"words": "{姓名}：请改好。"})
    clerk.post(group, {"release": "1"})

    in_group = Dispatch.objects.filter(carrier=Carrier.SMS)
    assert set(in_group.values_list("words", flat=True)) == {"{姓名}：请改好。"}
    assert list(in_group.exclude(state=State.RELEASED)) == [waiting]


def test_a_discipline_body_has_no_outbox(world, client):
    client.force_login(world.kashgar_discipline)

    assert at(client, "outbox").status_code == 404
    assert "发件箱" not in text(at(client, "inbox"))


def test_the_bell_counts_what_is_unread_and_each_message_leads_to_its_place(world, client, waiting):
    file = waiting.application
    client.force_login(file.applicant)
    told = Message.objects.get(person=file.applicant)
    page = text(client.get(reverse("common:inbox")))
    assert re.search(r'class="bell"[^>]*>消息 <span class="num">1</span>', page)
    assert "1 条未读" in page

    opened = client.post(reverse("common:open_message", args=[told.pk]))

    assert opened["Location"] == reverse("applicant:returned", args=[file.number])
    assert 'class="num">1</span>' not in text(client.get(reverse("common:inbox")))
    client.force_login(world.hospital_handler)
    assert client.post(reverse("common:open_message", args=[told.pk])).status_code == 404


def test_all_messages_are_marked_as_read_at_once_but_only_ones_own(world, client, waiting):
    stranger = Message.objects.create(
        person=world.welder, text="别人的消息", sent_at=waiting.made_at
    )
    client.force_login(waiting.person)

    client.post(reverse("common:read_all"))

    unread = Message.objects.filter(read_at__isnull=True)
    assert list(unread) == [stranger]


def test_an_office_sets_how_and_in_which_words_a_return_is_told_of(world, clerk, waiting):
    sets = reverse("office:sending_rule", args=GROUP)
    said = text(clerk.get(sets))
    assert f"【举贤】{waiting.application.name}您好" in said

    refused = clerk.post(sets, {"release": "at_once", "words": "{姓名}，{理由}"})
    assert refused.status_code == 422
    assert "没有{理由}这样的占位" in text(refused)
    assert clerk.post(sets, {"release": "off", "words": "{姓名}，请改好。"}).status_code == 302

    rule = SendingRule.objects.get()
    assert (rule.office, rule.release, rule.words) == (world.hospital, "off", "{姓名}，请改好。")
    assert "{姓名}，请改好。" in text(at(clerk, "sending_rules"))


def test_what_tells_of_a_result_is_never_released_by_rule(world, clerk):
    sets = reverse("office:sending_rule", args=[Occasion.ENDED, Carrier.SMS])

    refused = clerk.post(sets, {"release": "at_once", "words": "{姓名}，请查看。"})

    assert refused.status_code == 422
    assert list(SendingRule.objects.all()) == []


def test_an_office_has_no_rules_for_what_others_send(world, clerk):
    told_by_others = [Occasion.RESULT, Occasion.DEADLINE, Occasion.ACCEPTED, Occasion.INVITED]

    for occasion in told_by_others:
        sets = reverse("office:sending_rule", args=[occasion, Carrier.SMS])
        assert clerk.get(sets).status_code == 404


def test_a_robots_address_is_checked_sealed_and_never_shown_again(world, clerk):
    url = "https://oapi.dingtalk.com/robot/send?access_token=0123456789"
    for wrong in ("https://oapi.dingtalk.com.evil.example/x", "http://oapi.dingtalk.com/x"):
        refused = send(clerk, "robot", kind="dingtalk", url=wrong, secret="")
        assert "以 https://oapi.dingtalk.com/ 开头" in text(refused)

    send(clerk, "robot", kind="dingtalk", url=url, secret="SEC1")

    robot = Robot.objects.get(office=world.hospital)
    assert (unseal(robot.sealed_url), unseal(robot.sealed_secret)) == (url, "SEC1")
    assert "0123456789" not in text(at(clerk, "robot")) + text(at(clerk, "sending_rules"))
    send(clerk, "robot", disconnect="1")
    assert list(Robot.objects.all()) == []


def test_a_person_chooses_how_and_where_to_be_written_to(world, client):
    client.force_login(world.hospital_handler)
    said = {"pace": "daily", "phone": "199 0000 0009", "email": "clerk@example.cn"}
    refused = client.post(reverse("common:reach"), said | {"phone": "12", "pace": "hourly"})
    assert refused.status_code == 422

    client.post(reverse("common:reach"), said | {"phone": ""})
    assert world.hospital_handler.phone == ""
    client.post(reverse("common:reach"), said)

    clerk = world.hospital_handler
    assert (clerk.phone, clerk.reach.pace, clerk.reach.email) == (
        "19900000009",
        "daily",
        "clerk@example.cn",
    )
    assert 'value="clerk@example.cn"' in text(client.get(reverse("common:reach")))
    trace = Trace.objects.filter(act="set_reach").latest("pk")
    assert (trace.by, trace.detail) == (clerk, {"pace": "daily"})
