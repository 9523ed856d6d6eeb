"""Every document of an office: its picture in the handbook, and what it must say."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from juxian.papers.documents import LONG, MAKERS, PRINTED
from juxian.papers.nomination_report import official_of
from juxian.papers.official import pdf_of
from juxian.regulation.documents import DOCUMENTS
from tests.papers.document_samples import documents, report_input
from tests.papers.samples import text_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "documents.md"
LARGEST = 60_000  # bytes of a picture

MUST_SAY = {
    "nomination_report": (
        "喀人社报〔2020〕3号签发人：张某某",
        "关于推荐2020年享受政府特殊津贴人选的报告",
        "共有43人申报，其中专业技术人才31人、高技能人才12人；经审核，通过13人。",
        "应到专家7人，实到7人，由专家甲主持。表决规则为：到会专家不少于应到人数的三分之二",
        "公示期间收到异议2件，均已核查办结，其中成立0件、不成立2件。",
        "未发现影响推荐问题的3人，有反映、已查清不影响推荐的1人。",
        "2020年4月18日行署常务会议审定同意（喀署纪〔2020〕8号）。",
        "推荐专业技术人才3名，共3名，顺序如下。其中“抗疫一线”1名。",
        "按同等条件下优先推荐：阿依努尔·买买提（抗疫一线：驰援武汉）。",
        "倾斜情况：抗疫一线申报6人、通过评审2人、推荐1人（占推荐的33%）。",
        "1阿依努尔·买买提喀什地区第一人民医院（示例）专业技术人才主任医师专业技术人才指标1",
        "（联系人：某某，电话：0998-1234567）",
    ),
    "public_notice": (
        "公示期为2020年4月13日至2020年4月17日（5个工作日）。",
        "受理部门：喀什地区人力资源和社会保障局（示例）；联系电话：0998-1234567；",
        "2王伟男喀什地区第一人民医院（示例）主任医师骨科",
    ),
    "notice_report": ("公示期间收到异议2件", "2.公示佐证（公示照片）"),
    "opinion_request": (
        "喀人社函〔2020〕5号",
        "喀什地区纪委监委（示例）：",
        "我单位拟推荐3名人选（名单附后）",
        "请于2020年4月10日前反馈。",
        "3李某喀什地区第一人民医院（示例）主任护师0029",
    ),
    "report_letter": (
        "关于报送政府特殊津贴制度实施情况总结的函",
        "共收到2个推荐单位的总结材料，现汇编报送。没有报送的1个：阿克苏（示例）。",
        "附件：政府特殊津贴制度实施情况总结汇编",
    ),
    "merged_report": (
        "政府特殊津贴制度实施情况总结汇编目录一、总体情况",
        "逾期报送的1个：和田地区人力资源和社会保障局（示例）。",
        "专业技术人才433113高技能人才1294合计554017",
        "所在单位公示73120",
    ),
    "correction_notice": (
        "有以下2处需要补正，现一次性告知：",
        "2获奖第2条与证明材料不一致证书上的排名是第3，请核对。",
        "请于2020年4月3日24时前登录系统",
    ),
    "acceptance_notice": ("编号XJ2020-A-00317", "附证明材料12份", "予以受理。"),
    "rejection_notice": ("不予受理通知书", "理由：学历证书与所填不符。"),
    "annex_list": ("共2份、3页，按下列次序装订。", "1获奖证书自治区科技进步奖二等奖证书—21—2"),
    "evidence_booklet": ("证明材料汇编", "工作单位喀什地区第一人民医院（示例）", "目录"),
    "envelope_labels": ("844000", "职业能力建设处", "推荐材料（高技能人才，1人）"),
    "spines": ("全宗号", "保管期限", "盒号", "XJ2020-B-00018"),
}
PRIVATE = ("653100197105080029", "19900000101")


@pytest.fixture(scope="module")
def texts():
    """Without the numbers of the pages and the breaks between title lines."""
    return {code: re.sub(r"—\d+—(?!\d)", "", text_of(pdf)) for code, pdf in documents().items()}


@pytest.mark.clause("R66", "R67", "R77")
@pytest.mark.parametrize("code", MUST_SAY)
def test_a_document_says_what_it_must(texts, code):
    missing = [said for said in MUST_SAY[code] if said not in texts[code]]

    assert missing == []


def test_a_part_of_the_report_without_a_record_asks_to_be_written():
    given = replace(report_input(), decided=())

    said = text_of(pdf_of(official_of(given, {})))
    written = text_of(pdf_of(official_of(given, {"deciding": "局党组研究同意。"})))

    assert "五、审定情况（系统中没有这一部分的记录，请编写文稿后再打印。）" in said
    assert "五、审定情况局党组研究同意。" in written


@pytest.mark.parametrize("code", MUST_SAY)
def test_no_document_but_the_form_itself_says_ids_or_telephones_of_people(texts, code):
    assert [one for one in PRIVATE if one in texts[code]] == []
    assert PRIVATE[0] in texts["application_form"]


def test_every_document_can_be_made_and_is_in_the_handbook_with_a_small_picture():
    page = PAGE.read_text(encoding="utf-8")
    pictures = set(re.findall(r"\(documents/(\w+)\.png\)", page))

    assert set(MAKERS) | set(PRINTED) | set(LONG) == set(DOCUMENTS)
    assert set(DOCUMENTS) - set(MUST_SAY) == {"bound_forms"}  # nothing but forms, drawn already
    assert "## 总结材料汇编\n" in page
    assert pictures == set(documents())
    for code, document in DOCUMENTS.items():
        assert f"## {document.title}\n" in page, code
    sizes = [(PAGE.parent / "documents" / f"{code}.png").stat().st_size for code in pictures]
    assert max(sizes) < LARGEST
