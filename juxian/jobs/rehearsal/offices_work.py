"""The offices' part of a rehearsal: evaluate, ask for opinions, decide, and the rest in turn."""

from collections.abc import Sequence
from decimal import Decimal

from juxian.actions import decision, evaluation, opinion
from juxian.actions.proceeding import open_proceeding
from juxian.jobs.rehearsal.nominating import nominate
from juxian.jobs.rehearsal.shares import CARRIED_AT_ONCE, CARRIED_IN_SMALL, PLANTED
from juxian.jobs.rehearsal.stage import Broken, Stage
from juxian.jobs.rehearsal.verifying import verify
from juxian.records.clock import day
from juxian.records.models import Application, Person, Proceeding
from juxian.records.packs import pack_of
from juxian.regulation.procedure import Step
from juxian.regulation.words import Kind

EXPERTS = "甲乙丙丁戊己庚"

Files = Sequence[Application]


def work(stage: Stage, step: Step, files: Files) -> None:
    """Take one office's files past one step."""
    officer = stage.officer(files[0], step)
    if step.kind is Kind.VERIFY:
        for file in files:
            verify(stage, step, file, officer)
        return
    listed = open_proceeding(step.code, [file.pk for file in files], by=officer)
    match step.kind:
        case Kind.REVIEW:
            _evaluate(stage, listed, files, officer)
        case Kind.OPINE:
            _hear(stage, listed, files, officer)
        case Kind.DECIDE:
            _decide(stage, step, listed, officer)
        case Kind.RECOMMEND:
            nominate(stage, step, listed, officer)
        case _:
            raise Broken(f"不会办理 {step.kind}")
    stage.take(step.code, listed)


def _evaluate(stage: Stage, listed: Proceeding, files: Files, officer: Person) -> None:
    tallies: dict[int, evaluation.CandidateTally] = {}
    kept_out: dict[int, str] = {}
    for file in files:
        share = CARRIED_AT_ONCE if stage.region.is_whole else CARRIED_IN_SMALL
        share += 0.25 * bool(file.marks)  # 同等条件下优先
        recused = int(stage.chance(0.06))
        kept_out |= {file.pk: "kin"} if recused else {}
        voters = len(EXPERTS) - recused
        ayes = (
            voters
            if file.pk in stage.notable or stage.chance(share)
            else stage.dice.randint(voters // 2, voters)
        )
        nays = stage.dice.randint(0, voters - ayes)
        tallies[file.pk] = evaluation.CandidateTally(
            ayes, nays, voters - ayes - nays, recused, "业绩突出，同行认可。"
        )
    experts = tuple(
        evaluation.ExpertEntry(
            f"专家{letter}",
            "外单位（示例）",
            "正高级职称",
            "相关专业",
            kept_out=kept_out if letter == EXPERTS[-1] else {},
            scores=_scores(stage, listed, files),
        )
        for letter in EXPERTS
    )
    sitting = evaluation.Sitting(day(stage.moment), "会议室", "会议评议", "专家甲", experts)
    if stage.chance(PLANTED):
        wrong = {**tallies, files[0].pk: evaluation.CandidateTally(len(experts), 1)}
        with stage.refused("票数对不上"):
            evaluation.record(listed.pk, by=officer, sitting=sitting, tallies=wrong)
    evaluation.record(listed.pk, by=officer, sitting=sitting, tallies=tallies)
    evaluation.conclude(listed.pk, by=officer)


def _scores(stage: Stage, listed: Proceeding, files: Files) -> dict[int, Decimal]:
    """One expert's, where the call has scores."""
    pack = pack_of(listed.cycle)
    scoring = pack.ballots[pack.procedure.step(listed.step).ballot].scoring
    if scoring is None:
        return {}
    return {
        file.pk: Decimal(stage.dice.randint(scoring.top * 6 // 10, scoring.top)) for file in files
    }


def _hear(stage: Stage, listed: Proceeding, files: Files, officer: Person) -> None:
    answers = {}
    for file in files:
        draw = stage.dice.random()
        code, said = opinion.OpinionCode.NONE, ""
        if draw < 0.01:  # noqa: PLR2004
            code, said = opinion.OpinionCode.DISAGREED, "正在核查有关问题。"
        elif draw < 0.03:  # noqa: PLR2004
            code, said = opinion.OpinionCode.CLEARED, "有反映，已查清，不影响推荐。"
        answers[file.pk] = opinion.OpinionAnswer(code, said)
    reply = opinion.Reply("纪函〔示例〕3号", day(stage.moment), answers)
    opinion.conclude(listed.pk, by=officer, reply=reply)


def _decide(stage: Stage, step: Step, listed: Proceeding, officer: Person) -> None:
    if stage.chance(PLANTED):
        with stage.refused("审定没有文号"):
            decision.conclude(
                listed.pk,
                by=officer,
                body=step.body,
                held_on=day(stage.moment),
                document_number=" ",
            )
    decision.conclude(
        listed.pk,
        by=officer,
        body=step.body,
        held_on=day(stage.moment),
        document_number="会纪〔示例〕8号",
    )
