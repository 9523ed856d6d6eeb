"""A letter that asks a body, such as discipline inspection, for its opinion (征求意见函)."""

from collections.abc import Mapping
from datetime import date

from juxian.papers import official
from juxian.papers.notice import midnight
from juxian.papers.official import Annex, Line, Official, Table
from juxian.papers.titles import subject_of, title_of
from juxian.regulation.calendar import in_words
from juxian.selectors.list_documents import RequestInput

COLUMNS = (
    ("序号", 2),
    ("姓名", 5),
    ("工作单位", 9),
    ("职称（技能等级）", 5),
    ("证件号码后四位", 4),
    ("意见", 6),
)


def prefilled(given: RequestInput) -> dict[str, str]:
    return {
        "addressee": given.body,
        "purpose": (
            f"按照{given.programme}工作安排，我单位拟推荐{len(given.people)}名人选（名单附后）。"
            "现征求贵单位意见，请按照“谁审查、谁签字、谁负责”的原则，对上述人选有无信访、"
            "举报反映和其他影响推荐的问题线索逐人提出意见，加盖公章后反馈我单位。"
        ),
        "phone": given.phone,
    }


def official_of(given: RequestInput, texts: Mapping[str, str]) -> Official:
    said = {**prefilled(given), **texts}
    by = said.get("reply_by", "")
    please = [Line(f"请于{in_words(date.fromisoformat(by))}前反馈。")] if by else []
    dated = said.get("dated", "")
    rows = tuple(
        (str(number), one.name, one.employer, one.title, one.digits, "")
        for number, one in enumerate(given.people, start=1)
    )
    return official.document(
        Official(
            stamp=official.stamp_of(
                "征求意见函", given.number, given.office, midnight(given.opened_on)
            ),
            head="letter",
            organ=given.office,
            number=said.get("number") or f"　　　〔{given.year}〕　　号",
            title=title_of("", f"关于征求{subject_of(given.programme)}推荐人选意见的函"),
            addressee=said["addressee"],
            blocks=(*official.paragraphs(said["purpose"]), *please),
            annexes=(Annex("征求意见人选名单", (Table(COLUMNS, rows, centred=(0, 4)),)),),
            signed_by=given.office,
            signed_on=official.day_of(date.fromisoformat(dated) if dated else None),
            note=official.contact(said.get("contact", ""), said.get("phone", "")),
        )
    )
