"""Several files at once: what would happen, what happened, and nothing skipped on the way."""

import pytest
from django.urls import reverse

from juxian.actions import batch as acting
from juxian.actions.verification import settle
from juxian.records.models import Application, Handling, Message, PointAnswer, Recipient, Trace
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Act
from juxian.selectors.batch import endorsing, files_of
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, many, on, says, text

pytestmark = pytest.mark.django_db

STEP = "nominator_check"


@pytest.fixture
def files(world):
    """Three files that wait at the prefecture, all opened."""
    first = world.submitted()
    world.pass_until(STEP, first)
    others = many(first, 2)
    Application.objects.update(opened_at=first.held_since)
    return [first, *others]


@pytest.fixture
def namesake(world, files):
    """A file at the prefecture about which the register of recipients leaves a question open."""
    drafted = world.professional_draft(number=1)
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2014)
    world.submit(drafted)
    world.pass_until(STEP, drafted)
    Application.objects.filter(pk=drafted.pk).update(opened_at=drafted.held_since)
    return drafted


@pytest.fixture
def officer(client, world):
    client.force_login(world.kashgar_handler)
    return client


def preview(client, kind, *files, **data):
    path = reverse("office:batch", args=[kind])
    return client.post(path, {"application": [file.pk for file in files], **data})


def perform(client, kind, *files, **data):
    path = reverse("office:perform", args=[kind])
    ticked = {"application": [file.pk for file in files], "points": "hold"}
    return client.post(path, ticked | data)


def steps(*files):
    return [Application.objects.get(pk=file.pk).step for file in files]


def test_a_preview_tells_each_fate_and_changes_nothing(officer, files):
    first, second, third = files
    Application.objects.filter(pk=second.pk).update(opened_at=None)
    Application.objects.filter(pk=third.pk).update(standing="withdrawn")

    page = preview(officer, "endorse", *files)

    able = [one.task.application.pk for one in page.context["able"]]
    unable = [(one.task.application.pk, one.alone) for one in page.context["unable"]]
    assert able == [first.pk]
    assert unable == [(second.pk, True), (third.pk, False)]
    assert "本单位还没有人打开看过" in text(page)
    assert "须逐份办理" in text(page)
    assert steps(*files) == [STEP] * 3


def test_what_may_be_passed_is_passed_and_the_rest_says_why_not(officer, world, files):
    first, second, third = files
    Application.objects.filter(pk=second.pk).update(opened_at=None)
    Application.objects.filter(pk=third.pk).update(holder=world.hotan)

    answer = perform(officer, "endorse", *files, opinion="同意", **{"in": "tab=waiting&late=1"})
    page = text(officer.get(answer.url))

    assert answer.url == "/office/batch/result/?in=tab%3Dwaiting%26late%3D1"
    assert steps(*files) == ["nominator_panel", STEP, STEP]
    handling = Handling.objects.get(step=STEP, application=first)
    assert (handling.act, handling.opinion) == (Act.ENDORSE, "同意")
    assert "已审核通过 1 份，未办 2 份" in page
    assert "本单位还没有人打开看过，请逐份办理" in page
    assert "不在您所在的单位" in page


def test_the_checklist_is_shown_once_and_answered_for_each(officer, files):
    first, second, _third = files
    shown = preview(officer, "endorse", first, second)
    unanswered = text(officer.get(perform(officer, "endorse", first, points="").url))
    perform(officer, "endorse", first, second)

    asked = [one.code for one in shown.context["points"]]
    assert asked == ["peers", "employer_notice_held", "eligible"]
    assert "请逐项核对审核要点，还有3项" in unanswered
    answered = PointAnswer.objects.filter(application__in=[first, second], holds=True)
    assert answered.count() == 2 * len(asked)
    assert steps(first, second) == ["nominator_panel"] * 2


def test_what_an_employer_certifies_is_never_passed_together(client, world):
    file = world.submitted()
    Application.objects.update(opened_at=file.held_since)
    client.force_login(world.hospital_handler)

    shown = preview(client, "endorse", file)
    answer = perform(client, "endorse", file)

    assert "本单位要逐项核实" in text(shown)
    assert shown.context["unable"][0].alone
    assert "请逐项核实并确认" in text(client.get(answer.url))
    assert steps(file) == ["employer_check"]


def test_an_open_question_is_never_passed_over(world, namesake, files):
    officer = world.kashgar_handler

    (chance,) = endorsing(officer, files_of(officer, [namesake.pk]))
    outcomes = acting.endorse_each([namesake.pk, files[0].pk], by=officer, all_hold=True)

    assert (chance.why, chance.alone) == ("还有1项须由人认定", True)
    assert outcomes == {namesake.pk: "还有1项须由人认定，请先作出认定", files[0].pk: ""}


