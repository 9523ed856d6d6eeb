"""Papers printed from what is on file: loaded, built, and judged against the records again."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from juxian.actions import application, proceeding
from juxian.actions.evaluation import CandidateTally, ExpertEntry, Sitting, record
from juxian.papers.application_form import application_form, sheet_of
from juxian.papers.evaluation_summary import evaluation_summary
from juxian.papers.nomination_form import nomination_form
from juxian.papers.on_file import on_file
from juxian.papers.packing_list import packing_lists
from juxian.papers.proof import Verdict, judge, read_content
from juxian.papers.sheet import Opinion
from juxian.papers.summary_list import summary_list
from juxian.records.clock import day, now
from juxian.records.models import Application, Proceeding, Section
from juxian.regulation.refusal import NotReady
from juxian.regulation.tally import Papers
from juxian.regulation.words import Kind
from juxian.selectors.paper_lists import (
    evaluation_input,
    evaluation_numbered,
    nominated,
    nomination_input,
    packing_input,
    summary_input,
)
from juxian.selectors.papers import application_form_input
from tests.house.actions.ballot_world import committee
from tests.papers.samples import pages_of, text_of


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def nominee(world):
    """A file that its nominating unit has sent up."""
    sent = world.submitted()
    world.pass_until("formal_check", sent)
    return sent


def printed(file):
    return application_form(application_form_input(file, file.submissions.get(turn=file.turn)))


def boxes_of(file):
    sheet = sheet_of(application_form_input(file, file.submissions.get(turn=file.turn)))
    return {
        block.title: block
        for part in sheet.parts
        for block in part.blocks
        if isinstance(block, Opinion)
    }


def judged(pdf):
    return [(paper.turn, paper.verdict) for paper in judge(read_content(pdf), on_file)]


def mend(world, file):
    """The employer returns the file for one field; the applicant mends it and submits again."""
    world.send_back(file, {"post.department": "所在部门"})
    version = Section.objects.get(application=file, code="post").version
    changed = {"department": "心内一科"}
    application.save_section(file.pk, "post", changed, by=world.applicant, version=version)
    world.submit(file)


@pytest.mark.clause("R57", "R60", "R65")
def test_a_submitted_form_is_printed_in_the_calls_copies_and_equals_the_data(file):
    pdf = printed(file)

    (paper,) = judge(read_content(pdf), on_file)
    digest = file.submissions.get().digest
    assert (paper.number, paper.turn, paper.digest) == (file.number, 1, digest[:12])
    assert (paper.verdict, paper.is_complete, sorted(paper.found)) == (
        Verdict.EQUAL,
        True,
        [1, 2, 3],
    )
    assert "喀什地区人力资源和社会保障局（示例）" in pages_of(pdf)[0]


@pytest.mark.clause("R57")
def test_sealed_answers_are_whole_on_the_paper(file):
    stored = file.submissions.get().answers["basic"]

    paper = text_of(printed(file))

    assert stored["resident_id"].startswith("sealed:")
    assert "证件号码653100197105080029" in paper
    assert "手机19900000101" in paper
    assert "sealed:" not in paper


@pytest.mark.clause("R57")
def test_a_changed_answer_makes_the_older_print_superseded(world, file):
    older = printed(file)

    mend(world, file)

    assert judged(older) == [(1, Verdict.SUPERSEDED)]
    assert judged(printed(file)) == [(2, Verdict.EQUAL)]
    assert "心内一科" in text_of(printed(file))
    assert "心内一科" not in text_of(older)


@pytest.mark.clause("R65")
def test_before_submission_a_draft_is_printed_and_never_equals(world):
    file = world.professional_draft()

    pdf = application_form(application_form_input(file, None))

    assert judged(pdf) == [(0, Verdict.DRAFT)]
    assert "草稿" in pages_of(pdf)[0]
    assert "喀什地区人力资源和社会保障局（示例）" in pages_of(pdf)[0]
    assert "第1份共1份" in pages_of(pdf)[0]


def test_a_form_of_another_house_is_foreign(file):
    given = application_form_input(file, file.submissions.get())

    pdf = application_form(given)
    type(file).objects.filter(pk=file.pk).update(number="XJ2020-A-99999")

    assert judged(pdf) == [(1, Verdict.FOREIGN)]


@pytest.mark.clause("R43", "R44", "R45", "R48")
def test_opinions_fill_their_boxes_as_the_file_climbs(world, file):
    before = boxes_of(file)

    world.pass_until("formal_check", file)

    after = boxes_of(file)
    assert list(before) == list(after)
    assert {box.text for title, box in before.items() if title != "申报人签名"} == {()}
    assert after["所在单位审核"].text == ("同意",)
    assert "喀什地区第一人民医院（示例）　医院经办" in after["所在单位审核"].record
    assert after["同行专家评议"].text == (
        "应到7人，实到7人；同意7票，反对0票，弃权0票，评议通过。",
        "业绩突出",
    )
    assert after["单位内部公示"].text[0].endswith("在本单位公告栏公示，无异议。")
    assert after["推荐单位审定"].text[0].endswith("行署常务会议审定同意（喀署纪〔2020〕8号）。")
    assert after["按推荐指标上报"].text[0].endswith("排序第1名。")
    assert after["评审委员会表决"].text == ()


@pytest.mark.clause("R46")
def test_the_discipline_opinion_is_on_the_recommendation_form_alone(world, nominee):
    assert boxes_of(nominee)["纪检监察部门意见"].text == ()

    item = nominated(world.cycle, world.kashgar).get()
    paper = text_of(nomination_form(nomination_input(item)))

    assert "未收到反映，未发现影响推荐的问题。（喀纪函〔2020〕3号）" in paper


def test_a_reprint_of_an_earlier_turn_does_not_carry_what_was_said_of_the_present_one(world, file):
    mend(world, file)
    world.pass_until("peer_review", file)
    earlier, present = file.submissions.order_by("turn")

    sheets = [sheet_of(application_form_input(file, one)) for one in (earlier, present)]

    said = [
        [box.text for part in sheet.parts for box in part.blocks if isinstance(box, Opinion)][1]
        for sheet in sheets
    ]
    assert said == [(), ("同意",)]


def test_what_was_said_of_an_earlier_turn_does_not_fill_a_box_still_ahead(world, file):
    mend(world, file)

    assert boxes_of(file)["所在单位审核"].text == ()


@pytest.mark.clause("R67", "R77")
def test_the_recommendation_form_is_printed_from_the_nomination(world, nominee):
    item = nominated(world.cycle, world.kashgar).get()

    pdf = nomination_form(nomination_input(item))

    first = pages_of(pdf)[0]
    assert first.startswith("2020年度享受政府特殊津贴人员推荐表")
    assert "推荐单位喀什地区人力资源和社会保障局（示例）推荐排序第1名（共1名）" in first
    assert "性别女" in first
    assert judged(pdf) == [(1, Verdict.EQUAL)]


def test_a_recommendation_form_that_no_longer_says_what_is_on_file_is_superseded(world, nominee):
    item = nominated(world.cycle, world.kashgar).get()
    pdf = nomination_form(nomination_input(item))

    item.opinion = "补充推荐理由"
    item.save(update_fields=["opinion"])

    assert judged(pdf) == [(1, Verdict.SUPERSEDED)]


@pytest.mark.clause("R44", "R67")
def test_the_evaluation_summary_is_printed_from_the_record(nominee):
    evaluation = Proceeding.objects.get(kind=Kind.REVIEW, step="peer_review")

    pdf = evaluation_summary(evaluation_input(evaluation))

    paper = text_of(pdf)
    assert "应到专家7人" in paper
    assert "7700" in paper
    assert "专家甲（组长）某大学教授内科学是" in paper
    assert judged(pdf) == [(1, Verdict.EQUAL)]


@pytest.mark.clause("R44", "R67")
def test_a_record_that_was_tampered_with_is_not_printed(nominee):
    evaluation = Proceeding.objects.get(kind=Kind.REVIEW, step="peer_review")
    evaluation.items.update(ayes=8)

    with pytest.raises(NotReady) as refusal:
        evaluation_summary(evaluation_input(evaluation))

    assert "多1票" in refusal.value.faults[0][1]


@pytest.mark.clause("R44", "R23c", "R67")
def test_the_summary_says_what_became_of_the_papers_and_who_is_an_exception(world, file):
    world.pass_until("peer_review", file)
    Application.objects.filter(pk=file.pk).update(marks=["破格"])
    listed = proceeding.open_proceeding("peer_review", [file.pk], by=world.hospital_handler)
    sitting = Sitting(
        day(now()),
        "会议室",
        "会议评议",
        "专家甲",
        tuple(ExpertEntry(f"专家{mark}", "某大学") for mark in "甲乙丙丁戊己庚"),
        Papers(issued=7, returned=6, unreturned=1, valid=5),
    )
    votes = {file.pk: CandidateTally(5, 0, void=1, unreturned=1)}
    record(listed.pk, by=world.hospital_handler, sitting=sitting, tallies=votes)

    paper = text_of(evaluation_summary(evaluation_input(evaluation_numbered(listed.pk))))

    assert "发出7张，收回6张，未收回1张；有效票5张，废票1张" in paper
    assert "破格" in paper


def test_an_evaluation_without_votes_on_record_is_not_printed(world, file):
    world.pass_until("peer_review", file)
    listed = proceeding.open_proceeding("peer_review", [file.pk], by=world.hospital_handler)

    with pytest.raises(NotReady, match="请先登记评议情况和票数"):
        evaluation_input(listed)


@pytest.mark.clause("R51", "R67")
def test_a_secret_ballot_is_summed_up_by_its_counts_alone(world):
    panel = committee(world, experts=5, candidates=3, places=2)
    panel.vote(["aan", "aan", "aa-", "ana", "nna"])

    pdf = evaluation_summary(evaluation_input(evaluation_numbered(panel.listed.pk)))

    paper = text_of(pdf)
    assert "应到专家5人实到专家5人" in paper
    assert all(f"评委{number}" not in paper.replace("主持人评委1", "") for number in range(1, 6))
    assert [paper.count(figures) for figures in ("5410080.0%1", "5320060.0%2", "5221040.0%3")] == [
        1,
        1,
        1,
    ]
    assert judged(pdf) == [(1, Verdict.EQUAL)]


@pytest.mark.clause("R66", "R67", "R69")
def test_the_package_is_addressed_to_the_office_of_the_track(world, nominee):
    given = packing_input(world.cycle, world.kashgar)

    ((parcel, pdf),) = packing_lists(given)

    paper = text_of(pdf)
    assert parcel.track == "专业技术人才"
    assert "专业技术人员管理处" in parcel.office
    assert "职业能力建设处" not in paper
    assert f"阿依努尔·买买提{nominee.number}" in paper
    assert "《专家情况登记表》1人，每人3份3□" in paper
    assert judged(pdf) == [(1, Verdict.EQUAL)]


@pytest.mark.clause("R69")
def test_a_skilled_workers_papers_go_to_the_other_office(world):
    file = world.skilled_draft()
    world.submit(file)
    world.pass_until("formal_check", file)

    ((parcel, pdf),) = packing_lists(packing_input(world.cycle, world.enterprise))

    assert "职业能力建设处" in parcel.office
    assert "专业技术人员管理处" not in text_of(pdf)
    assert file.number in text_of(pdf)


def test_no_package_is_printed_before_anybody_is_nominated(world):
    with pytest.raises(NotReady, match="还没有已上报的推荐人选"):
        packing_input(world.cycle, world.kashgar)


@pytest.mark.clause("R67")
def test_the_list_of_nominees_is_read_from_the_nomination(nominee):
    nomination = Proceeding.objects.get(kind=Kind.RECOMMEND)

    content = summary_list(summary_input(nomination))

    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    person = dict(zip(rows[2], rows[3], strict=True))
    assert (person["姓名"], person["评议票数（同意/实到）"], person["排序"], person["性别"]) == (
        "阿依努尔·买买提",
        "7/7",
        "1",
        "女",
    )
    assert person["公示结果"].endswith("无异议")


@pytest.mark.parametrize("number", ["XJ2020-A-99999", "PY-0", "ZX-0-0-A", "XJ2020-A-99999-T", "-T"])
def test_a_number_nobody_was_given_is_not_on_file(db, number):
    assert on_file(number) is None


def test_lists_are_read_in_the_same_few_queries_however_long(world):
    world.pass_until("formal_check", world.submitted())
    world.pass_until("formal_check", world.submitted(number=1), world.submitted(number=2))

    with CaptureQueriesContext(connection) as queries:
        ((parcel, _pdf),) = packing_lists(packing_input(world.cycle, world.kashgar))

    assert len(parcel.nominees) == 3
    assert len(queries) <= 7
