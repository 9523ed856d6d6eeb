"""The recommendation form (推荐表) that a nominating unit prints for each nominee."""

from juxian.papers import layout, render
from juxian.papers.answers import NOTHING, by_label, paragraphs
from juxian.papers.sheet import Block, Grid, ListSheet, Opinion, Part, Passage, Stamp, digest_of
from juxian.regulation.calendar import in_words
from juxian.regulation.words import Kind
from juxian.selectors.paper_inputs import NominationInput, NomineeFact, OpinionFact

TEMPLATE = "nomination_form"
SUFFIX = "-T"  # a recommendation form's number is its nominee's, and this
REASON_ROOM = "推荐理由"
CONDITION_LABELS = ("主要条件", "申报条件")
DEEDS_LABELS = ("主要突出贡献事迹", "主要突出贡献事迹（简）")


def nomination_form(given: NominationInput) -> bytes:
    return render.render(TEMPLATE, sheet_of(given))


def sheet_of(given: NominationInput) -> ListSheet:
    number = given.nominee.number + SUFFIX
    parts = (_facts(given), _reasons(given.nominee), _opinions(given))
    stamp = Stamp(
        title=given.title,
        number=number,
        turn=given.nominee.turn,
        digest=digest_of(number, parts),
        copies=given.copies,
        author=given.nominator,
        dated=given.dated,
    )
    contact = ("联系人：", f"电话：{given.phone}", "填表日期：")
    return ListSheet(stamp, f"（{given.programme}）", parts, closing=(contact,))


def _facts(given: NominationInput) -> Part:
    nominee = given.nominee

    def said(*labels: str) -> str:
        return by_label(nominee.form, nominee.answers, *labels)

    rank = f"第{nominee.rank}名（共{given.listed}名）" if nominee.rank else ""
    school = "　".join(filter(None, (said("毕业院校"), said("所学专业"))))
    pairs = (
        ("推荐单位", given.nominator),
        ("推荐排序", rank),
        ("推荐类别", nominee.track),
        ("指标类型", nominee.bucket),
        ("姓名", nominee.name),
        ("性别", nominee.sex),
        ("出生年月", month(nominee)),
        ("民族", said("民族")),
        ("政治面貌", said("政治面貌")),
        ("参加工作时间", said("参加工作时间")),
        ("学历", said("学历")),
        ("学位", said("学位")),
        ("毕业院校及专业", school),
        ("工作单位", nominee.employer),
        ("行政职务", said("行政职务")),
        ("职称（技能等级）", nominee.title),
        ("取得时间", said("取得年月", "取得时间", "发证日期")),
        ("从事专业（工种）", nominee.speciality),
        ("归口行业", said("归口行业")),
        ("符合条件", said(*CONDITION_LABELS)),
        ("优先与倾斜", "、".join(nominee.marks)),
        *([("同等条件下优先", nominee.preferred)] if nominee.preferred else ()),
    )
    filled = [(label, value or NOTHING) for label, value in pairs]
    return Part("", "", (Grid(layout.pack(filled)),))


def month(nominee: NomineeFact) -> str:
    born = nominee.birth_date
    return f"{born.year}.{born.month:02}" if born else ""


def _reasons(nominee: NomineeFact) -> Part:
    deeds = by_label(nominee.form, nominee.answers, *DEEDS_LABELS)
    blocks: list[Block] = [
        Opinion(REASON_ROOM, paragraphs(nominee.reason), signer="", sealed=False)
    ]
    if deeds:
        blocks.insert(0, Passage("主要业绩摘要", paragraphs(deeds)))
    return Part("", "", tuple(blocks))


def _opinions(given: NominationInput) -> Part:
    return Part("", "", tuple(_opinion(fact) for fact in given.opinions))


def _opinion(fact: OpinionFact) -> Opinion:
    signer = "组长签字" if fact.kind is Kind.REVIEW else "负责人签字"
    if fact.done_on is None:
        return Opinion(fact.title, signer=signer)
    record = "　".join(filter(None, (fact.office, in_words(fact.done_on))))
    return Opinion(fact.title, fact.words, f"系统办理记录：{record}", signer)