def test_what_was_settled_against_is_told_apart(world, namesake):
    officer = world.kashgar_handler
    settle(namesake.pk, by=officer, condition="not_on_register", holds=False, reason="就是本人")

    (chance,) = endorsing(officer, files_of(officer, [namesake.pk]))

    assert chance.why.startswith("已认定不符合“")
    assert not chance.alone
    outcomes = acting.endorse_each([namesake.pk], by=officer, all_hold=True)
    assert outcomes[namesake.pk].startswith("有1项已认定为")


def test_a_preview_and_the_act_agree_on_every_file(world, namesake, files):
    """What the preview offers is done, and what it does not is refused."""
    first, second, third = files
    Application.objects.filter(pk=second.pk).update(opened_at=None)
    Application.objects.filter(pk=third.pk).update(holder=world.hotan)
    officer = world.kashgar_handler
    keys = [namesake.pk, first.pk, second.pk, third.pk]

    chances = endorsing(officer, files_of(officer, keys))
    outcomes = acting.endorse_each(keys, by=officer, all_hold=True)

    offered = {one.task.application.pk for one in chances if not one.why}
    assert offered == {pk for pk, why in outcomes.items() if not why} == {first.pk}


def test_the_whole_list_is_previewed_up_to_a_bound(officer, files, monkeypatch):
    monkeypatch.setattr("juxian.desks.office.views.batch.TOGETHER", 2)

    page = preview(officer, "endorse", all="1", **{"in": "tab=waiting&order=-number"})

    assert [one.task.application.pk for one in page.context["able"]] == [
        one.pk for one in files[1:]
    ]
    assert "一次最多 2 份" in text(page)


def test_more_than_a_hundred_at_once_are_refused(world):
    with pytest.raises(NotReady, match="一次最多100份"):
        acting.endorse_each(list(range(101)), by=world.kashgar_handler)


def test_nothing_ticked_is_said(officer, files):
    for answer in (preview(officer, "endorse"), perform(officer, "endorse")):
        assert says(answer)[-1] == "请先勾选要办理的申报"
        assert answer.url == "/office/?tab=waiting"


def test_another_office_and_a_stranger_can_do_nothing_with_them(client, world, files):
    client.force_login(world.hotan_handler)

    page = preview(client, "endorse", *files)
    outcomes = acting.endorse_each([one.pk for one in files], by=world.hotan_handler)

    assert (page.context["able"], page.context["unable"]) == ([], [])
    assert all(outcomes.values())
    assert steps(*files) == [STEP] * 3
    client.force_login(world.stranger)
    assert preview(client, "endorse", *files).status_code == 404
    assert perform(client, "endorse", *files).status_code == 404
    assert preview(client, "anything", *files).status_code == 404


def test_a_result_is_there_only_for_who_asked_for_it(officer, client, world, files):
    perform(officer, "endorse", files[0])
    client.logout()
    client.force_login(world.kashgar_handler)

    assert "没有刚办理的一批" in text(at(client, "batch_result"))


@pytest.fixture
def returned(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})
    return file


def test_an_applicant_is_reminded_once_a_day(client, world, returned):
    client.force_login(world.hospital_handler)

    perform(client, "remind", returned)
    perform(client, "remind", returned)
    page = text(at(client, "batch_result"))

    (message,) = Message.objects.filter(handling=None)
    assert message.person == returned.applicant
    assert message.text == (
        f"您的申报{returned.number}已退回修改，请在2020年3月19日（含当天）以前改好并重新提交。"
    )
    assert "已催办 0 份，未办 1 份" in page
    assert "今天已经催办过" in page
    assert Trace.objects.filter(act="remind").count() == 1

    set_clock(on(2020, 3, 17))
    assert "可以一起办的 1 份" in text(preview(client, "remind", returned))


def test_who_has_nothing_to_mend_is_not_reminded(client, world, files):
    outcomes = acting.remind_each([files[0].pk], by=world.hospital_handler)

    assert outcomes == {files[0].pk: "没有退回修改中的事项，不用催办"}
    assert not Message.objects.filter(handling=None).exists()


def test_nobody_reminds_the_applicants_of_other_offices(world, returned):
    (why,) = acting.remind_each([returned.pk], by=world.hotan_handler).values()

    assert "没有找到这份申报" in why


def test_a_summary_is_printed_as_the_list_is_seen(officer, files):
    path = reverse("office:summary")
    answer = officer.post(path, {"in": "tab=waiting&cols=turn", "application": [files[1].pk]})

    page = text(answer)
    assert (files[1].number in page, files[0].number in page) == (True, False)
    assert "轮次</th>" in page
    assert "合计 1 份" in page
    assert Trace.objects.get(act="print_list").detail == {"files": 1}
