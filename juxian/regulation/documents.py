"""Official documents (公文) that offices make: what each is for, and what of it they write."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Sort = Literal["line", "text", "day"]
SHORT = 100  # characters of a line


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in a document that its office writes; all else comes from the records."""

    code: str
    title: str
    help: str = ""
    sort: Sort = "text"
    limit: int = 2000

    @property
    def is_line(self) -> bool:
        return self.sort != "text"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """`by_list` are the kinds of steps on whose lists it is made; one `of_file` is about a person.

    One `of_report` is about a report that all offices hand in; one that is none of these is about
    all that an office sends up. One that `is_long` is left to a worker.
    """

    code: str
    title: str
    clause: str
    blanks: tuple[Blank, ...] = ()
    by_list: str = ""
    of_file: bool = False
    of_report: bool = False
    is_long: bool = False

    @property
    def has_word(self) -> bool:
        """Offices edit what they write themselves; what the records say alone is PDF only."""
        return bool(self.blanks)


def line(code: str, title: str, said: str = "") -> Blank:
    return Blank(code, title, said, "line", SHORT)


NUMBER = line("number", "发文字号", "如：喀人社报〔2020〕3号。没有编号时留空，打印后再填。")
SIGNER = line("signer", "签发人", "上行文须注明签发人。")
DATED = Blank("dated", "成文日期", "签发的日期，如 2020-04-20；没有定时留空。", "day")
CONTACT = line("contact", "联系人")
PHONE = line("phone", "联系电话")
CLOSING = (NUMBER, DATED, CONTACT, PHONE)

DOCUMENTS: Mapping[str, DocumentKind] = {
    document.code: document
    for document in (
        DocumentKind(
            "nomination_report",
            "推荐报告",
            "R67",
            (
                Blank("organising", "一、组织推荐工作情况", "动员部署、申报和审核的情况。"),
                Blank("evaluating", "二、专家评议情况", "专家组成、表决规则和结果。"),
                Blank("publicising", "三、公示情况", "单位公示和本级公示的起止、异议和处理。"),
                Blank("consulting", "四、纪检监察意见情况", "只写办理情况和结论，不写具体问题。"),
                Blank("deciding", "五、审定情况", "会议、日期和文号。"),
                Blank("nominating", "六、推荐人选", "人数和结构；名单由系统列在后面。"),
                NUMBER,
                SIGNER,
                DATED,
                CONTACT,
                PHONE,
            ),
        ),
        DocumentKind(
            "public_notice",
            "公示",
            "R45 R53",
            (
                Blank("basis", "依据和程序", "根据什么、经过哪些程序。"),
                Blank("receiving", "受理方式", "受理部门、电话、地址、办公时间；可以另写邮箱。"),
                DATED,
            ),
            "publicize",
        ),
        DocumentKind(
            "notice_report",
            "公示情况说明",
            "R45 R53 R67",
            (
                Blank("course", "公示情况", "起止、地点或网址、方式。"),
                Blank("objections", "异议情况", "有无异议，怎样处理；不写异议人。"),
                DATED,
            ),
            "publicize",
        ),
        DocumentKind(
            "opinion_request",
            "征求意见函",
            "R46",
            (
                line("addressee", "主送机关", "受征求意见的机关全称。"),
                Blank("purpose", "事由", "为什么征求、就哪些方面征求意见。"),
                Blank("reply_by", "请于何日前回复", "如 2020-04-10；没有限期时留空。", "day"),
                *CLOSING,
            ),
            "opine",
        ),
        DocumentKind(
            "report_letter",
            "总结材料报送函",
            "R70 R71",
            (
                line("addressee", "主送机关", "要求报送的机关全称。"),
                Blank("body", "正文", "组织总结、各单位报送的情况；汇编列为附件。"),
                *CLOSING,
            ),
            of_report=True,
        ),
        DocumentKind("envelope_labels", "邮寄标签", "R68 R69 R76"),
        DocumentKind("spines", "档案盒脊签", "R66 R67"),
        DocumentKind("correction_notice", "退回补正通知书", "R63", of_file=True),
        DocumentKind("acceptance_notice", "受理通知书", "R63", of_file=True),
        DocumentKind("rejection_notice", "不予受理（不予推荐）通知书", "R63 R74", of_file=True),
        DocumentKind("annex_list", "附件目录", "R66", of_file=True),
        DocumentKind("evidence_booklet", "证明材料汇编", "R61 R66", of_file=True, is_long=True),
        DocumentKind(
            "bound_forms", "登记表合订本", "R65", by_list="review recommend", is_long=True
        ),
    )
}
