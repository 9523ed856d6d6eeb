"""The report that a nominating unit sends up with its nominees (推荐报告), in six parts."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils import timezone

from juxian.papers import official
from juxian.papers.evaluation_summary import rule_in_words
from juxian.papers.official import Annex, Official, Table
from juxian.papers.titles import subject_of, title_of
from juxian.regulation.calendar import in_words
from juxian.selectors.nomination_report import Publicised, ReportInput, SittingFact
from juxian.selectors.tilt import Tilt

SAID = (
    ("none", "未发现影响推荐问题的"),
    ("cleared", "有反映、已查清不影响推荐的"),
    ("deferred", "建议暂缓的"),
    ("disagreed", "不同意推荐的"),
)
PARTS = {
    "organising": "一、组织推荐工作情况",
    "evaluating": "二、专家评议情况",
    "publicising": "三、公示情况",
    "consulting": "四、纪检监察意见情况",
    "deciding": "五、审定情况",
    "nominating": "六、推荐人选",
}
TO_BE_WRITTEN = "（系统中没有这一部分的记录，请编写文稿后再打印。）"
COLUMNS = (
    ("序号", 2),
    ("姓名", 5),
    ("工作单位", 8),
    ("类别", 4),
    ("职称（技能等级）", 5),
    ("指标类型", 5),
    ("排序", 2),
)


def prefilled(given: ReportInput) -> dict[str, str]:
    """The blanks as the records have them."""
    return {
        "organising": _organising(given),
        "evaluating": "\n".join(_sitting(one) for one in given.sittings),
        "publicising": _publicising(given),
        "consulting": _consulting(given),
        "deciding": _deciding(given),
        "nominating": _nominating(given),
        "phone": given.phone,
    }


def official_of(given: ReportInput, texts: Mapping[str, str]) -> Official:
    said = {**prefilled(given), **texts}
    subject = subject_of(given.programme)
    signed_on = official.day_of(_day(texts.get("dated", "")))
    blocks: list[official.Block] = []
    for code, title in PARTS.items():
        blocks += official.part(title, said[code] or TO_BE_WRITTEN)
    blocks.append(_table(given))
    dated = datetime.combine(given.dated, time(), timezone.get_current_timezone())
    return official.document(
        Official(
            stamp=official.stamp_of("推荐报告", given.number, given.office, dated),
            head="red",
            organ=given.office,
            number=said.get("number") or f"　　　〔{given.year}〕　　号",
            signer=said.get("signer") or "　　　　",
            title=title_of(given.office, f"关于推荐{subject}人选的报告"),
            addressee=given.receiver,
            blocks=tuple(blocks),
            annexes=tuple(Annex(title, ()) for title in given.annexes),
            signed_by=given.office,
            signed_on=signed_on,
            note=official.contact(said.get("contact", ""), said.get("phone", "")),
            imprint=(given.office, signed_on),
        )
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _organising(given: ReportInput) -> str:
    sent, passed = (sum(getattr(one, name) for one in given.filed) for name in ("sent", "passed"))
    by_track = "、".join(f"{one.track}{one.sent}人" for one in given.filed)
    says = f"按照{given.programme}工作安排，我单位组织开展了申报和推荐工作。"
    if not sent:
        return says
    return f"{says}共有{sent}人申报，其中{by_track}；经审核，通过{passed}人。"


def _sitting(one: SittingFact) -> str:
    when = f"{in_words(one.held_on)}，" if one.held_on else ""
    where = f"在{one.place}" if one.place else ""
    how = f"以{one.method}方式" if one.method else ""
    chaired = f"，由{one.chair}主持" if one.chair else ""
    came = f"应到专家{one.members}人，实到{one.present}人{chaired}。" if one.members else ""
    rule = f"表决规则为：{rule_in_words(one.rule)}。" if one.rule else ""
    tracks = f"（{one.tracks}）" if one.tracks else ""
    result = f"对{one.candidates}名人选进行评议，{one.admitted}人通过。"
    return f"{when}{where}{how}召开{one.step}{tracks}会议。{came}{rule}{result}"


def _publicising(given: ReportInput) -> str:
    said = []
    if given.below:
        said.append(_notice("所在单位公示", given.below))
    if given.here:
        said.append(_notice("本级公示", given.here))
    return "\n".join(said)


def _notice(level: str, one: Publicised) -> str:
    when = ""
    if one.starts_on and one.ends_on:
        when = f"，时间为{in_words(one.starts_on)}至{in_words(one.ends_on)}"
    return f"{level}：公示{one.people}人{when}。{objections_in_words(one.objections, one.upheld)}"


def objections_in_words(objections: int, upheld: int) -> str:
    if not objections:
        return "公示期间未收到异议。"
    return (
        f"公示期间收到异议{objections}件，均已核查办结，"
        f"其中成立{upheld}件、不成立{objections - upheld}件。"
    )


def _consulting(given: ReportInput) -> str:
    one = given.consulted
    if one is None:
        return ""
    letters = "、".join(
        "".join(filter(None, (in_words(day) if day else "", f"（{number}）" if number else "")))
        for number, day in one.replies
    )
    said = "，".join(
        f"{words}{one.answers[code]}人" for code, words in SAID if one.answers.get(code)
    )
    total = sum(one.answers.values())
    return f"就{total}名人选征求了{one.body or '纪检监察部门'}意见，{letters}回复：{said}。"


def _deciding(given: ReportInput) -> str:
    return "\n".join(
        f"{in_words(one.held_on) if one.held_on else ''}{one.body}审定同意"
        f"{f'（{one.number}）' if one.number else ''}。"
        for one in given.decided
    )


def _nominating(given: ReportInput) -> str:
    people = given.nominees
    if not people:
        return ""
    tracks = Counter(one.track for one in people)
    by_track = "、".join(f"{track}{count}名" for track, count in tracks.items())
    marks = Counter(mark for one in people for mark in one.marks)
    nonpublic = sum(one.is_nonpublic for one in people)
    some = [f"非公有制单位{nonpublic}名"] if nonpublic else []
    some += [f"“{mark}”{count}名" for mark, count in marks.items()]
    among = f"其中{'、'.join(some)}。" if some else ""
    first = [f"{one.name}（{one.preferred}）" for one in people if one.preferred]
    preferred = f"\n按同等条件下优先推荐：{'；'.join(first)}。" if first else ""
    return f"推荐{by_track}，共{len(people)}名，顺序如下。{among}{preferred}{_tilt(given.tilt)}"


def _tilt(tilt: Tilt) -> str:
    """Of those whom the call favours: how many applied, passed, were nominated."""
    said = [
        f"{mark.title}申报{share.filed}人、通过评审{share.passed}人、"
        f"推荐{share.nominated}人（占推荐的{of}）"
        for mark, share, of in tilt.shares
        if share.filed
    ]
    return f"\n倾斜情况：{'；'.join(said)}。" if said else ""


def _table(given: ReportInput) -> Table:
    rows = tuple(
        (
            str(number),
            one.name,
            one.employer,
            one.track,
            one.title,
            one.bucket,
            str(one.rank or "—"),
        )
        for number, one in enumerate(given.nominees, start=1)
    )
    return Table(COLUMNS, rows, centred=(0, 6))
