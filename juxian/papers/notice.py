"""A notice to be put up (公示), with the five columns that the public may read (2.7, PIPL)."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils import timezone

from juxian.papers import official
from juxian.papers.official import Annex, Line, Official, Table
from juxian.papers.titles import subject_of, title_of
from juxian.regulation.calendar import in_words
from juxian.selectors.list_documents import NoticeInput, Posted
from juxian.selectors.public_notice import Group

COLUMNS = (
    ("序号", 2),
    ("姓名", 5),
    ("性别", 2),
    ("工作单位", 9),
    ("职称（技能等级）", 5),
    ("从事专业（工种）", 5),
)
HOW = (
    "对公示人选有异议的，请在公示期内向受理部门反映。反映问题应当实事求是、客观公正。"
    "以个人名义反映的，须署真实姓名并写明联系方式；以单位名义反映的，须加盖单位公章。"
    "匿名反映或者线索不清的，不予受理。"
)


def prefilled(given: NoticeInput) -> dict[str, str]:
    return {"basis": _basis(given), "receiving": _receiving(given)}


def official_of(given: NoticeInput, texts: Mapping[str, str]) -> Official:
    said = {**prefilled(given), **texts}
    what = "拟入选人员" if given.is_final else "推荐人选"
    blocks = (
        *official.paragraphs(said["basis"]),
        Line(f"公示期为{period_in_words(given.posted)}。"),
        *official.paragraphs(said["receiving"]),
    )
    dated = texts.get("dated", "")
    return official.document(
        Official(
            stamp=official.stamp_of(
                "公示", given.number, given.office, midnight(given.posted.starts_on)
            ),
            head="plain",
            organ=given.office,
            title=title_of("", f"关于{subject_of(given.programme)}{what}的公示"),
            blocks=blocks,
            annexes=(Annex("公示人选名单", tuple(list_of(given.groups))),),
            signed_by=given.office,
            signed_on=official.day_of(
                date.fromisoformat(dated) if dated else given.posted.starts_on
            ),
        )
    )


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def period_in_words(posted: Posted) -> str:
    """2020年3月16日至2020年3月20日（5个工作日）"""
    period = f"{in_words(posted.starts_on)}至{in_words(posted.ends_on)}"
    if posted.days is None:
        return period
    return f"{period}（{posted.days}个{'工作日' if posted.working else '自然日'}）"


def list_of(groups: tuple[Group, ...]) -> list[official.Block]:
    """One table a track, numbered through, and below it the numbers of those not named."""
    blocks: list[official.Block] = []
    number = 0
    for group in groups:
        if len(groups) > 1:
            blocks.append(Line(group.title, level=1, flush=True))
        rows = []
        for person in group.lines:
            number += 1
            facts = (person.name, person.sex, person.employer, person.title, person.speciality)
            rows.append((str(number), *facts))
        blocks += [Table(COLUMNS, tuple(rows), centred=(0, 2))] if rows else []
        blocks += [Line(unnamed_in_words(group))] if group.unnamed else []
    return blocks


def unnamed_in_words(group: Group) -> str:
    numbers = "、".join(group.unnamed)
    return f"另有按规定不公开姓名的人选{len(group.unnamed)}名，编号：{numbers}。"


def _basis(given: NoticeInput) -> str:
    passed = "、".join(given.passed)
    after = f"经{passed}，" if passed else ""
    what = "拟入选人员" if given.is_final else "拟推荐人选"
    return f"按照{given.programme}工作安排，{after}确定{what}{given.people}名，现予公示。"


def _receiving(given: NoticeInput) -> str:
    said = [f"受理部门：{given.office}"]
    said += [f"联系电话：{given.phone}"] if given.phone else []
    postcode = f"（邮编{given.postcode}）" if given.postcode else ""
    said += [f"通信地址：{given.address}{postcode}"] if given.address else []
    return f"{HOW}\n{'；'.join(said)}。"
