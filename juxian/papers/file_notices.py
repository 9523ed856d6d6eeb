"""Notices to one applicant: what to mend, at once (退回补正); taken up (受理); or turned down."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from juxian.papers import official
from juxian.papers.notice import midnight
from juxian.papers.official import Block, Line, Official, Table
from juxian.papers.titles import subject_of
from juxian.regulation.calendar import in_words
from juxian.regulation.words import Act
from juxian.selectors.file_documents import (
    AcceptanceInput,
    CorrectionInput,
    Notified,
    RejectionInput,
)

TO_MEND = (("序号", 2), ("栏目或材料", 7), ("原因", 5), ("补正要求", 14))
DECIDED = {
    Act.REJECT: "经{step}，决定{what}。",
    Act.UPHOLD: "公示期间对您的异议经核查成立，决定{what}。",
    Act.PASS_OVER: "经本单位研究，您未列入本次推荐名单。",
    Act.RECALL: "经本单位研究，撤回对您的推荐。",
    Act.DISMISS: "经专家评议，您未获通过，决定{what}。",
    Act.DISSENT: "经征求有关部门意见，决定{what}。",
    Act.DECLINE: "经审定，决定{what}。",
}


def correction_notice(given: CorrectionInput) -> Official:
    """Everything to mend in one notice (一次性告知), and by when."""
    last = timezone.localtime(given.due_at - timedelta(seconds=1))
    rows = tuple(
        (str(number), one.place, one.reason, one.words)
        for number, one in enumerate(given.items, start=1)
    )
    says: tuple[Block, ...] = (
        Line(f"{_received(given.to)}经审核，有以下{len(rows)}处需要补正，现一次性告知："),
        Table(TO_MEND, rows, centred=(0,)),
        *official.paragraphs(given.opinion),
        Line(
            f"请于{in_words(last.date())}{_clock(last.hour, last.minute)}前登录系统，"
            "逐项修改或者写明情况后重新提交。以上所列以外的内容不能修改。"
        ),
    )
    return _notice(given.to, "退回补正通知书", says)


def acceptance_notice(given: AcceptanceInput) -> Official:
    says = (
        Line(
            f"{_received(given.to)}附证明材料{given.files}份。经{given.step}，"
            "符合报送要求，予以受理。"
        ),
        Line("请妥善保存材料原件，以备核对。办理进度可以凭编号在系统中查询。"),
    )
    return _notice(given.to, "受理通知书", says)


def rejection_notice(given: RejectionInput) -> Official:
    what = "不予受理" if given.is_formal else "不予推荐"
    decided = DECIDED[given.act].format(step=given.step, what=what)
    reason: tuple[Block, ...] = ()
    if given.reason:
        reason = official.paragraphs(f"理由：{given.reason}")
    phone = f"（联系电话：{given.to.phone}）" if given.to.phone else ""
    says = (
        Line(f"{_received(given.to)}{decided}"),
        *reason,
        Line(f"对本决定有疑问的，可以向本单位书面提出{phone}。"),
    )
    return _notice(given.to, f"{what}通知书", says)


def _received(to: Notified) -> str:
    turn = f"（第{to.turn}次提交）" if to.turn > 1 else ""
    return (
        f"您于{in_words(to.submitted_on)}提交{turn}的{subject_of(to.programme)}人选"
        f"《{to.form_title}》（编号{to.application}）收悉。"
    )


def _clock(hour: int, minute: int) -> str:
    """24时 for the end of a day."""
    if (hour, minute) == (23, 59):
        return "24时"
    return f"{hour}时{minute:02}分"


def _notice(to: Notified, title: str, says: Iterable[Block]) -> Official:
    return official.document(
        Official(
            stamp=official.stamp_of(title, to.number, to.office, midnight(to.done_on)),
            head="letter",
            organ=to.office,
            number=f"　　　〔{to.done_on.year}〕　　号",
            title=title,
            addressee=f"{to.name}同志（{to.employer}）",
            blocks=tuple(says),
            signed_by=to.office,
            signed_on=in_words(to.done_on),
            note=official.contact("", to.phone),
        )
    )
