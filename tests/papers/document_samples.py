"""One of every document that offices make, all invented: for their pictures, and for their text."""

from collections.abc import Mapping
from datetime import date, datetime

from juxian.papers import (
    annexes,
    application_form,
    evaluation_summary,
    file_notices,
    labels,
    merged_report,
    nomination_form,
    nomination_report,
    notice,
    notice_report,
    opinion_request,
    packing_list,
    render,
    report_letter,
    sign_in_sheet,
)
from juxian.papers.official import pdf_of
from juxian.regulation.ballot import BallotRule
from juxian.regulation.eligibility import Test
from juxian.regulation.pack import Mark
from juxian.regulation.tally import Papers
from juxian.regulation.words import Act
from juxian.selectors.file_documents import (
    AcceptanceInput,
    AnnexInput,
    CorrectionInput,
    Mending,
    Notified,
    RejectionInput,
)
from juxian.selectors.list_documents import (
    Asked,
    NoticeInput,
    NoticeReportInput,
    Posted,
    RequestInput,
)
from juxian.selectors.merged_report import Figures, LetterInput, MergedInput, Row, Said
from juxian.selectors.nomination_report import (
    Consulted,
    Decided,
    Filed,
    Nominated,
    Publicised,
    ReportInput,
    SittingFact,
)
from juxian.selectors.paper_inputs import ExpertFact, NominationInput, SignInInput
from juxian.selectors.public_notice import Group, Line
from juxian.selectors.tilt import Share, Tilt
from tests.papers.samples import DATED, OPINIONS, evaluation, form_input, nominee, packing

PROGRAMME = "2020年享受政府特殊津贴人员选拔"
OFFICE = "喀什地区人力资源和社会保障局（示例）"
REPORT = "政府特殊津贴制度实施情况总结"
REGION = "自治区人力资源和社会保障厅（示例）"
HOSPITAL = "喀什地区第一人民医院（示例）"
FAVOURED = Mark("epidemic", "抗疫一线", "R32", Test("is_true", {"field": "post.epidemic"}))
PEOPLE = (
    ("阿依努尔·买买提", "女", "主任医师", "心血管内科"),
    ("王伟", "男", "主任医师", "骨科"),
    ("李某", "女", "主任护师", "护理"),
)
WRITTEN = {
    "number": "喀人社报〔2020〕3号",
    "signer": "张某某",
    "dated": "2020-04-20",
    "contact": "某某",
    "phone": "0998-1234567",
}


def report_input() -> ReportInput:
    return ReportInput(
        number="TJ-1-7",
        programme=PROGRAMME,
        receiver=REGION,
        office=OFFICE,
        phone="0998-1234567",
        dated=date(2020, 4, 20),
        year=2020,
        filed=(Filed("专业技术人才", 31, 9), Filed("高技能人才", 12, 4)),
        sittings=(
            SittingFact(
                "推荐单位评审",
                "专业技术人才",
                date(2020, 4, 11),
                "三楼会议室",
                "会议评议",
                "专家甲",
                7,
                7,
                BallotRule(),
                9,
                3,
            ),
        ),
        below=Publicised(date(2020, 3, 23), date(2020, 3, 27), 3),
        here=Publicised(date(2020, 4, 13), date(2020, 4, 17), 3, ("本单位网站",), 2, 0),
        consulted=Consulted(
            "纪检监察部门", (("喀纪函〔2020〕3号", date(2020, 4, 3)),), {"none": 3, "cleared": 1}
        ),
        decided=(Decided("行署常务会议", date(2020, 4, 18), "喀署纪〔2020〕8号"),),
        nominees=tuple(
            Nominated(
                name,
                HOSPITAL,
                "专业技术人才",
                title,
                "专业技术人才指标",
                rank=n,
                preferred="抗疫一线：驰援武汉" if n == 1 else "",
                is_nonpublic=False,
                marks=marks,
            )
            for n, (name, _sex, title, _of) in enumerate(PEOPLE, start=1)
            for marks in [("抗疫一线",) if n == 1 else ()]
        ),
        tilt=Tilt(None, Share(43, 13, 3), ((FAVOURED, Share(6, 2, 1), "33%"),)),
        annexes=(
            "推荐人选一览表",
            "专家评议结果汇总表",
            "《专家情况登记表》（3人，每人3份）",
            "《2020年度享受政府特殊津贴人员推荐表》（3人，每人1份）",
        ),
    )


def notice_input() -> NoticeInput:
    lines = tuple(
        Line(n, name, sex, HOSPITAL, title, of)
        for n, (name, sex, title, of) in enumerate(PEOPLE, start=1)
    )
    return NoticeInput(
        number="GS-12",
        programme=PROGRAMME,
        year=2020,
        office=OFFICE,
        phone="0998-1234567",
        address="喀什市示例路1号",
        postcode="844000",
        passed=("个人自愿申报", "所在单位审核", "同行专家评议"),
        is_final=False,
        posted=Posted(date(2020, 4, 13), date(2020, 4, 17), 5, working=True, place="本单位网站"),
        groups=(Group("专业技术人才", lines),),
    )


