"""Acts on one file: passing it, returning it, refusing it, settling a question."""

from datetime import date, timedelta

import pytest

from juxian.records.clock import today
from juxian.records.models import Certification, Correction, Handling, Recipient
from juxian.selectors.certification import open_questions, to_certify
from juxian.selectors.points import points_for
from tests.house.desks.office_world import at, says, text
from tests.rules.sample_answers import skilled_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def post(client, name, number, *args, **data):
    return client.post(f"/office/files/{number}/{name}/", data)


def certified(file, **otherwise):
    points = {f"point:{one.code}": "yes" for one in points_for(file)}
    return points | {condition.code: "yes" for condition in to_certify(file)} | otherwise


def stands(file):
    file.refresh_from_db()
    return file.step, file.standing


@pytest.mark.clause("R43", "R7", "R13")
def test_the_employer_certifies_every_statement_and_passes_the_file(clerk, file):
    asked = len(to_certify(file))

    answer = post(clerk, "endorse", file.number, opinion="同意推荐", **certified(file))

    assert (answer.status_code, stands(file)) == (302, ("peer_review", "open"))
    assert Certification.objects.filter(application=file, holds=True).count() == asked
    assert says(answer) == [f"{file.name}的申报已审核通过，进入“同行专家评议”环节。"]


def test_an_unanswered_statement_keeps_the_file_and_what_was_typed(clerk, file):
    answers = certified(file)
    left_out = to_certify(file)[0].code
    answers.pop(left_out)

    answer = post(clerk, "endorse", file.number, opinion="同意推荐", **answers)

    assert (answer.status_code, stands(file)) == (422, ("employer_check", "open"))
    assert "请核实并选择" in text(answer)
    assert "同意推荐" in text(answer)


def test_a_statement_that_does_not_hold_stops_the_file(clerk, file):
    code = to_certify(file)[0].code

    answer = post(clerk, "endorse", file.number, **certified(file, **{code: "no"}))

    assert (answer.status_code, stands(file)) == (422, ("employer_check", "open"))
    assert "有核实为不符合的事项，不能通过" in text(answer)
    assert not Certification.objects.exists()


@pytest.mark.clause("R58")
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [("", "请核实并选择"), ("no", "核实为不符合的，本单位不能通过")],
)
def test_the_employer_passes_no_file_on_that_it_has_not_declared_free_of_secrets(
    clerk, file, answer, sentence
):
    page = post(clerk, "endorse", file.number, **certified(file, unclassified=answer))

    assert (page.status_code, stands(file)) == (422, ("employer_check", "open"))
    box = text(page).partition('id="id_unclassified"')[2].partition("</fieldset>")[0]
    assert "填写内容和证明材料不含涉密内容" in box
    assert "通知五" in box
    assert sentence in box
    assert not Certification.objects.exists()


@pytest.mark.clause("R58")
def test_the_levels_above_read_who_declared_a_file_free_of_secrets_and_when(
    client, world, clerk, file
):
    post(clerk, "endorse", file.number, **certified(file))
    kept = Certification.objects.get(application=file, condition="unclassified")
    world.pass_until("nominator_check", file)
    client.force_login(world.kashgar_handler)

    page = text(at(client, "file", file.number))

    assert (kept.holds, kept.by, kept.office) == (True, world.hospital_handler, file.employer)
    line = page.partition("填写内容和证明材料不含涉密内容")[2].partition("</li>")[0]
    assert f"{file.employer.name} {world.hospital_handler.name}：属实（" in line
    barred = page.partition("担任副省（部）级及以上领导职务")[2].partition("</li>")[0]
    assert f"{file.employer.name} {world.hospital_handler.name}：没有此情形（" in barred


def test_above_the_employer_only_an_opinion_is_asked(client, world, file):
    world.pass_until("nominator_check", file)
    client.force_login(world.kashgar_handler)

    page = text(at(client, "endorse", file.number))
    points = {f"point:{one.code}": "yes" for one in points_for(file)}
    post(client, "endorse", file.number, opinion="材料齐全", **points)

    assert ("逐项核实" in page, stands(file)) == (False, ("nominator_panel", "open"))


