"""Returning: sentences by reason, a preview of what will be read, how often, and the clock."""

from datetime import timedelta

import pytest

from juxian.actions import verification
from juxian.actions.copying import copy_to_offices
from juxian.actions.signing import Draft, put_forward
from juxian.actions.verification import CorrectionRequest
from juxian.records.clock import now, today
from juxian.records.models import Correction, FileCopy, Handling, Section
from juxian.regulation.refusal import NotPossible
from juxian.regulation.words import Act, Standing
from juxian.selectors.casefile import casefile_of
from juxian.selectors.office_clock import clock_of
from tests.house.access.matrix_world import matrix_world, submitted
from tests.house.actions.refusing import refused
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, on, says, text

pytestmark = pytest.mark.django_db
CHECK = 'code = "employer_check"\nkind = "verify"\n'
ASKED_OF_APPLICANTS = "请按以下事项逐项修改或说明后重新提交。"
ABOVE = 'code = "nominator_check"\nkind = "verify"\n'


@pytest.fixture
def posts(db, settings, tmp_path):
    limited = CHECK + "returns_most = 1\nprocessing_days = 5\n"
    return matrix_world(settings, tmp_path, changes=((CHECK, limited),))


@pytest.fixture
def file(posts):
    return submitted(posts)


@pytest.fixture
def clerk(client, posts):
    client.force_login(posts.hospital_handler)
    return client


def returning(client, file, button=None, **otherwise):
    data = {
        "item": ["title.titles", "basic.mobile"],
        "reason:title.titles": "mismatch",
        "words:title.titles": "取得年月与证书不一致",
        "reason:basic.mobile": "incomplete",
        "words:basic.mobile": "",
        "opinion": "请逐项修改后重新提交",
        "due_on": (today() + timedelta(days=7)).isoformat(),
    } | otherwise
    if button:
        data[button] = "1"
    return client.post(f"/office/files/{file.number}/send-back/", data)


def test_the_reasons_are_the_packs_own(clerk, file):
    page = text(at(clerk, "send_back", file.number, item="basic.mobile"))

    assert '<option value="mismatch">与证明材料不一致</option>' in page
    assert '<li data-code="incomplete">“{place}”填写不完整，请补充完整。</li>' in page


def test_the_preview_is_what_the_applicant_will_read_and_sends_nothing(client, clerk, file):
    shown = text(returning(clerk, file, "preview"))
    before = Correction.objects.exists()
    sent = returning(clerk, file, **{"words:basic.mobile": "“手机”填写不完整，请补充完整。"})
    client.force_login(file.applicant)
    read = text(at(client, "returned", file.number, desk="applicant"))

    assert (before, sent.status_code) == (False, 302)
    for said in (
        "请逐项修改后重新提交",
        "<strong>与证明材料不一致</strong>",
        "取得年月与证书不一致",
        "“手机”填写不完整，请补充完整。",
    ):
        assert (said in shown, said in read) == (True, True)
    assert "还没有退回。核对无误后再发送。" in shown
    assert 'name="words:basic.mobile" value="“手机”填写不完整，请补充完整。"' in shown


def test_from_the_preview_one_goes_back_with_everything_typed(clerk, file):
    page = text(returning(clerk, file, "choose"))

    assert "取得年月与证书不一致</textarea>" in page
    assert "“手机”填写不完整，请补充完整。</textarea>" in page
    assert '<option value="incomplete" selected>' in page


def test_a_preview_of_what_cannot_be_sent_says_what_is_wrong(clerk, file):
    answer = returning(
        clerk, file, "preview", due_on=today().isoformat(), **{"reason:basic.mobile": ""}
    )

    assert answer.status_code == 422
    assert "请选择原因" in text(answer)


def mend(posts, file):
    row = Section.objects.get(application=file, code="basic")
    row.values["mobile"] = "13999990000"
    row.save()
    Correction.objects.get(answered_at=None).items.update(reply="已改")
    posts.submit(file)


