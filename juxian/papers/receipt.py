"""The receipt of a submission (提交回执): what was received and when, and what comes next."""

from juxian.papers import layout, render
from juxian.papers.answers import NOTHING
from juxian.papers.sheet import Grid, ListSheet, Part, Passage, Stamp
from juxian.regulation.deadlines import BEIJING
from juxian.regulation.vocabulary import close_in_words
from juxian.selectors.receipt import ReceiptInput

TEMPLATE = "receipt"
TITLE = "提交回执"
SUFFIX = "-H"  # a receipt's number is its application's, and this
GROUP = 16  # digits of a digest that stand together


def receipt(given: ReceiptInput) -> bytes:
    return render.render(TEMPLATE, sheet_of(given))


def sheet_of(given: ReceiptInput) -> ListSheet:
    """Its digest is the submission's: it proves what the form of that turn proves."""
    stamp = Stamp(
        title=TITLE,
        number=given.number + SUFFIX,
        turn=given.turn,
        digest=given.digest,
        copies=1,
        author=given.issuer,
        dated=given.submitted_at,
    )
    parts = [_facts(given), _files(given)]
    if given.coming:
        parts.append(_coming(given))
    parts.append(_advice(given, "四" if given.coming else "三"))
    return ListSheet(stamp, f"（{given.programme}）", tuple(parts))


def _facts(given: ReceiptInput) -> Part:
    digits = (given.digest[at : at + GROUP] for at in range(0, len(given.digest), GROUP))
    pairs = (
        ("编号", given.number),
        ("第几次提交", f"第 {given.turn} 次"),
        ("姓名", given.name),
        ("申报类别", given.track),
        ("工作单位", given.employer),
        ("批次", given.cycle),
        ("提交时间", f"{given.submitted_at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}（北京时间）"),
    )
    grid = Grid(layout.pack(pairs))
    return Part("一", "收到的申报", (grid, Passage("校验值（SHA-256）", (" ".join(digits),))))


def _files(given: ReceiptInput) -> Part:
    lines = [(one.material, one.title, str(one.pages), one.digest) for one in given.files]
    pages = sum(one.pages for one in given.files)
    note = f"共{len(lines)}份、{pages}页。校验码为文件 SHA-256 的前12位。"
    return Part(
        "二", "证明材料", (layout.table(("材料", "名称", "页数", "校验码"), lines, left=2),), note
    )


def _coming(given: ReceiptInput) -> Part:
    lines = [
        (one.title, one.office, close_in_words(one.due_at) if one.due_at else NOTHING)
        for one in given.coming
    ]
    note = "计划时限为内部安排，供了解进度；以各环节实际办理为准。"
    return Part(
        "三", "接下来", (layout.table(("环节", "办理单位", "计划时限"), lines, left=2),), note
    )


def _advice(given: ReceiptInput, number: str) -> Part:
    lines = (
        f"请打印《{given.form_title}》一式{given.copies}份，亲笔签名后交所在单位人事部门。",
        "如被退回，会一次列出全部要改的地方和期限，并在“我的申报”中提醒。",
        "核验：扫描本页二维码，或在公众端“验真伪”中填写本页下方的编号和校验码。",
        *(f"咨询：{one.title}　{'、'.join(one.phones)}" for one in given.contacts),
    )
    return Part(number, "说明", (Passage("请留意", lines),))
