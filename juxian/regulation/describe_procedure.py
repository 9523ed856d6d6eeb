"""A pack's channels and ladders in words, with a diagram (Markdown, Mermaid)."""

from collections.abc import Iterator, Mapping, Sequence

from juxian.regulation.ballot import BallotRule, Comparator, TieRule
from juxian.regulation.calendar import UnknownYear, WorkingCalendar
from juxian.regulation.deadlines import deadlines_of
from juxian.regulation.markdown import table
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Publicity, Step
from juxian.regulation.taking_back import FREELY
from juxian.regulation.vocabulary import (
    BASES,
    HOLDERS,
    KINDS,
    LEVELS,
    ROLES,
    TIES,
    moment_in_words,
)
from juxian.regulation.words import Kind, Level, ReturnTo

FLAGS: Mapping[str, str] = {
    "secret": "无记名表决",
    "four_eyes": "须由另一人办理",
    "skipped_when_same_office": "推荐单位就是用人单位时省去",
    "withdrawable": "申报人可以撤回",
}
RETURNS: Mapping[ReturnTo, str] = {
    ReturnTo.APPLICANT: "只退回申报人本人",
    ReturnTo.BELOW: "逐级退回，不直接退回申报人",
}


def procedure_in_words(pack: Pack, calendar: WorkingCalendar) -> Iterator[str]:
    yield "渠道和程序"
    yield from table(
        ("渠道", "推荐单位", "用人单位", "依据"),
        (
            (
                channel.title,
                "、".join(HOLDERS[holder] for holder in channel.holders),
                {None: "不限", True: "非公有制", False: "公有制"}[channel.nonpublic],
                channel.clause,
            )
            for channel in pack.channels
        ),
    )
    yield (
        f"提交后{FREELY.seconds // 60}分钟内，或者办理单位打开申报之前，申报人可以取回修改；"
        "申报截止（退回的，补正期限）之后不能取回。"
    )
    yield ""
    due = _due(pack, calendar)
    for ladder, titles in _ladders(pack).items():
        short = _ladder_length(pack, titles)
        yield f"### {'；'.join(titles)}"
        yield ""
        yield f"共{len(ladder)}个环节{short}。内部时限供各环节安排，不影响受理。"
        yield ""
        steps = [pack.procedure.step(code) for code in ladder]
        yield from table(
            ("序号", "环节", "工作", "办理", "要求", "内部时限", "依据"),
            (
                (
                    number,
                    step.title,
                    KINDS[step.kind],
                    _who(step),
                    "；".join(_demands(step, pack)) or "—",
                    due.get(step.code, "—"),
                    step.clause,
                )
                for number, step in enumerate(steps, start=1)
            ),
        )
        yield from _diagram(steps)
    yield from _verifying(pack)


def _due(pack: Pack, calendar: WorkingCalendar) -> dict[str, str]:
    try:
        due = deadlines_of(pack.deadlines, closes=pack.window.closes, calendar=calendar)
    except UnknownYear as unknown:
        said = f"{unknown.year}年节假日安排尚未载入"
        return {deadline.step: said for deadline in pack.deadlines}
    return {step: moment_in_words(moment) for step, moment in due.items()}


def _ladders(pack: Pack) -> dict[tuple[str, ...], list[str]]:
    """Every ladder with the titles of the channels that climb it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for channel in pack.channels:
        ladder = pack.procedure.ladder(channel.code, tuple(Level), same_office=False)
        found.setdefault(ladder, []).append(channel.title)
    return found


def _ladder_length(pack: Pack, titles: Sequence[str]) -> str:
    channel = next(channel for channel in pack.channels if channel.title in titles)
    ladders = [
        pack.procedure.ladder(channel.code, tuple(Level), same_office=same)
        for same in (False, True)
    ]
    if ladders[0] == ladders[1]:
        return ""
    return f"；推荐单位就是用人单位的，{len(ladders[1])}个环节"


def _who(step: Step) -> str:
    return "申报人" if step.kind is Kind.FILL else f"{LEVELS[step.level]}{ROLES[step.role]}"


def _demands(step: Step, pack: Pack) -> Iterator[str]:
    if step.publicity is not None:
        yield _publicity(step.publicity)
    if step.ballot:
        yield rule_in_words(pack.ballots[step.ballot])
    if step.body:
        yield step.body
    if step.valid_months is not None:
        yield f"意见{step.valid_months}个月内有效"
    if step.reason_limit is not None:
        yield f"每人写推荐理由，不超过{step.reason_limit}字"
    if step.supplement_days is not None:
        yield f"撤回或未予通过的，可在截止后{step.supplement_days}个工作日内补充推荐"
    if step.kind is Kind.VERIFY:
        yield from _of_verifying(step)
    yield from (words for name, words in FLAGS.items() if getattr(step, name))


def _of_verifying(step: Step) -> Iterator[str]:
    if step.processing_days is not None:
        yield f"{step.processing_days}个工作日内办理（退回期间不计）"
    if step.returns_most is not None:
        yield f"最多退回{step.returns_most}次"
    if step.returns_to in RETURNS:
        yield RETURNS[step.returns_to]
    if step.signing:
        yield f"{'、'.join(ROLES[role] for role in step.signing)}依次签署"


def _verifying(pack: Pack) -> Iterator[str]:
    yield from ("### 审核要点和退回原因", "", "没有写明最多退回几次的环节，退回次数不限。", "")
    yield from table(
        ("哪一级", "类别", "审核要点", "依据"),
        (
            (
                LEVELS[point.level],
                "、".join(pack.track(code).title for code in point.tracks) or "各类",
                point.says,
                point.clause,
            )
            for point in pack.checklist
        ),
    )
    yield from table(
        ("退回原因", "要怎样改（可以改写）", "依据"),
        ((one.title, one.sentence("…") or "—", one.clause) for one in pack.return_reasons),
    )


def _publicity(publicity: Publicity) -> str:
    unit = "工作日" if publicity.working else "自然日"
    first = "含发布当日" if publicity.count_first_day else "自次日起算"
    return f"公示不少于{publicity.days}个{unit}（{first}）"


def rule_in_words(rule: BallotRule) -> str:
    verb = "达到" if rule.comparator is Comparator.AT_LEAST else "超过"
    said = [f"同意票{verb}{BASES[rule.base]}的{rule.threshold}"]
    said += [rule.scoring.says] if rule.scoring else []
    said += ["与人选同一单位的专家回避"] if rule.recuses_colleagues else []
    return "；".join(said)


def ties_in_words(rule: BallotRule) -> str:
    if rule.tie is not TieRule.REVOTE:
        return TIES[rule.tie]
    after = TIES[rule.tie_after].removeprefix("并列者")
    return f"{TIES[rule.tie]}，最多{rule.revotes}次；仍并列的{after}"


def _diagram(steps: Sequence[Step]) -> Iterator[str]:
    names = {step.code: f"s{number}" for number, step in enumerate(steps, start=1)}
    yield from ("```mermaid", "flowchart TD")
    level: str | None = None
    for step in steps:
        here = "申报人" if step.kind is Kind.FILL else LEVELS[step.level]
        if here != level:
            yield from ["  end"] if level is not None else []
            yield f'  subgraph g{names[step.code]}["{here}"]'
            level = here
        yield f'    {names[step.code]}["{step.title}"]'
    yield "  end"
    yield f'  {" --> ".join(names.values())} --> done(["入选"])'
    for step in steps:
        if step.skipped_when_same_office:
            yield f"  style {names[step.code]} stroke-dasharray: 4"
    yield from ("```", "")
