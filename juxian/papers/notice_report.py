"""What came of a notice (公示情况说明): where, how long, what was objected, and the outcome."""

from collections.abc import Mapping
from datetime import date

from juxian.papers import official
from juxian.papers.nomination_report import objections_in_words
from juxian.papers.notice import list_of, midnight, period_in_words
from juxian.papers.official import Annex, Official
from juxian.papers.titles import subject_of, title_of
from juxian.selectors.list_documents import NoticeReportInput


def prefilled(given: NoticeReportInput) -> dict[str, str]:
    return {"course": _course(given), "objections": _objections(given)}


def official_of(given: NoticeReportInput, texts: Mapping[str, str]) -> Official:
    notice = given.notice
    said = {**prefilled(given), **texts}
    what = "拟入选人员" if notice.is_final else "推荐人选"
    dated = texts.get("dated", "")
    scans = (Annex(f"公示佐证（{'、'.join(given.scans)}）", ()),) if given.scans else ()
    return official.document(
        Official(
            stamp=official.stamp_of(
                "公示情况说明", f"{notice.number}-S", notice.office, midnight(notice.posted.ends_on)
            ),
            head="plain",
            organ=notice.office,
            title=title_of("", f"关于{subject_of(notice.programme)}{what}公示情况的说明"),
            blocks=(
                *official.part("一、公示情况", said["course"]),
                *official.part("二、异议情况", said["objections"]),
            ),
            annexes=(Annex("公示人选名单", tuple(list_of(notice.groups))), *scans),
            signed_by=notice.office,
            signed_on=official.day_of(date.fromisoformat(dated) if dated else None),
        )
    )


def _course(given: NoticeReportInput) -> str:
    notice = given.notice
    where = f"在{notice.posted.place}" if notice.posted.place else ""
    what = "拟入选人员" if notice.is_final else "推荐人选"
    return (
        f"按照{notice.programme}工作安排，我单位于{period_in_words(notice.posted)}{where}"
        f"对{notice.people}名{what}进行了公示。"
    )


def _objections(given: NoticeReportInput) -> str:
    said = objections_in_words(given.objections, given.upheld)
    if given.out:
        said += f"{'、'.join(given.out)}的异议成立，不再推荐。"
    if given.staying:
        said += f"{'、'.join(given.staying)}暂缓推荐，更正或者查清以后另行公示。"
    return said
