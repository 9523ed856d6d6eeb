"""Publicity: its period, its objections, its end."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juxian.actions import publicity
from juxian.records.models import Objection
from juxian.selectors.public_notice import key_of
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, listed, many, on, says, text, took_up
from tests.house.world import PDF
from tests.papers.samples import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def opened(world, file):
    made = listed(world, "employer_notice", file)
    set_clock(on(2020, 4, 27))
    return made


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def publish(client, opened, **otherwise):
    data = {"starts_on": "2020-04-27", "ends_on": "2020-05-06", "place": "院内公告栏"}
    return client.post(f"/office/publicity/{opened.pk}/", data | otherwise)


def objection(file, **otherwise):
    return {
        "application": file.pk,
        "way": "letter",
        "category": "untrue",
        "facts": "排名与证书不一致",
        "name": "李某",
        "phone": "13900001234",
        "employer": "",
    } | otherwise


@pytest.mark.clause("R45")
def test_the_end_is_offered_five_working_days_on_over_the_holidays(clerk, opened):
    page = clerk.get(f"/office/publicity/{opened.pk}/")

    assert page.context["form"].initial == {
        "starts_on": date(2020, 4, 27),
        "ends_on": date(2020, 5, 6),
    }


@pytest.mark.clause("R45")
def test_another_start_gets_its_own_end_while_it_is_typed(clerk, opened):
    piece = text(clerk.get(f"/office/publicity/{opened.pk}/period/", {"starts_on": "2020-04-29"}))

    assert 'value="2020-05-08"' in piece


@pytest.mark.clause("R45")
def test_a_published_notice_shows_its_days_and_where_the_public_reads_it(clerk, opened):
    publish(clerk, opened)

    page = text(clerk.get(f"/office/publicity/{opened.pk}/"))

    assert "公示中，受理异议" in page
    assert "剩 5 个工作日" in page
    assert f"/notices/{opened.pk}/{key_of(opened)}/" in page


@pytest.mark.clause("R45")
def test_a_notice_that_has_not_begun_says_so_and_leads_nowhere_yet(clerk, opened):
    publish(clerk, opened, starts_on="2020-04-28", ends_on="2020-05-07")

    page = text(clerk.get(f"/office/publicity/{opened.pk}/"))

    assert "公示尚未开始" in page
    assert f"/notices/{opened.pk}/" not in page


@pytest.mark.clause("R45")
def test_a_concluded_notice_still_shows_from_when_to_when_it_ran(clerk, opened):
    publish(clerk, opened)
    set_clock(on(2020, 5, 7))
    clerk.post(f"/office/publicity/{opened.pk}/conclude/")

    page = text(clerk.get(f"/office/publicity/{opened.pk}/"))

    assert "2020年4月27日 至 2020年5月6日" in page


def test_the_notices_lead_to_the_oldest_objection_and_else_to_the_list(clerk, opened, file):
    publish(clerk, opened)
    before = text(clerk.get("/office/publicity/"))
    clerk.post(f"/office/publicity/{opened.pk}/objections/", objection(file))
    after = text(clerk.get("/office/publicity/"))

    assert "去办名单：单位内部公示" in before
    assert f"核查最早的一件：{file.name}" in after


@pytest.mark.clause("R45")
def test_a_period_too_short_is_refused_with_the_day_it_needs(clerk, opened):
    answer = publish(clerk, opened, ends_on="2020-05-01")
    opened.refresh_from_db()

    assert (answer.status_code, opened.starts_on) == (422, None)
    assert "应公示至2020年5月6日" in text(answer)
    assert "院内公告栏" in text(answer)


def test_a_year_without_a_calendar_is_refused_in_words(clerk, opened):
    answer = publish(clerk, opened, starts_on="2031-04-27", ends_on="2031-05-30")

    assert answer.status_code == 422
    assert "2031年的节假日安排尚未载入" in text(answer)


def test_a_start_that_is_over_is_refused(clerk, opened):
    answer = publish(clerk, opened, starts_on="2020-04-20", ends_on="2020-05-06")

    assert answer.status_code == 422
    assert "公示开始日期不能早于今天" in text(answer)


@pytest.mark.clause("R45")
def test_nothing_is_concluded_before_the_last_day_is_over(clerk, opened, file):
    publish(clerk, opened)
    set_clock(on(2020, 5, 6, 23))

    answer = clerk.post(f"/office/publicity/{opened.pk}/conclude/")
    file.refresh_from_db()

    assert says(answer)[-1] == "公示到5月6日结束，结束以后才能办结"
    assert file.step == "employer_notice"


@pytest.mark.clause("R45")
def test_without_objection_everybody_goes_on(clerk, opened, file):
    publish(clerk, opened)
    set_clock(on(2020, 5, 7))

    clerk.post(f"/office/publicity/{opened.pk}/conclude/")
    file.refresh_from_db()

    assert file.step == "discipline"


@pytest.mark.clause("R45")
def test_an_open_objection_keeps_its_own_person_alone(clerk, world, file):
    world.pass_until("employer_notice", file)
    (other,) = many(file, 1)
    opened = took_up(world, file, other)
    set_clock(on(2020, 4, 27))
    publish(clerk, opened)
    clerk.post(f"/office/publicity/{opened.pk}/objections/", objection(other))
    set_clock(on(2020, 5, 7))

    clerk.post(f"/office/publicity/{opened.pk}/conclude/")
    file.refresh_from_db()
    other.refresh_from_db()

    assert (file.step, other.step) == ("discipline", "employer_notice")


def test_an_objection_by_letter_is_entered_and_sealed(clerk, opened, file):
    publish(clerk, opened)

    answer = clerk.post(f"/office/publicity/{opened.pk}/objections/", objection(file))
    entered = Objection.objects.get()

    assert says(answer)[-1] == f"异议已登记，回执号 {entered.receipt}。"
    assert "李某" not in entered.sealed_objector


def test_a_nameless_objection_is_refused(clerk, opened, file):
    publish(clerk, opened)

    answer = clerk.post(f"/office/publicity/{opened.pk}/objections/", objection(file, name=""))

    assert answer.status_code == 422
    assert not Objection.objects.exists()


@pytest.fixture
def objected(clerk, opened, file):
    publish(clerk, opened)
    clerk.post(f"/office/publicity/{opened.pk}/objections/", objection(file))
    return Objection.objects.get()


def test_an_objection_waits_on_the_overview(clerk, objected):
    page = text(clerk.get("/office/publicity/"))

    assert "1 件异议等待核查" in page
    assert objected.receipt in page


def test_the_handling_office_reads_who_objected_and_no_other_does(client, clerk, world, objected):
    page = text(clerk.get(f"/office/objections/{objected.pk}/"))
    client.force_login(world.hotan_handler)

    assert ("李某" in page, "13900001234" in page) == (True, True)
    assert client.get(f"/office/objections/{objected.pk}/").status_code == 404


def test_a_founded_objection_ends_the_persons_way(clerk, opened, file, objected):
    conclusion = {
        "refusal": "taken_up",
        "remedy": "cancel",
        "finding": "true",
        "conclusion": "经查排名不实，取消推荐",
    }
    clerk.post(f"/office/objections/{objected.pk}/", conclusion)
    set_clock(on(2020, 5, 7))

    clerk.post(f"/office/publicity/{opened.pk}/conclude/")
    file.refresh_from_db()

    assert (file.step, file.standing) == ("employer_notice", "rejected")


@pytest.mark.clause("R45")
def test_the_last_start_is_told_with_what_a_day_later_would_come_to(clerk, opened):
    page = text(clerk.get(f"/office/publicity/{opened.pk}/"))
    set_clock(on(2020, 4, 30))
    late = text(clerk.get(f"/office/publicity/{opened.pk}/period/", {"starts_on": "2020-04-30"}))

    assert (
        "最早2020年4月27日，最迟2020年4月27日开始；4月28日开始则5月7日期满，晚于报送截止（5月6日）。"
        in page
    )
    assert "现在开始也来不及：4月30日开始则5月9日期满，晚于报送截止（5月6日）。" in late


@pytest.mark.clause("R45")
def test_everything_about_an_objection_is_kept_and_evidence_stays_off_the_notices_proof(
    clerk, opened, objected
):
    page = f"/office/objections/{objected.pk}/"
    scan = SimpleUploadedFile("信.pdf", PDF, "application/pdf")
    clerk.post(f"{page}scans/", {"title": "来信", "scan": scan})
    clerk.post(
        page,
        {
            "refusal": "taken_up",
            "inquiry": "调阅证书原件",
            "statement": "排名无误",
            "finding": "untrue",
            "remedy": "keep",
            "conclusion": "经查不属实",
            "answered_on": "2020-04-27",
        },
    )
    shown = text(clerk.get(page))
    listed_scans = text(clerk.get(f"/office/publicity/{opened.pk}/"))

    for said in (
        "来信 · 公示期内",
        "调阅证书原件",
        "排名无误",
        "不属实",
        "维持，继续参加推荐",
        "2020年4月27日",
    ):
        assert said in shown
    assert ("来信</a>" in shown, "来信</a>" in listed_scans) == (True, False)


@pytest.mark.clause("R45")
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"finding": ""}, "finding", "请选择核查结果"),
        ({"finding": "unexamined"}, "finding", "请选择核查结果"),
        (
            {"refusal": "no_lead", "finding": "unexamined", "remedy": "cancel"},
            "remedy",
            "不予受理、不属实和无法查证的异议，只能维持推荐",
        ),
        ({"remedy": "cancel"}, "remedy", "不予受理、不属实和无法查证的异议，只能维持推荐"),
        ({"answered_on": "2020-04-20"}, "answered_on", "答复日期须在收到异议以后、今天以前"),
    ],
)
def test_what_does_not_go_together_is_told_beside_the_field(
    clerk, objected, changes, field, sentence
):
    said = {
        "refusal": "taken_up",
        "remedy": "keep",
        "finding": "untrue",
        "conclusion": "经查不属实",
    } | changes
    answer = clerk.post(f"/office/objections/{objected.pk}/", said)

    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]


@pytest.mark.clause("R45")
def test_who_is_to_be_published_anew_stays_and_may_be_listed_again(
    clerk, world, opened, file, objected
):
    said = {
        "refusal": "taken_up",
        "remedy": "republish",
        "finding": "partly",
        "conclusion": "更正排名后重新公示",
    }
    clerk.post(f"/office/objections/{objected.pk}/", said)
    set_clock(on(2020, 5, 7))

    report = text_of(at(clerk, "document_pdf", "notice_report", opened.pk).content)
    clerk.post(f"/office/publicity/{opened.pk}/conclude/")
    file.refresh_from_db()
    again = took_up(world, file)

    assert f"{file.name}暂缓推荐，更正或者查清以后另行公示" in report
    assert (file.step, file.standing, again.starts_on) == ("employer_notice", "open", None)


@pytest.mark.clause("R53")
def test_nobody_of_the_unit_concerned_looks_into_an_objection_at_the_office_above(
    client, world, file
):
    world.pass_until("public_notice", file)
    opened = took_up(world, file)
    today = file.held_since.date()
    ends = {"starts_on": today, "ends_on": date(2020, 7, 30), "place": "网站"}
    publicity.publish(opened.pk, by=opened.opened_by, **ends)
    objector = publicity.Objector("李某", "13900001234")
    made = publicity.object_to(
        opened.pk, file.pk, objector=objector, category="other", facts="请核实"
    )
    secretary = opened.opened_by
    secretary.employer = world.hospital
    secretary.save()
    client.force_login(secretary)
    page = f"/office/objections/{made.pk}/"

    shown = text(client.get(page))
    tried = client.post(
        page,
        {"refusal": "taken_up", "remedy": "keep", "finding": "untrue", "conclusion": "查无实据"},
    )
    made.refresh_from_db()
    refused = "您是被反映人本人或者其所在单位的人员，请由其他人核查这件异议"

    assert (refused in shown, "办结异议</button>" in shown) == (True, False)
    assert (tried.status_code, made.closed_at) == (422, None)


def test_a_conclusion_needs_its_words(clerk, objected):
    answer = clerk.post(
        f"/office/objections/{objected.pk}/",
        {"refusal": "taken_up", "remedy": "keep", "conclusion": ""},
    )
    objected.refresh_from_db()

    assert (answer.status_code, objected.closed_at) == (422, None)
    assert "请写明核查结论" in text(answer)


def test_a_closed_objection_is_not_closed_again(clerk, objected):
    conclusion = {
        "refusal": "taken_up",
        "remedy": "keep",
        "finding": "untrue",
        "conclusion": "经查不属实",
    }
    clerk.post(f"/office/objections/{objected.pk}/", conclusion)

    again = clerk.post(
        f"/office/objections/{objected.pk}/", {**conclusion, "remedy": "cancel", "finding": "true"}
    )
    objected.refresh_from_db()

    assert (again.status_code, objected.upheld) == (422, False)
    assert "这件异议已办结" in text(again)


@pytest.mark.parametrize("page", ["", "period/", "objections/"])
def test_a_stranger_office_finds_no_notice(client, world, opened, page):
    client.force_login(world.hotan_handler)

    assert client.get(f"/office/publicity/{opened.pk}/{page}").status_code == 404
