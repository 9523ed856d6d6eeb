"""Votes on one candidate, papers of one round, and whether they add up (专家评议结果汇总表)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on one candidate; `recused` are members present who may not vote on this one."""

    ayes: int
    nays: int
    abstained: int = 0
    recused: int = 0
    void: int = 0  # 废票
    unreturned: int = 0  # 未收回的票

    @property
    def valid(self) -> int:
        return self.ayes + self.nays + self.abstained


@dataclass(frozen=True, slots=True)
class Papers:
    """Ballot papers of one round (选票)."""

    issued: int  # 发出
    returned: int  # 收回
    unreturned: int  # 未收回
    valid: int  # 有效


def check_arithmetic(tally: Tally, present: int) -> tuple[str, ...]:
    """Where one candidate's figures do not add up to those present."""
    figures = {
        "同意": tally.ayes,
        "反对": tally.nays,
        "弃权": tally.abstained,
        "废票": tally.void,
        "未收回": tally.unreturned,
    }
    found = [f"{noun}不能为负数。" for noun, votes in figures.items() if votes < 0]
    if tally.recused < 0:
        found.append("回避不能为负数。")
    if tally.recused > present:
        found.append(f"回避{tally.recused}人多于实到{present}人。")
    votes, voters = sum(figures.values()), present - tally.recused
    if not found and votes != voters:
        parts = "、".join(
            f"{noun}{votes}票"
            for noun, votes in figures.items()
            if votes or noun in ("同意", "反对", "弃权")
        )
        found.append(
            f"{parts}合计{votes}票，应等于实到{present}人减回避{tally.recused}人后的{voters}票，"
            f"{'多' if votes > voters else '少'}{abs(votes - voters)}票。"
        )
    return tuple(found)


def check_papers(papers: Papers, present: int) -> tuple[tuple[str, str], ...]:
    """Where the papers of a round do not add up: the figure that is too large, and a sentence."""
    found = []
    if min(papers.issued, papers.returned, papers.valid) < 0:
        found.append(("issued", "选票数不能为负数。"))
    if papers.issued > present:
        found.append(("issued", f"发出{papers.issued}票多于实到{present}人。"))
    if papers.returned > papers.issued:
        found.append(("returned", f"收回{papers.returned}票多于发出{papers.issued}票。"))
    elif papers.issued != papers.returned + papers.unreturned:
        said = (
            f"发出{papers.issued}票，应等于收回{papers.returned}票加未收回{papers.unreturned}票。"
        )
        found.append(("issued", said))
    if papers.valid > papers.returned:
        found.append(("valid", f"有效{papers.valid}票多于收回{papers.returned}票。"))
    return tuple(found)


def check_votes(tally: Tally, papers: Papers) -> tuple[str, ...]:
    """Where one candidate's figures cannot come from these papers."""
    found = []
    if tally.valid > papers.valid:
        found.append(f"同意、反对、弃权合计{tally.valid}票，多于有效选票{papers.valid}张。")
    if tally.unreturned > papers.unreturned:
        found.append(f"未收回{tally.unreturned}票，多于未收回的选票{papers.unreturned}张。")
    return tuple(found)