def test_beyond_what_the_pack_allows_nothing_is_returned_and_it_says_what_to_do(clerk, posts, file):
    first = text(at(clerk, "file", file.number))
    posts.send_back(file, {"basic.mobile": "手机"}, by=posts.hospital_handler)
    mend(posts, file)
    second = text(at(clerk, "file", file.number))
    item = CorrectionRequest("basic.mobile", "手机", "other", "再改")
    draft = Draft(Act.SEND_BACK, "再改", items=[item], due_on=today() + timedelta(days=3))

    assert "最多退回 1 次，还可退回 1 次" in first
    assert "最多退回 1 次，已经用完，请审核通过或不予通过" in second
    assert "退回修改（" not in second
    refused(
        NotPossible,
        "^本环节最多退回1次，已经用完；请审核通过或不予通过",
        lambda: put_forward(file.pk, draft, by=posts.hospital_handler),
        file,
    )


def test_the_clock_of_the_office_stops_while_the_applicant_mends(clerk, posts, file):
    handler = posts.hospital_handler
    set_clock(on(2020, 3, 18))  # submitted on Monday the 16th
    before = clock_of(casefile_of(file, reader=handler), now())
    posts.send_back(file, {"basic.mobile": "手机"}, by=handler, days=9)
    set_clock(on(2020, 3, 25))
    stopped = clock_of(casefile_of(file, reader=handler), now())
    page = text(at(clerk, "file", file.number))
    mend(posts, file)
    set_clock(on(2020, 3, 26))
    again = clock_of(casefile_of(file, reader=handler), now())
    set_clock(on(2020, 3, 31))
    over = clock_of(casefile_of(file, reader=handler), now())

    assert [(c.used, c.left, c.is_stopped) for c in (before, stopped, again)] == [
        (2, 3, False),
        (2, 3, True),
        (3, 2, False),
    ]
    assert over.over == 1
    assert "办理时限 5 个工作日，已用 2 个，还剩 3 个" in page
    assert "现在由申报人修改，停止计时" in page
    assert Handling.objects.filter(act="send_back").count() == 1


def test_a_return_that_was_not_answered_in_time_shows_on_both_desks(client, clerk, posts, file):
    posts.send_back(file, {"basic.mobile": "手机"}, by=posts.hospital_handler, days=2)
    set_clock(on(2020, 3, 23))

    office = text(at(clerk, "inbox", tab="returned"))
    client.force_login(file.applicant)
    applicant = text(at(client, "returned", file.number, desk="applicant"))

    assert "已过" in office
    assert "已过" in applicant


@pytest.fixture
def above(world):
    """A file that the nominating office verifies after the employer has."""
    file = world.submitted()
    world.pass_until("nominator_check", file)
    return file


@pytest.fixture
def prefecture(client, world):
    client.force_login(world.kashgar_handler)
    return client


@pytest.mark.clause("R63")
def test_an_officer_chooses_between_the_applicant_and_the_level_below(prefecture, above):
    page = text(at(prefecture, "send_back", above.number, item="basic.mobile"))
    unsaid = returning(prefecture, above, "preview")

    assert "退回申报人本人" in page
    assert "退回下一级：“所在单位审核”" in page
    assert "请选择退回给谁" in text(unsaid)


@pytest.mark.clause("R63")
def test_what_is_sent_one_level_down_is_read_there_and_passed_straight_up_again(
    client, prefecture, world, above
):
    said = {"to": "send_down", "words:basic.mobile": "“手机”填写不完整，请补充完整。"}
    shown = text(returning(prefecture, above, "preview", **said))
    answer = returning(prefecture, above, **said)
    told = says(prefecture.get(answer.url))
    client.force_login(world.hospital_handler)
    read = text(at(client, "file", above.number))
    world.pass_step(above)

    assert "“所在单位审核”将读到以下内容" in shown
    assert "退回下一级，共 2 处" in shown
    assert "退回时同时发给申报人" not in shown
    assert "已退回下一级。" in told
    assert "取得年月与证书不一致" in read
    assert (above.step, above.turn) == ("nominator_check", 1)
    assert not Correction.objects.exists()


