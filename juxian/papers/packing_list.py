"""The packing list and address label of an office's parcels, one for each receiving office."""

from juxian.papers import layout, render
from juxian.papers.answers import NOTHING
from juxian.papers.page_mark import line_svg
from juxian.papers.sheet import Grid, ListSheet, Part, stamp_of
from juxian.selectors.paper_inputs import PackingInput, Parcel

TEMPLATE = "packing_list"
TITLE = "装箱单"
TICK = "□"


def packing_lists(given: PackingInput) -> tuple[tuple[Parcel, bytes], ...]:
    """A PDF for each track's parcel: it goes to that track's office alone (通知五（二）)."""
    return tuple(
        (parcel, render.render(TEMPLATE, sheet_of(given, parcel))) for parcel in given.parcels
    )


def sheet_of(given: PackingInput, parcel: Parcel) -> ListSheet:
    parts = (_parties(given, parcel), _contents(parcel), _nominees(parcel))
    stamp = stamp_of(
        f"{TITLE}（{parcel.track}）",
        parcel.number,
        parts,
        author=given.nominator,
        dated=given.dated,
    )
    return ListSheet(
        stamp,
        f"（{given.programme}）",
        parts,
        closing=(
            ("装箱人：", "日期：", "承运单位及单号："),
            ("收件核对：□ 一致　□ 不一致", "收件人：", "日期："),
        ),
        bars=line_svg(parcel.number),
        address=(
            ("收件人", f"{parcel.office}（{parcel.track}推荐材料）"),
            ("地址", parcel.address),
            ("邮编", parcel.postcode),
            ("电话", parcel.phone),
            ("寄件人", f"{given.nominator}　{given.phone}"),
            ("邮包编号", parcel.number),
        ),
    )


def _parties(given: PackingInput, parcel: Parcel) -> Part:
    pairs = (
        ("报送单位", given.nominator),
        ("联系电话", given.phone or NOTHING),
        ("接收部门", parcel.office),
        ("接收电话", parcel.phone),
        ("接收地址", parcel.address),
        ("邮政编码", parcel.postcode),
        ("推荐类别", parcel.track),
        ("推荐人数", f"{len(parcel.nominees)}人"),
    )
    return Part("", "", (Grid(layout.pack(pairs)),))


def _contents(parcel: Parcel) -> Part:
    people = len(parcel.nominees)
    lines = [(title, NOTHING, str(copies), TICK) for title, copies in parcel.per_nominator]
    lines += [
        (f"《{title}》", f"{people}人，每人{copies}份", str(people * copies), TICK)
        for title, copies in parcel.per_nominee
    ]
    annexes = sum(nominee.evidence for nominee in parcel.nominees)
    lines.append(("证明材料复印件（按各人附件目录）", f"{people}人", str(annexes), TICK))
    return Part("一", "材料清单", (layout.table(("材料名称", "说明", "份数", "核对"), lines),))


def _nominees(parcel: Parcel) -> Part:
    forms = parcel.per_nominee[0][1] if parcel.per_nominee else 0
    lines = [
        (
            nominee.name,
            nominee.number,
            nominee.employer,
            nominee.bucket or NOTHING,
            str(nominee.rank or NOTHING),
            str(nominee.turn),
            str(forms),
            str(nominee.evidence),
            TICK,
        )
        for nominee in parcel.nominees
    ]
    labels = (
        "姓名",
        "编号",
        "工作单位",
        "指标类型",
        "排序",
        "轮次",
        "登记表份数",
        "附件份数",
        "核对",
    )
    return Part("二", "人员清单", (layout.table(labels, lines),))
