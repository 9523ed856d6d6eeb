"""Papers about a list: recommendation forms, evaluations, the workbook of nominees, parcels."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from juxian.papers.evaluation_summary import evaluation_summary, percent
from juxian.papers.nomination_form import nomination_form
from juxian.papers.packing_list import packing_lists
from juxian.papers.proof import read_content
from juxian.papers.sign_in_sheet import sign_in_sheet
from juxian.papers.summary_list import COLUMNS, summary_list
from juxian.regulation.ballot import BallotRule
from juxian.regulation.refusal import NotReady
from juxian.regulation.scoring import Scoring
from juxian.regulation.tally import Papers, Tally
from juxian.selectors.paper_inputs import NominationInput, SummaryInput
from tests.papers.document_samples import sign_in
from tests.papers.samples import DATED, OPINIONS, evaluation, nominee, packing, pages_of, text_of


def nomination(**changed):
    facts = {
        "title": "2020年度享受政府特殊津贴人员推荐表",
        "programme": "2020年享受政府特殊津贴人员选拔",
        "issuer": "自治区人力资源和社会保障厅（示例）",
        "nominator": "喀什地区人力资源和社会保障局（示例）",
        "phone": "0998-1234567",
        "copies": 1,
        "dated": DATED,
        "nominee": nominee(reason="扎根南疆二十六年，推荐理由充分。"),
        "listed": 4,
        "opinions": OPINIONS,
    }
    return NominationInput(**{**facts, **changed})


def summary(*nominees):
    return SummaryInput(
        programme="2020年享受政府特殊津贴人员选拔",
        issuer="自治区人力资源和社会保障厅（示例）",
        nominator="喀什地区人力资源和社会保障局（示例）",
        made_at=DATED,
        nominees=nominees,
    )


def cells_of(content, sheet=0):
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()
    names = rows[2]
    return [dict(zip(names, row, strict=True)) for row in rows[3:]]


@pytest.mark.clause("R67", "R77")
def test_the_recommendation_form_carries_the_year_and_the_facts():
    pages = pages_of(nomination_form(nomination()))

    first = pages[0]
    assert len(pages) <= 2
    assert first.startswith("2020年度享受政府特殊津贴人员推荐表")
    for said in (
        "推荐排序第1名（共4名）",
        "指标类型专业技术人才指标",
        "姓名阿依努尔·买买提",
        "民族维吾尔族",
        "学位博士",
        "符合条件3.长期在医疗卫生第一线：医术高超，或防控疾病成效突出",
        "扎根南疆二十六年，推荐理由充分。",
    ):
        assert said in first, said
    assert "编号XJ2020-A-00317-T第2轮" in first


@pytest.mark.clause("R46", "R67")
def test_the_recommendation_form_carries_the_discipline_opinion():
    assert "未收到反映，未发现影响推荐的问题。" in text_of(nomination_form(nomination()))


@pytest.mark.clause("R44", "R67")
def test_the_evaluation_is_printed_with_votes_shares_and_experts_by_rank():
    given = evaluation(rule=BallotRule(), papers=Papers(7, 7, 0, 7))

    paper = text_of(evaluation_summary(given))

    first = paper.index("阿依努尔·买买提喀什地区第一人民医院（示例）主任医师心血管内科7601085.7%1")
    second = paper.index("王伟喀什地区第一人民医院（示例）主任医师心血管内科6510171.4%2")
    third = paper.index("李某喀什地区第一人民医院（示例）主任医师心血管内科7340042.9%3")
    assert first < second < third
    assert "到会专家不少于应到人数的三分之二；同意票达到实到人数的三分之二为通过" in paper
    assert "发出7张，收回7张，未收回0张；有效票7张，废票0张" in paper
    assert "专家甲（组长）" in paper


@pytest.mark.clause("R23c", "R67")
def test_the_evaluation_says_who_is_an_exception():
    first, *others = evaluation().candidates
    marked = replace(first, marks=("抗疫一线（同等条件下优先）", "破格"))

    paper = text_of(evaluation_summary(evaluation(candidates=(marked, *others))))

    assert "标记" in paper
    assert "抗疫一线（同等条件下优先）、破格" in paper
    assert "标记" not in text_of(evaluation_summary(evaluation()))


@pytest.mark.clause("R44", "R67")
def test_spoiled_papers_and_those_not_returned_are_printed_where_there_are_any():
    first, *others = evaluation().candidates
    spoiled = replace(first, tally=Tally(4, 0, 0, 1, void=1, unreturned=1))
    papers = Papers(7, 6, 1, 6)
    fewer = [
        replace(one, tally=replace(one.tally, ayes=one.tally.ayes - 1, unreturned=1))
        for one in others
    ]

    paper = text_of(evaluation_summary(evaluation(candidates=(spoiled, *fewer), papers=papers)))

    assert "发出7张，收回6张，未收回1张；有效票6张，废票0张" in paper
    assert "参评票数同意反对弃权废票未收回回避未投" in paper
    assert "心血管内科640011166.7%2" in paper
    assert "废票" not in text_of(evaluation_summary(evaluation()))


@pytest.mark.clause("R44", "R67")
@pytest.mark.parametrize(
    ("changed", "where", "said"),
    [
        ({"tally": Tally(6, 1, 1)}, "王伟", "合计8票"),
        ({"tally": Tally(5, 0, 0, 1)}, "王伟", "少1票"),
        ({"tally": Tally(7, 0, 0, 8)}, "王伟", "回避8人多于实到7人"),
        ({"present": 9}, "present", "实到9人多于应到8人"),
        ({"members": 9}, "experts", "专家名单8人、到会7人"),
        ({"papers": Papers(7, 5, 1, 5)}, "papers", "发出7票"),
        ({"papers": Papers(7, 6, 1, 7)}, "papers", "有效7票多于收回6票"),
        ({"papers": Papers(7, 7, 0, 6)}, "李某", "合计7票，多于有效选票6张"),
    ],
)
def test_an_evaluation_that_does_not_add_up_is_not_printed(changed, where, said):
    given = evaluation()
    if "tally" in changed:
        first, *others = given.candidates
        changed = {"candidates": (replace(first, tally=changed["tally"]), *others)}

    with pytest.raises(NotReady) as refusal:
        evaluation_summary(replace(given, **changed))

    assert any(place == where and said in fault for place, fault in refusal.value.faults)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(6, 7), "85.7%"),
        (Fraction(2, 3), "66.7%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(1), "100.0%"),
        (Fraction(0), "0.0%"),
    ],
)
def test_shares_are_rounded_half_up_from_exact_fractions(share, said):
    assert percent(share) == said


def test_a_name_that_looks_like_a_formula_stays_text_in_the_workbook():
    content = summary_list(summary(nominee(name="=1+1", title="@SUM(A1)", marks=("+1", "-2"))))

    (person, *_footer) = cells_of(content)
    assert (person["姓名"], person["职称（技能等级）"], person["备注"]) == (
        "=1+1",
        "@SUM(A1)",
        "+1、-2",
    )
    with ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert 't="n"' not in sheet


@pytest.mark.clause("R67")
def test_the_workbook_has_a_frozen_sheet_a_track_with_totals_by_bucket():
    skilled = nominee(track="高技能人才", name="周焊", bucket="高技能人才指标", is_nonpublic=True)
    people = [nominee(name=name) for name in ("王伟", "李某")]

    content = summary_list(summary(*people, nominee(bucket="疫情防治一线"), skilled))

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["专业技术人才", "高技能人才"]
    first, second = cells_of(content), cells_of(content, 1)
    assert list(first[0]) == [column.title for column in COLUMNS]
    assert [row["姓名"] for row in first[:3]] == ["王伟", "李某", "阿依努尔·买买提"]
    assert [row["序号"] for row in first] == [
        "1",
        "2",
        "3",
        "合计：专业技术人才3人，其中非公有制单位0人。",
        "按指标：专业技术人才指标2人；疫情防治一线1人。",
        "填表人：　　　　　　　　审核人：　　　　　　　　日期：　　　　　　　　（单位盖章）",
    ]
    assert second[0]["单位性质"] == "非公"
    with ZipFile(BytesIO(content)) as file:
        assert 'state="frozen"' in file.read("xl/worksheets/sheet1.xml").decode()


def test_the_workbook_takes_each_column_from_the_answers():
    (person, *_footer) = cells_of(summary_list(summary(nominee())))

    assert (person["民族"], person["政治面貌"], person["学位"], person["归口行业"]) == (
        "维吾尔族",
        "中共党员",
        "博士",
        "医疗卫生",
    )
    assert (person["出生年月"], person["年龄"], person["评议票数（同意/实到）"]) == (
        "1971.05",
        "48",
        "7/7",
    )
    assert person["手机"] == "19900000101"


def test_the_published_workbook_has_neither_phones_nor_birth_dates():
    content = summary_list(summary(nominee()), published=True)

    (person, *_footer) = cells_of(content)
    assert {"手机", "出生年月", "年龄"}.isdisjoint(person)
    assert person["姓名"] == "阿依努尔·买买提"
    with ZipFile(BytesIO(content)) as book:
        assert all(b"19900000101" not in book.read(name) for name in book.namelist())


def test_the_same_list_is_the_same_workbook():
    assert summary_list(summary(nominee())) == summary_list(summary(nominee()))


@pytest.mark.clause("R66", "R67", "R69")
def test_each_tracks_parcel_goes_to_its_own_office_with_its_own_people():
    (technical, first), (vocational, second) = packing_lists(packing())

    assert (technical.track, vocational.track) == ("专业技术人才", "高技能人才")
    one, other = text_of(first), text_of(second)
    assert "装箱单（专业技术人才）" in one
    assert "专业技术人员管理处" in one
    assert "职业能力建设处" not in one
    assert "职业能力建设处" in other
    assert "专业技术人员管理处" not in other
    assert "周焊" not in one
    assert "XJ2020-B-00018" in other
    assert "《专家情况登记表》1人，每人3份3□" in one
    assert "证明材料复印件（按各人附件目录）1人5□" in one


@pytest.mark.clause("R68")
def test_a_parcel_carries_an_address_label_and_a_code_to_receive_it_by():
    ((parcel, pdf), _other) = packing_lists(packing())

    paper = text_of(pdf)
    assert "收件人专业技术人员管理处（专业技术人才推荐材料）" in paper
    assert "邮编830011" in paper
    assert read_content(pdf)[0].marks[0].number == parcel.number == "ZX-1-7-A"


@pytest.mark.clause("R44", "R67")
def test_an_evaluation_with_scores_prints_them_who_kept_out_and_how_a_tie_was_settled():
    given = evaluation()
    first, *others = given.candidates
    scored = replace(first, scores=(Decimal("92.50"), Decimal(90)), mean=Decimal("91.25"))
    panel = (
        replace(given.experts[0], arrival="10:05", kept_out="王伟（师生）"),
        *given.experts[1:-1],
    )
    absent = replace(given.experts[-1], arrival="出差")
    remark = "并列后由组长排定先后：李某、王伟。理由：奖励更高"

    said = text_of(
        evaluation_summary(
            replace(
                given,
                candidates=(scored, *others),
                experts=(*panel, absent),
                rule=BallotRule(scoring=Scoring(100, drop_extremes=True)),
                remark=remark,
            )
        )
    )

    for words in ("92.50、90", "91.25", "是10:05", "王伟（师生）", "否（出差）", remark):
        assert words in said, words
    assert "去掉一个最高分和一个最低分，取平均分，保留两位小数" in said


def test_the_sign_in_sheet_names_who_is_known_and_leaves_lines_for_others():
    known = text_of(sign_in_sheet(sign_in()))
    blank = text_of(sign_in_sheet(replace(sign_in(), experts=(), held_on=None)))

    assert ("5专家戊" in known, "7" in known, "签到时间" in known) == (True, True, True)
    assert ("专家戊" in blank, "12" in blank) == (False, True)