def test_a_question_left_open_names_itself_and_keeps_the_file(client, world):
    drafted = world.professional_draft()
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2016)
    world.submit(drafted)
    type(drafted).objects.filter(pk=drafted.pk).update(step="nominator_check", holder=world.kashgar)
    drafted.stops.filter(office=world.kashgar).update(reached_at=drafted.submitted_at)
    client.force_login(world.kashgar_handler)

    drafted.refresh_from_db()
    answer = post(client, "endorse", drafted.number, **certified(drafted))

    assert (answer.status_code, stands(drafted)[0]) == (422, "nominator_check")
    assert "还有1项须由人认定，请先作出认定" in text(answer)


def test_a_question_is_settled_with_a_reason(clerk, world):
    drafted = world.professional_draft()
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2016)
    world.submit(drafted)
    page = text(at(clerk, "file", drafted.number))
    (question,) = open_questions(drafted)

    warned = text(clerk.get(f"/office/files/{drafted.number}/settle/{question.code}/"))
    answer = clerk.post(
        f"/office/files/{drafted.number}/settle/{question.code}/",
        {"holds": "yes", "reason": "身份证号码不同，非同一人"},
    )

    assert "作出认定" in page
    assert "认定为不符合的，这份申报在这一轮不能再通过任何环节。" in warned
    assert answer.url == f"/office/files/{drafted.number}/"
    assert Certification.objects.get().reason == "身份证号码不同，非同一人"


@pytest.mark.clause("R7", "R11")
def test_whom_an_officer_settled_against_is_not_endorsed_and_the_page_says_why(clerk, world):
    drafted = world.professional_draft()
    Recipient.objects.create(name=drafted.name, birth_date=drafted.birth_date, year=2016)
    world.submit(drafted)
    (question,) = open_questions(drafted)
    said = {"holds": "no", "reason": "身份证号码相同"}
    clerk.post(f"/office/files/{drafted.number}/settle/{question.code}/", said)

    page = text(at(clerk, "file", drafted.number))
    answer = post(clerk, "endorse", drafted.number, **certified(drafted))

    assert "认定不符合" in page
    assert "这一轮不能再通过；请退回修改，或不予通过。" in page
    assert f'href="/office/files/{drafted.number}/endorse/"' not in page
    assert (answer.status_code, stands(drafted)[0]) == (422, "employer_check")
    assert "已认定不符合“已享受人员名册中没有本人”" in text(answer)


def test_a_settlement_without_a_reason_is_refused(clerk, file):
    answer = clerk.post(f"/office/files/{file.number}/settle/recipient/", {"holds": "yes"})

    assert answer.status_code == 422
    assert "请写明认定的理由" in text(answer)
    assert not Certification.objects.exists()


def test_a_condition_that_is_none_is_not_found(clerk, file):
    assert clerk.get(f"/office/files/{file.number}/settle/nothing/").status_code == 404


def returned(file, **otherwise):
    return {
        "item": ["title.titles", "evidence.title_certificate"],
        "reason:title.titles": "mismatch",
        "words:title.titles": "取得年月与证书不一致",
        "reason:evidence.title_certificate": "unclear",
        "words:evidence.title_certificate": "请换清晰件",
        "opinion": "请逐项修改后重新提交",
        "due_on": (today() + timedelta(days=7)).isoformat(),
    } | otherwise


@pytest.fixture
def material(file):
    return file.evidence.order_by("position").last().material


def test_a_return_asks_for_everything_at_once_by_a_day(clerk, file, material):
    data = {
        key.replace("title_certificate", material): value for key, value in returned(file).items()
    }
    data["item"] = ["title.titles", f"evidence.{material}"]

    answer = clerk.post(f"/office/files/{file.number}/send-back/", data)
    correction = Correction.objects.get()

    assert (answer.status_code, stands(file)) == (302, ("fill", "returned"))
    assert {item.path: item.reason_code for item in correction.items.all()} == {
        "title.titles": "mismatch",
        f"evidence.{material}": "unclear",
    }


def test_what_was_ticked_in_the_file_comes_along(clerk, file):
    page = text(at(clerk, "send_back", file.number, item=["title.titles", "basic.mobile"]))

    assert "预览退回内容，共 2 处" in page
    assert 'name="reason:basic.mobile"' in page


