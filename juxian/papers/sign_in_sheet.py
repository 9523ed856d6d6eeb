"""What those at a sitting sign on their way in (签到表)."""

from juxian.papers import layout, render
from juxian.papers.answers import NOTHING
from juxian.papers.sheet import (
    LANDSCAPE_WIDTH,
    Grid,
    ListSheet,
    Part,
    Row,
    Rows,
    stamp_of,
)
from juxian.regulation.calendar import in_words
from juxian.selectors.paper_inputs import SignInInput

TEMPLATE = "evaluation_summary"
TITLE = "评议专家签到表"
LABELS = ("姓名", "单位", "职称、职务", "专业", "签到时间", "签名")
ROOM = {
    "姓名": "　" * 6,
    "单位": "　" * 14,
    "职称、职务": "　" * 6,
    "专业": "　" * 6,
    "签到时间": "　" * 5,
    "签名": "　" * 8,
}
EMPTY_LINES = 12
SPARE_LINES = 2


def sign_in_sheet(given: SignInInput) -> bytes:
    return render.render(TEMPLATE, sheet_of(given))


def sheet_of(given: SignInInput) -> ListSheet:
    parts = (_sitting(given), _lines(given))
    stamp = stamp_of(TITLE, given.number, parts, author=given.office, dated=given.dated)
    closing = (("签到工作人员签字：", "组长签字："),)
    return ListSheet(stamp, f"（{given.programme}）", parts, closing=closing)


def _sitting(given: SignInInput) -> Part:
    day = in_words(given.held_on) if given.held_on else "　　年　　月　　日"
    pairs = [
        ("组织单位", given.office),
        ("环节", given.step),
        ("时间", day),
        ("地点", given.place or NOTHING),
    ]
    return Part("", "", (Grid(layout.pack(pairs)),))


def _lines(given: SignInInput) -> Part:
    """Everybody named and a few lines more; without names, a sheet to write on."""
    blank = SPARE_LINES if given.experts else EMPTY_LINES
    known = [(one.name, one.employer, one.title, one.speciality, "", "") for one in given.experts]
    lines = known + [("",) * len(LABELS)] * blank
    measured = [
        layout.Measured(label, [*(line[n] for line in lines), ROOM.get(label, "")])
        for n, label in enumerate(LABELS)
    ]
    _kept, columns = layout.place(measured, LANDSCAPE_WIDTH)
    return Part("", "", (Rows("", columns, tuple(Row(line) for line in lines), is_tall=True),))
