"""The pages of reports (总结材料): at the office that owes one, for those who receive it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordFile
from python_calamine import CalamineWorkbook

from juxian.records.models import Report
from juxian.regulation.words import Holder, OfficeKind
from tests.house import reports
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, on, says, send, text
from tests.house.reports import CODE, TOO_LATE, hand_in
from tests.house.world import PDF, kept_of
from tests.papers.samples import text_of

pytestmark = pytest.mark.django_db
PARTS = ["取得的成效和经验", "配套支持措施", "存在的问题", "意见建议"]


@pytest.fixture
def where(world):
    return world.cycle.pk, world.kashgar.pk, CODE


def signed_in(client, person):
    client.force_login(person)
    return client


def written(texts=("成效", "措施", "问题", "建议")):
    return {f"part_{place}": text for place, text in enumerate(texts)}


def sent(client, where, *names, texts=("成效", "措施", "问题", "建议"), **data):
    files = [SimpleUploadedFile(name, PDF) for name in names]
    address = "/office/reports/{}/{}/{}/".format(*where)
    return client.post(address, {"version": 0, **written(texts), "documents": files, **data})


def rows(page):
    return [(one.office.code, str(one.says)) for one in page.context["rows"]]


@pytest.mark.clause("R70", "R71")
def test_the_office_reads_what_is_asked_until_when_and_hands_it_in(client, world, where):
    here = signed_in(client, world.kashgar_handler)
    page = at(here, "reports")
    for said in ("1 份总结材料还没有报送或补充", "2020年3月25日 周三 24:00", "未交", *PARTS):
        assert said in text(page)
    assert 'href="/office/reports/"' in text(at(here, "inbox"))

    answer = sent(here, where, "总结.pdf", "附件.pdf")

    assert (answer.status_code, answer.url) == (302, "/office/reports/")
    assert says(answer) == ["总结材料已报送。"]
    page = at(here, "reports")
    assert [str(one.says) for one in page.context["owed"]] == ["按时"]
    kept = Report.objects.get().files.get(position=2)
    assert "附件.pdf" in text(page)
    answer = at(here, "report_file", kept.pk)
    assert answer.content == kept_of(PDF)
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/pdf"


def test_what_is_missing_is_said_where_it_is_asked_and_the_rest_is_kept(client, world, where):
    here = signed_in(client, world.kashgar_handler)

    page = sent(here, where, texts=("成效", "", "问题", "建议"))

    assert (page.status_code, "请写这一部分" in text(page)) == (422, True)
    assert "问题</textarea>" in text(page)
    assert Report.objects.count() == 0


def test_what_is_typed_is_saved_by_itself_and_read_by_a_colleague(client, world, where):
    here = signed_in(client, world.kashgar_handler)

    saved = sent(here, where, texts=("写到一半",), go="auto")
    late = sent(here, where, texts=("别处",), go="auto")
    again = sent(here, where, texts=("又改",), go="stay", version=1)

    assert (saved.json()["state"], saved.json()["version"]) == ("saved", 1)
    assert (late.status_code, late.json()["state"]) == (409, "closed")
    assert says(again) == ["已保存，还没有报送。"]
    page = text(here.get(again.url))
    assert "又改</textarea>" in page
    assert 'name="version" value="2"' in page
    assert Report.objects.count() == 0


@pytest.mark.clause("R70", "R71")
def test_the_division_reads_reminds_gives_back_and_merges(client, world, where):
    made = hand_in(world)
    here = signed_in(client, world.technical_handler)
    received = "received_reports", world.cycle.code, CODE

    assert "配套支持措施：见数据。" in text(at(here, "report", made.pk))
    answer = send(here, "report", made.pk, words="第三部分须写明数据。")
    assert says(answer) == ["已退回单位补充，并已通知经办人员。"]
    assert ("kashgar", "待补充") in rows(at(here, *received))
    page = at(here, "remind_reports", world.cycle.code, CODE)
    assert "贵单位报送的“政府特殊津贴制度实施情况总结”已退回补充" in text(page)
    answer = send(here, "remind_reports", world.cycle.code, CODE, office=[world.hotan.pk])
    assert says(answer) == ["已催办 1 个单位。"]
    assert "今天已催办" in text(at(here, *received))

    key = f"{world.cycle.pk}-{CODE}"
    pdf = text_of(send(here, "make_file", "merged_report", key).content)
    word = WordFile(BytesIO(send(here, "make_file", "merged_report_word", key).content))
    table = CalamineWorkbook.from_filelike(
        BytesIO(send(here, "make_file", "reports", key).content)
    ).get_sheet_by_index(0)
    assert "（一）喀什地区人力资源和社会保障局（示例）取得的成效和经验：见数据。" in pdf
    lines = [one.text for one in word.paragraphs]
    assert lines[lines.index("目　录") + 2] == "一、总体情况\t2"
    assert "配套支持措施：见数据。" in lines
    returned = next(row for row in table.to_python() if row[1] == "待补充")
    assert returned[0] == world.kashgar.name
    assert returned[-1] == "第三部分须写明数据。"
    assert at(here, "write_document", "report_letter", key).status_code == 200
    assert text_of(at(here, "document_pdf", "report_letter", key).content).startswith("自治区")


@pytest.mark.parametrize("who", ["hotan_handler", "hospital_handler", "stranger"])
def test_nobody_else_reads_reminds_or_merges(client, world, who):
    made = hand_in(world)
    here = signed_in(client, getattr(world, who))
    key = f"{world.cycle.pk}-{CODE}"

    assert at(here, "report", made.pk).status_code == 404
    assert at(here, "remind_reports", world.cycle.code, CODE).status_code == 404
    for code in ("merged_report", "merged_report_word", "reports"):
        assert send(here, "make_file", code, key).status_code == 404
    assert at(here, "document_pdf", "report_letter", key).status_code == 404


def test_the_page_leads_to_the_report_and_names_its_cycle(client, world, where):
    here = signed_in(client, world.kashgar_handler)
    address = "/office/reports/{}/{}/{}/".format(*where)

    page, form = text(at(here, "reports")), text(here.get(address))
    read_only = text(at(signed_in(client, world.kashgar_discipline), "reports"))

    assert f'btn-primary" href="{address}"' in page
    assert (world.cycle.title in page, world.cycle.title in form) == (True, True)
    assert address not in read_only


@pytest.mark.clause("R71")
def test_a_late_report_is_taken_in_and_marked_for_both_sides(client, world, where):
    set_clock(TOO_LATE)
    here = signed_in(client, world.kashgar_handler)
    assert "逾期仍可报送，会标明逾期" in text(at(here, "reports"))
    assert sent(here, where, "总结.pdf").status_code == 302
    assert "逾期" in text(at(here, "reports"))

    signed_in(client, world.technical_handler)
    page = at(client, "received_reports", world.cycle.code, CODE)
    assert rows(page) == [("enterprise", "未交"), ("hotan", "未交"), ("kashgar", "逾期")]


@pytest.mark.clause("R70", "R71")
@pytest.mark.parametrize("reader", ["technical_handler", "secretary"])
def test_the_division_and_the_secretary_see_who_was_in_time_late_or_has_not_come(
    client, world, reader
):
    hand_in(world)
    set_clock(TOO_LATE)
    hand_in(world, by=world.kashgar_handler)
    hand_in(world, reports.WORD, by=world.hotan_handler, office=world.hotan, title="总结.docx")
    here = signed_in(client, getattr(world, reader))

    page = at(here, "received_reports", world.cycle.code, CODE)

    assert rows(page) == [("enterprise", "未交"), ("hotan", "逾期"), ("kashgar", "按时")]
    assert [(str(said), count) for _code, said, count in page.context["tabs"]] == [
        ("未交", 1),
        ("待补充", 0),
        ("逾期", 1),
        ("按时", 1),
    ]
    assert "第 2 次，截止后重新报送" in text(page)
    assert "各推荐单位：3 个中有 1 个还没有报送或补充总结材料" in text(page)
    assert rows(at(here, "received_reports", world.cycle.code, CODE, only="late")) == [
        ("hotan", "逾期")
    ]
    whatever = at(here, "received_reports", world.cycle.code, CODE, only="whatever")
    assert len(rows(whatever)) == 3
    kept = Report.objects.get(office=world.hotan).files.get()
    answer = at(here, "report_file", kept.pk)
    assert (answer.content, answer["Content-Type"]) == (reports.WORD, kept.file.media_type)
    assert answer["Content-Disposition"].endswith("-%E6%80%BB%E7%BB%93.docx")


def test_when_all_have_come_the_list_says_so(client, world):
    for key in ("kashgar", "hotan", "enterprise"):
        hand_in(world, by=getattr(world, f"{key}_handler"), office=world.offices[key])
    here = signed_in(client, world.technical_handler)

    page = text(at(here, "received_reports", world.cycle.code, CODE))
    assert ("各推荐单位的总结材料已收齐" in page, "现在轮到" in page) == (True, False)
    missing = text(at(here, "received_reports", world.cycle.code, CODE, only="missing"))
    assert "没有这种情况的单位。" in missing


def test_the_list_is_reached_from_the_divisions_menu_and_the_secretarys_cycle(client, world):
    received = f"/office/reports/received/{world.cycle.code}/{CODE}/"

    here = signed_in(client, world.technical_handler)
    assert 'href="/office/reports/"' in text(at(here, "inbox"))
    assert received in text(at(here, "reports"))
    signed_in(client, world.secretary)
    assert received in text(at(client, "cycle", world.cycle.code, desk="secretariat"))


@pytest.mark.parametrize("login", ["hospital_handler", "vocational_handler"])
def test_an_office_that_owes_and_receives_none_has_no_menu_for_it(client, world, login):
    here = signed_in(client, getattr(world, login))

    assert "总结材料" not in text(at(here, "inbox"))
    assert "没有要求本单位报送的总结材料" in text(at(here, "reports"))
    assert at(here, "received_reports", world.cycle.code, CODE).status_code == 404


def test_nobody_else_hands_in_or_reads_a_report(client, world, where):
    kept = hand_in(world).files.get()

    for login in ("hotan_handler", "hospital_handler", "vocational_handler", "stranger"):
        here = signed_in(client, getattr(world, login))
        assert at(here, "report_file", kept.pk).status_code == 404
        assert at(here, "hand_in", *where).status_code == 404
        assert sent(here, where, "总结.pdf").status_code == 404
    assert Report.objects.count() == 1


def test_another_role_of_the_office_reads_and_does_not_hand_in(client, world, where):
    kept = hand_in(world).files.get()
    here = signed_in(client, world.kashgar_discipline)

    page = at(here, "reports")
    assert ("总结.pdf" in text(page), "重新报送</a>" in text(page)) == (True, False)
    assert at(here, "report_file", kept.pk).status_code == 200
    assert at(here, "hand_in", *where).status_code == 404


def test_the_supervisor_reads_in_the_log_who_handed_in(supervisor, world):
    hand_in(world)

    page = text(at(supervisor, "traces", world.cycle.code, desk="supervision", act="hand_in"))
    for said in ("报送总结材料", "总结材料：喀什地区人力资源和社会保障局（示例）", "喀什经办"):
        assert said in page


def test_an_office_added_later_owes_its_report_too(client, world):
    set_clock(on(2020, 3, 20))
    world.add_office(
        "aksu",
        "阿克苏（示例）",
        kind=OfficeKind.HR_OFFICE,
        region="652900",
        holder=Holder.PREFECTURE,
    )
    here = signed_in(client, world.secretary)

    page = at(here, "received_reports", world.cycle.code, CODE)
    assert ("aksu", "未交") in rows(page)
