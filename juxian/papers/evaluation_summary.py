"""The summary of an evaluation by experts (《专家评议结果汇总表》), printed only if it adds up."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from juxian.papers import layout, render
from juxian.papers.answers import NOTHING
from juxian.papers.sheet import (
    LANDSCAPE_WIDTH,
    Grid,
    ListSheet,
    Part,
    Passage,
    Row,
    Rows,
    stamp_of,
)
from juxian.regulation.ballot import BallotRule, Base, Comparator
from juxian.regulation.ballot_words import in_words as share_in_words
from juxian.regulation.calendar import in_words
from juxian.regulation.refusal import NotReady
from juxian.regulation.tally import Papers, check_arithmetic, check_papers, check_votes
from juxian.selectors.paper_inputs import CandidateFact, EvaluationInput, ExpertFact

TEMPLATE = "evaluation_summary"
TITLE = "专家评议结果汇总表"
BASES = {
    Base.MEMBERS: "应到人数",
    Base.PRESENT: "实到人数",
    Base.PRESENT_LESS_RECUSED: "实到减回避人数",
    Base.VALID: "有效票数",
}
COMPARED = {Comparator.AT_LEAST: "达到", Comparator.MORE_THAN: "超过"}
VERDICTS = {True: "是", False: "否", None: NOTHING}
SELDOM = {
    "废票": "0",
    "未收回": "0",
    "得分": NOTHING,
    "平均分": NOTHING,
    "标记": NOTHING,
}  # columns left out when nobody has any
FIGURES = (
    "参评票数",
    "同意",
    "反对",
    "弃权",
    "废票",
    "未收回",
    "回避未投",
    "同意率",
    "平均分",
    "名次",
    "是否推荐",
)
SIGN = "　　　　　　　　"


def evaluation_summary(given: EvaluationInput) -> bytes:
    """NotReady, with every figure that does not add up."""
    return render.render(TEMPLATE, sheet_of(given))


def sheet_of(given: EvaluationInput) -> ListSheet:
    faults = tuple(_faults(given))
    if faults:
        raise NotReady(_("评议的人数、票数对不上，不能打印汇总表；请更正记录后再打印"), faults)
    parts = (
        _sitting(given),
        _results(given),
        *([_experts(given)] if given.experts else []),
        *([_remark(given)] if given.remark else []),
    )
    stamp = stamp_of(TITLE, given.number, parts, author=given.office, dated=given.dated)
    signers = ("计票人签字：", "监票人签字：", "组长签字：", "单位（盖章）")
    return ListSheet(stamp, f"（{given.programme}）", parts, closing=(signers,))


def _faults(given: EvaluationInput) -> Iterator[tuple[str, str]]:
    if given.present > given.members:
        yield "present", f"实到{given.present}人多于应到{given.members}人。"
    if given.experts:
        came = sum(expert.is_present for expert in given.experts)
        if (len(given.experts), came) != (given.members, given.present):
            listed = f"专家名单{len(given.experts)}人、到会{came}人"
            yield "experts", f"{listed}，与应到{given.members}人、实到{given.present}人不符。"
    for candidate in given.candidates:
        for said in check_arithmetic(candidate.tally, _present(given, candidate)):
            yield candidate.name, f"{candidate.name}：{said}"
    if given.papers is not None:
        yield from _paper_faults(given, given.papers)


def _paper_faults(given: EvaluationInput, papers: Papers) -> Iterator[tuple[str, str]]:
    for _place, said in check_papers(papers, given.present):
        yield "papers", said
    for candidate in given.candidates:
        for said in check_votes(candidate.tally, papers):
            yield candidate.name, f"{candidate.name}：{said}"


def _sitting(given: EvaluationInput) -> Part:
    recused = sum(candidate.tally.recused for candidate in given.candidates)
    pairs = [
        ("推荐单位", given.office),
        ("评议环节", given.step),
        ("类别", given.track or "全部类别"),
        ("评议时间", in_words(given.held_on) if given.held_on else NOTHING),
        ("评议地点", given.place or NOTHING),
        ("评议方式", given.method or NOTHING),
        ("主持人", given.chair or NOTHING),
        ("应到专家", f"{given.members}人"),
        ("实到专家", f"{given.present}人"),
        ("回避", f"{recused}人次"),
        ("表决规则", rule_in_words(given.rule) if given.rule else NOTHING),
    ]
    if given.corrects:
        pairs.append(("复议", f"更正编号{given.corrects}的评议，原表作废"))
    if given.papers is not None:
        papers = given.papers
        spoiled = papers.returned - papers.valid
        said = (
            f"发出{papers.issued}张，收回{papers.returned}张，未收回{papers.unreturned}张；"
            f"有效票{papers.valid}张，废票{spoiled}张"
        )
        pairs.append(("选票", said))
    return Part("", "", (Grid(layout.pack(pairs)),))


def rule_in_words(rule: BallotRule) -> str:
    said = (
        f"到会专家不少于应到人数的{share_in_words(rule.quorum)}；"
        f"同意票{COMPARED[rule.comparator]}{BASES[rule.base]}的{share_in_words(rule.threshold)}为通过"
    )
    return f"{said}；{rule.scoring.says}" if rule.scoring else said


def _results(given: EvaluationInput) -> Part:
    lines = [_line(given, candidate) for candidate in _ranked(given.candidates)]
    labels = [label for label in lines[0] if _is_needed(label, lines)] if lines else []
    measured = [
        layout.Measured(label, [line[label] for line in lines], centred=label in FIGURES)
        for label in labels
    ]
    kept, columns = layout.place(measured, LANDSCAPE_WIDTH)
    side = [labels[n] for n in kept]
    rows = tuple(
        Row(
            tuple(line[label] for label in side),
            tuple((label, (line[label],)) for label in labels if label not in side),
        )
        for line in lines
    )
    return Part("一", "评议结果", (Rows("", columns, rows),))


def _is_needed(label: str, lines: Sequence[Mapping[str, str]]) -> bool:
    return label not in SELDOM or any(line[label] != SELDOM[label] for line in lines)


def _ranked(candidates: tuple[CandidateFact, ...]) -> list[CandidateFact]:
    return sorted(candidates, key=lambda candidate: candidate.rank or len(candidates) + 1)


def _line(given: EvaluationInput, candidate: CandidateFact) -> dict[str, str]:
    """By label, in the order of the columns."""
    tally = candidate.tally
    return {
        "姓名": candidate.name,
        "单位": candidate.employer,
        "职称": candidate.title or NOTHING,
        "专业": candidate.speciality or NOTHING,
        "参评票数": str(_present(given, candidate) - tally.recused),
        "同意": str(tally.ayes),
        "反对": str(tally.nays),
        "弃权": str(tally.abstained),
        "废票": str(tally.void),
        "未收回": str(tally.unreturned),
        "回避未投": str(tally.recused),
        "同意率": percent(_share(given, candidate)),
        "得分": "、".join(str(score) for score in candidate.scores) or NOTHING,
        "平均分": NOTHING if candidate.mean is None else str(candidate.mean),
        "名次": str(candidate.rank or NOTHING),
        "评议意见": candidate.opinion or NOTHING,
        "是否推荐": VERDICTS[candidate.admitted],
        "标记": "、".join(candidate.marks) or NOTHING,
    }


def _share(given: EvaluationInput, candidate: CandidateFact) -> Fraction:
    """Ayes over what the rule measures them against; over the votes due when there is no rule."""
    tally, present = candidate.tally, _present(given, candidate)
    bases = {
        Base.MEMBERS: given.members,
        Base.PRESENT: present,
        Base.PRESENT_LESS_RECUSED: present - tally.recused,
        Base.VALID: tally.valid,
    }
    base = bases[given.rule.base if given.rule else Base.PRESENT_LESS_RECUSED]
    return Fraction(tally.ayes, base) if base else Fraction(0)


def _present(given: EvaluationInput, candidate: CandidateFact) -> int:
    return given.present if candidate.present is None else candidate.present


def percent(share: Fraction) -> str:
    """85.7%, half rounded up, counted in whole tenths."""
    tenths = (share * 2000 + 1) // 2
    return f"{tenths // 10}.{tenths % 10}%"


def _experts(given: EvaluationInput) -> Part:
    lines = [
        (
            expert.name + ("（组长）" if expert.name == given.chair else ""),
            expert.employer or NOTHING,
            expert.title or NOTHING,
            expert.speciality or NOTHING,
            _attendance(expert),
            expert.kept_out or NOTHING,
            "",
        )
        for expert in given.experts
    ]
    labels = ("姓名", "单位", "职称、职务", "专业", "是否到会", "回避", "签名")
    measured = [
        layout.Measured(label, [*(line[n] for line in lines), SIGN if label == "签名" else ""])
        for n, label in enumerate(labels)
    ]
    _kept, columns = layout.place(measured, LANDSCAPE_WIDTH)
    return Part(
        "二", "评议专家名单", (Rows("", columns, tuple(Row(line) for line in lines), is_tall=True),)
    )


def _attendance(expert: ExpertFact) -> str:
    """是 10:05, or 否（出差）."""
    if expert.is_present:
        return f"是 {expert.arrival}".strip()
    return f"否（{expert.arrival}）" if expert.arrival else "否"


def _remark(given: EvaluationInput) -> Part:
    return Part(
        "三", "并列的处理", (Passage("排定的先后和理由", tuple(given.remark.splitlines())),)
    )
