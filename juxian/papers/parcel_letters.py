"""What a receiving office answers a parcel with: a shortage letter (缺件通知), a receipt (回执)."""

from dataclasses import dataclass
from datetime import datetime

from juxian.papers import layout, render
from juxian.papers.answers import NOTHING
from juxian.papers.sheet import Grid, ListSheet, Part, Passage, stamp_of
from juxian.regulation.calendar import in_words
from juxian.regulation.deadlines import BEIJING
from juxian.regulation.parcel_pages import PageState
from juxian.selectors.parcel import is_late
from juxian.selectors.parcel_pile import CopyLine, PersonLine, Pile

TEMPLATE = "parcel_letter"
SHORTAGE, RECEIPT = "缺件通知", "邮包回执"
SUFFIXES = {SHORTAGE: "-Q", RECEIPT: "-H"}  # after the parcel's number
SAYS = {
    PageState.SUPERSEDED: "是较早一次提交的页，内容后来有修改，已作废，请重新打印、签字、盖章",
    PageState.DRAFT: "是草稿，不作为报送材料，请打印提交后的登记表",
    PageState.FOREIGN: "与系统中的内容对不上，请重新打印、签字、盖章",
    PageState.ELSEWHERE: "不在本邮包的清单上，请核对是否装错",
}


@dataclass(frozen=True, slots=True)
class LetterInput:
    """A parcel as it lies there, and until which day what is missing may follow."""

    pile: Pile
    dated: datetime
    until: str


def shortage_letter(given: LetterInput) -> bytes:
    return render.render(TEMPLATE, sheet_of(given, SHORTAGE))


def parcel_receipt(given: LetterInput) -> bytes:
    return render.render(TEMPLATE, sheet_of(given, RECEIPT))


def sheet_of(given: LetterInput, title: str) -> ListSheet:
    """Its digest is of what was found: it proves itself as long as nothing more has come.

    The last part, by when to send what is missing and the conclusion, follows from the others.
    """
    awaited = given.pile.awaited
    number = awaited.number + SUFFIXES[title]
    says = _shortage(given) if title == SHORTAGE else _receipt(given)
    facts = _facts(given.pile)
    parts = (facts, *says)
    stamp = stamp_of(
        title, number, (facts, *says[:-1]), author=awaited.receiver.name, dated=given.dated
    )
    closing = (
        (awaited.receiver.name, "（盖章）", in_words(given.dated.astimezone(BEIJING).date())),
    )
    return ListSheet(stamp, f"（{awaited.pack.programme.title}）", parts, closing=closing)


def _facts(pile: Pile) -> Part:
    pairs = [
        ("推荐单位", pile.awaited.office.name),
        ("推荐类别", pile.awaited.track.title),
        ("邮包编号", pile.awaited.number),
        ("推荐人数", f"{len(pile.people)}人"),
    ]
    pairs += [("运单", f"{one.courier}　{one.tracking_number}") for one in pile.mailings[-1:]]
    for arrival in pile.arrivals[:1]:
        pairs.append(("收到日期", in_words(arrival.arrived_on)))
        postmark = arrival.postmarked_on
        pairs.append(("邮戳日期", in_words(postmark) if postmark else NOTHING))
        pairs.append(("是否逾期", "逾期" if is_late(pile.awaited.channel, arrival) else "未逾期"))
    return Part("", "", (Grid(layout.pack(pairs)),))


def _shortage(given: LetterInput) -> tuple[Part, ...]:
    pile = given.pile
    lines = [line for person in pile.people for line in _lacks(person)]
    own = [(title, NOTHING, "未见") for title, tick in pile.own if not tick.is_there]
    lacking = Part("一", "缺少的", (layout.table(("姓名、材料", "第几份", "缺什么"), own + lines),))
    odd = [
        (row.paper, f"第{row.copy}份第{row.page}页", SAYS.get(PageState(row.verdict), NOTHING))
        for row in reversed(pile.odd)
    ]
    wrong = Part("二", "不能作数的页", (layout.table(("编号", "哪一页", "说明"), odd),))
    to = pile.awaited.track.receiving
    where = f"{to.name}（{to.address}，邮编{to.postcode}，电话{to.phone}）"
    number = pile.awaited.number
    says = (
        f"请于{given.until}前将上列材料补寄{where}，信封上写明邮包编号{number}。",
        "只补所缺的页，已收到的不用重寄。同一张纸的正反两面一起打印。",
    )
    asked = Passage("请于此前补齐", says)
    parts = [lacking, wrong] if odd else [lacking]
    return (*parts, Part("三" if odd else "二", "补寄", (asked,)))


def _lacks(person: PersonLine) -> list[tuple[str, str, str]]:
    name = person.application.name
    lines = [
        (f"{name}《{one.title}》", str(one.copy.number), "；".join(_of_copy(one)))
        for one in person.copies
        if _of_copy(one)
    ]
    if not person.annexes.is_there:
        lines.append((f"{name}　证明材料复印件", NOTHING, "未齐"))
    return lines


def _of_copy(one: CopyLine) -> list[str]:
    """Seals are asked for only where there is a copy to bear them."""
    said = [one.lacks] if one.lacks else []
    unsealed = [tick.item for tick in one.ticks if not tick.is_there]
    if unsealed and not one.copy.is_absent:
        said.append(f"缺{'、'.join(unsealed)}")
    return said


def _receipt(given: LetterInput) -> tuple[Part, ...]:
    pile = given.pile
    lines = [
        (
            person.application.name,
            person.application.number,
            str(person.application.turn),
            f"{person.whole} / {len(person.copies)}",
            str(sum(len(one.copy.found) for one in person.copies)),
            "齐全" if person.is_done else "未齐",
        )
        for person in pile.people
    ]
    labels = ("姓名", "编号", "轮次", "齐全的份数", "页数", "结论")
    own = [(title, "收到" if tick.is_there else "未见") for title, tick in pile.own]
    whole = "本邮包各项材料齐全，纸件与系统中的数据一致。" if pile.is_complete else (
        "本邮包还有未齐的材料，见缺件通知。"
    )  # fmt: skip
    return (
        Part("一", "收到的人员材料", (layout.table(labels, lines),)),
        Part("二", "收到的单位材料", (layout.table(("材料", "结论"), own),)),
        Part("三", "结论", (Passage("受理处室", (whole,)),)),
    )