def test_more_is_chosen_on_the_page_without_losing_what_was_typed(clerk, file):
    data = {
        "item": ["title.titles", "basic.mobile"],
        "words:title.titles": "取得年月不一致",
        "choose": "1",
    }

    answer = clerk.post(f"/office/files/{file.number}/send-back/", data)

    assert (answer.status_code, stands(file)) == (200, ("employer_check", "open"))
    assert "取得年月不一致" in text(answer)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("reason:title.titles", "请选择原因"),
        ("words:title.titles", "请说明问题"),
    ],
)
def test_a_return_without_a_reason_is_refused_and_changes_nothing(clerk, file, left_out, said):
    data = returned(file, item=["title.titles"])
    data.pop(left_out)

    answer = clerk.post(f"/office/files/{file.number}/send-back/", data)

    assert (answer.status_code, stands(file)) == (422, ("employer_check", "open"))
    assert said in text(answer)
    assert not Correction.objects.exists()


def test_a_return_of_nothing_is_refused(clerk, file):
    answer = clerk.post(f"/office/files/{file.number}/send-back/", returned(file, item=[]))

    assert (answer.status_code, stands(file)) == (422, ("employer_check", "open"))
    assert "请选择要退回修改的内容，并一次说明全部问题" in text(answer)


def test_a_day_that_is_over_is_refused(clerk, file):
    data = returned(file, item=["title.titles"], due_on=date(2020, 3, 16).isoformat())

    answer = clerk.post(f"/office/files/{file.number}/send-back/", data)

    assert (answer.status_code, stands(file)) == (422, ("employer_check", "open"))
    assert "补正期限须在今天之后" in text(answer)


def test_a_place_that_the_form_does_not_have_cannot_be_returned(clerk, file):
    answer = clerk.post(f"/office/files/{file.number}/send-back/", returned(file, item=["x.y"]))

    assert answer.status_code == 422
    assert not Correction.objects.exists()


def test_a_refusal_needs_a_reason(clerk, file):
    answer = post(clerk, "reject", file.number, opinion=" ")

    assert (answer.status_code, stands(file)) == (422, ("employer_check", "open"))
    assert "请填写理由" in text(answer)


def test_a_refusal_ends_the_file(clerk, file):
    post(clerk, "reject", file.number, opinion="不在专业技术岗位")

    assert stands(file) == ("employer_check", "rejected")
    assert Handling.objects.last().opinion == "不在专业技术岗位"


@pytest.mark.parametrize("name", ["endorse", "send-back", "reject", "settle/recipient"])
def test_a_stranger_office_finds_none_of_the_pages(client, world, file, name):
    client.force_login(world.hotan_handler)

    assert client.get(f"/office/files/{file.number}/{name}/").status_code == 404
    assert client.post(f"/office/files/{file.number}/{name}/").status_code == 404


def test_an_act_at_the_wrong_step_gets_its_sentence_and_changes_nothing(clerk, world, file):
    world.pass_until("peer_review", file)

    answer = post(clerk, "reject", file.number, opinion="不同意")

    assert (answer.status_code, stands(file)) == (422, ("peer_review", "open"))
    assert "这份申报现在处于“同行专家评议”环节，不能办理这一步" in text(answer)


def test_a_file_that_moved_on_is_not_passed_by_its_former_holder(clerk, world, file):
    world.pass_until("nominator_check", file)

    answer = post(clerk, "endorse", file.number, opinion="同意")

    assert (answer.status_code, stands(file)) == (422, ("nominator_check", "open"))
    assert "现在由喀什地区人力资源和社会保障局（示例）办理" in text(answer)
    discipline = world.kashgar_discipline
    assert f"{world.kashgar.name} {discipline.name}已于2020-03-" in text(answer)
    assert "请核对并选择" not in text(answer)


@pytest.mark.clause("R23c")
def test_the_employer_says_whether_it_puts_an_exception_forward(client, world):
    answers = skilled_sample()
    answers["skill"] |= {"level": "2", "exception": "攻克高压厚壁管道焊接难题。"}
    file = world.draft(world.welder, world.enterprise, "skilled", answers)
    world.submit(file)
    client.force_login(world.enterprise_handler)

    page = text(at(client, "endorse", file.number))
    refused = post(client, "endorse", file.number, **certified(file, skill_level="no"))
    answer = post(client, "endorse", file.number, **certified(file))

    assert "本单位是否同意破格推荐？" in page
    assert (refused.status_code, answer.status_code) == (422, 302)
    assert "同意破格推荐" in text(at(client, "file", file.number))


@pytest.mark.clause("R23c")
def test_whoever_needs_no_exception_is_not_asked_about_for_one(client, world):
    file = world.skilled_draft()
    world.submit(file)

    assert "skill_level" not in certified(file)