def test_at_the_lowest_level_there_is_nobody_to_choose(clerk, file):
    page = text(at(clerk, "send_back", file.number, item="basic.mobile"))

    assert "退回给谁" not in page
    assert "将退回给申报人本人" in page
    assert returning(clerk, file, "preview", to="send_down").status_code == 200
    returning(clerk, file, to="send_down", **{"words:basic.mobile": "请补充"})
    file.refresh_from_db()
    assert file.standing == Standing.RETURNED


def test_when_the_returns_are_used_up_the_level_below_is_still_open(client, db, settings, tmp_path):
    limited = (ABOVE, f"{ABOVE}returns_most = 1\n")
    posts = matrix_world(settings, tmp_path, changes=(limited,))
    file = submitted(posts)
    posts.pass_until("nominator_check", file)
    posts.send_back(file, {"basic.mobile": "手机"})
    mend(posts, file)
    client.force_login(posts.kashgar_handler)

    page = text(at(client, "send_back", file.number, item="basic.mobile"))

    assert "将退回下一级" in page
    assert "退回给谁" not in page


def test_who_is_asked_below_sees_what_for_and_where_it_goes_when_passed(
    client, prefecture, world, above
):
    said = {"to": "send_down", "words:basic.mobile": "请补充。", "opinion": ASKED_OF_APPLICANTS}
    returning(prefecture, above, **said)
    client.force_login(world.hospital_handler)

    page = text(at(client, "file", above.number))
    listed = text(at(client, "inbox"))
    endorsing = text(at(client, "endorse", above.number))

    assert "所在单位审核，“推荐单位审核”退回核实" in page
    assert "“推荐单位审核”退回核实的事项" in page
    assert "请核实以下事项后重新上报。" in page
    assert "2. 职称（表格）：取得年月与证书不一致" in page
    assert "上级退回" in listed
    assert "审核通过，送“推荐单位审核”" in endorsing


def test_what_was_done_before_a_return_is_not_shown_as_still_to_do(world, above):
    posted = [rung.state for rung in casefile_of(above, reader=world.kashgar_handler).rungs]
    item = CorrectionRequest("basic.mobile", "手机", "incomplete", "请补充")
    due_on = today() + timedelta(days=3)
    verification.send_down(
        above.pk, by=world.kashgar_handler, opinion="请核实", items=[item], due_on=due_on
    )
    above.refresh_from_db()
    rungs = casefile_of(above, reader=world.hospital_handler).rungs

    assert posted[0] == "past"
    assert [(rung.title, rung.state) for rung in rungs] == [
        ("个人自愿申报", "past"),
        ("所在单位审核", "now"),
        ("同行专家评议", "past"),
        ("单位内部公示", "past"),
        ("推荐单位", "ahead"),
        ("自治区", "ahead"),
    ]


def sent_down(file, who):
    """By whoever holds it, as the act that was recorded."""
    item = CorrectionRequest("basic.mobile", "手机", "incomplete", "请补充")
    due_on = today() + timedelta(days=3)
    done = verification.send_down(file.pk, by=who, opinion="请核实", items=[item], due_on=due_on)
    file.refresh_from_db()
    return done


def test_on_its_way_up_each_level_reads_what_it_was_asked_itself(world):
    file = world.submitted()
    world.pass_until("formal_check", file)
    sent_down(file, world.technical_handler)
    sent_down(file, world.kashgar_handler)
    lowest = casefile_of(file, reader=world.hospital_handler).sent_down
    world.pass_step(file)
    between = casefile_of(file, reader=world.kashgar_handler).sent_down
    world.pass_step(file)

    assert (lowest.step.code, between.step.code) == ("nominator_check", "formal_check")
    assert casefile_of(file, reader=world.technical_handler).sent_down is None


def test_the_office_that_must_verify_again_is_not_sent_a_copy_besides(world):
    file = world.submitted()
    world.pass_until("formal_check", file)

    copy_to_offices(sent_down(file, world.technical_handler).pk)

    assert [copy.office for copy in FileCopy.objects.all()] == [file.employer]