def request_input() -> RequestInput:
    return RequestInput(
        number="ZQ-9",
        programme=PROGRAMME,
        year=2020,
        office=OFFICE,
        phone="0998-1234567",
        body="喀什地区纪委监委（示例）",
        opened_on=date(2020, 3, 30),
        people=tuple(Asked(name, HOSPITAL, title, "0029") for name, _sex, title, _of in PEOPLE),
    )


def notified(office: str = OFFICE) -> Notified:
    return Notified(
        number="TH-XJ2020-A-00317-1",
        programme=PROGRAMME,
        form_title="专家情况登记表",
        office=office,
        phone="0998-1234567",
        name="阿依努尔·买买提",
        employer=HOSPITAL,
        application="XJ2020-A-00317",
        turn=1,
        submitted_on=date(2020, 3, 18),
        done_on=date(2020, 3, 30),
    )


def correction_input() -> CorrectionInput:
    return CorrectionInput(
        notified(),
        "请逐项修改。",
        (
            Mending("职称证书", "扫描件不清晰", "第2页看不清，请重新扫描。"),
            Mending("获奖第2条", "与证明材料不一致", "证书上的排名是第3，请核对。"),
        ),
        datetime(2020, 4, 4, tzinfo=DATED.tzinfo),
    )


def sign_in() -> SignInInput:
    return SignInInput(
        number="QD-12",
        programme=PROGRAMME,
        office=OFFICE,
        step="推荐单位评审",
        held_on=date(2020, 4, 11),
        place="三楼会议室",
        dated=DATED,
        experts=tuple(
            ExpertFact(f"专家{mark}", "某医科大学", "教授", "内科学") for mark in "甲乙丙丁戊"
        ),
    )


def merged_input() -> MergedInput:
    parts = ("取得的成效和经验", "配套支持措施", "存在的问题", "意见建议")
    names = (OFFICE, "和田地区人力资源和社会保障局（示例）")
    words = dict.fromkeys(parts, "严格程序，择优推荐。\n专家在一线发挥了示范带动作用。")
    return MergedInput(
        number="ZJ-1",
        title=REPORT,
        programme=PROGRAMME,
        office=REGION,
        parts=parts,
        said=tuple(Said(name, words, is_late=name != OFFICE) for name in names),
        missing=("阿克苏（示例）",),
        figures=Figures(
            tracks=(Row("专业技术人才", (43, 31, 13)), Row("高技能人才", (12, 9, 4))),
            offices=tuple(Row(name, (20, 15, 6)) for name in names),
            notices=(Row("所在单位公示", (7, 31, 2, 0)),),
            tilts=(Row("基层一线", (5,)),),
        ),
        dated=DATED,
    )


def letter_input() -> LetterInput:
    return LetterInput(
        number="BS-1",
        title=REPORT,
        year=2020,
        office=REGION,
        phone="0991-1234567",
        handed_in=2,
        missing=("阿克苏（示例）",),
        dated=DATED,
    )


def documents() -> Mapping[str, bytes]:
    """By code, as PDF."""
    nomination = NominationInput(
        title="2020年度享受政府特殊津贴人员推荐表",
        programme=PROGRAMME,
        issuer=REGION,
        nominator=OFFICE,
        phone="0998-1234567",
        copies=1,
        dated=DATED,
        nominee=nominee(reason="扎根南疆二十六年，推荐理由充分。"),
        listed=4,
        opinions=OPINIONS,
    )
    posted = notice_input()
    request = {**WRITTEN, "number": "喀人社函〔2020〕5号", "reply_by": "2020-04-10"}
    rejection = RejectionInput(
        notified(REGION), "形式审查", Act.REJECT, "学历证书与所填不符。", is_formal=True
    )
    annex = AnnexInput(form_input(copies=1), ())
    return {
        "application_form": application_form.application_form(form_input(copies=1)),
        "nomination_form": nomination_form.nomination_form(nomination),
        "evaluation_summary": evaluation_summary.evaluation_summary(
            evaluation(rule=BallotRule(), papers=Papers(7, 7, 0, 7))
        ),
        "sign_in_sheet": sign_in_sheet.sign_in_sheet(sign_in()),
        "packing_list": packing_list.packing_lists(packing())[0][1],
        "nomination_report": pdf_of(nomination_report.official_of(report_input(), WRITTEN)),
        "public_notice": pdf_of(notice.official_of(posted, {})),
        "notice_report": pdf_of(
            notice_report.official_of(NoticeReportInput(posted, 2, 0, (), ("公示照片",)), {})
        ),
        "opinion_request": pdf_of(opinion_request.official_of(request_input(), request)),
        "report_letter": pdf_of(
            report_letter.official_of(letter_input(), {"addressee": "示例主管部门", **WRITTEN})
        ),
        "merged_report": pdf_of(merged_report.official_of(merged_input())),
        "correction_notice": pdf_of(file_notices.correction_notice(correction_input())),
        "acceptance_notice": pdf_of(
            file_notices.acceptance_notice(AcceptanceInput(notified(REGION), "形式审查", 12))
        ),
        "rejection_notice": pdf_of(file_notices.rejection_notice(rejection)),
        "annex_list": annexes.annex_list(annex),
        "evidence_booklet": render.render("booklet", annexes.front_of(annex)),
        "envelope_labels": labels.envelope_labels(packing()),
        "spines": labels.spines(packing(), 2020),
    }
