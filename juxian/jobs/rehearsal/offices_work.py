"""The offices' part of a rehearsal: verify, return, evaluate, publicise, hear, decide, nominate."""

from collections.abc import Sequence
from datetime import timedelta

from juxian.actions import decision, evaluation, nomination, opinion, publicity, verification
from juxian.actions.application import save_section
from juxian.actions.proceeding import open_proceeding
from juxian.actions.submission import submit
from juxian.jobs.rehearsal.stage import Broken, Stage
from juxian.records.clock import day
from juxian.records.models import Application, Person, Proceeding, Section
from juxian.records.packs import calendar
from juxian.regulation.form import FieldKind
from juxian.regulation.procedure import Step
from juxian.regulation.public_notice import period_end
from juxian.regulation.words import Act, Kind, Level, Standing
from juxian.selectors.certification import open_questions, to_certify

RETURNED, REJECTED, OBJECTED, FOUNDED = 0.16, 0.01, 0.012, 0.15
EXPERTS = "甲乙丙丁戊己庚"
REASON = "长期在一线工作，业绩突出，同行公认。"
PLANTED = 0.2  # how often an office first tries what must be refused

Files = Sequence[Application]


def work(stage: Stage, step: Step, files: Files) -> None:
    """Take one office's files past one step."""
    officer = stage.officer(files[0], step)
    if step.kind is Kind.VERIFY:
        for file in files:
            _verify(stage, step, file, officer)
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
            _nominate(stage, step, listed, officer)
        case _:
            raise Broken(f"不会办理 {step.kind}")
    stage.passed[step.code] += len(files)


def _verify(stage: Stage, step: Step, file: Application, officer: Person) -> None:
    if stage.chance(RETURNED):
        _send_back(stage, file, officer)
    if stage.chance(REJECTED):
        with stage.refused("不予通过而不写意见"):
            verification.reject(file.pk, by=officer, opinion=" ")
        verification.reject(file.pk, by=officer, opinion="经核实业绩不符合申报条件。")
        stage.figures["不予通过"] += 1
        return
    for condition in open_questions(file) if step.level is not Level.EMPLOYER else ():
        verification.settle(
            file.pk, by=officer, condition=condition.code, holds=True, reason="经核实符合规定。"
        )
    certified = {condition.code: True for condition in to_certify(file)}
    verification.endorse(file.pk, by=officer, opinion="情况属实，同意。", certified=certified)
    stage.passed[step.code] += 1


def _send_back(stage: Stage, file: Application, officer: Person) -> None:
    """Return one long text, wait for the applicant to mend it, and have it back."""
    form = stage.pack.form.for_track(file.track)
    section, asked = next(
        (section, asked)
        for section in form.sections
        for asked in section.fields
        if asked.kind in (FieldKind.LONG_TEXT, FieldKind.TEXT)
        and asked.required
        and not asked.shown_when
    )
    due_on = day(stage.moment) + timedelta(days=3)
    item = verification.CorrectionRequest(
        f"{section.code}.{asked.code}", asked.label, "unclear", "请写得更具体。"
    )
    if stage.chance(PLANTED):
        with stage.refused("退回而不说明问题"):
            verification.send_back(file.pk, by=officer, opinion="请修改", items=[], due_on=due_on)
    verification.send_back(
        file.pk, by=officer, opinion="请按要求修改。", items=[item], due_on=due_on
    )
    file.refresh_from_db()
    stage.figures["退回修改"] += 1
    if file.standing != Standing.RETURNED:
        return
    applicant = file.applicant
    row = Section.objects.get(application=file, code=section.code)
    if stage.chance(PLANTED):
        with stage.refused("退回后未修改"):
            submit(file.pk, by=applicant, signed_name=file.name, declared=True)
    text = f"{str(row.values.get(asked.code))[: (asked.limit or 50) - 8]}（已补充）"
    save_section(file.pk, section.code, {asked.code: text}, by=applicant, version=row.version)
    submit(file.pk, by=applicant, signed_name=file.name, declared=True)
    file.refresh_from_db()


def _evaluate(stage: Stage, listed: Proceeding, files: Files, officer: Person) -> None:
    experts = tuple(
        evaluation.ExpertEntry(f"专家{letter}", "外单位（示例）", "正高级职称", "相关专业")
        for letter in EXPERTS
    )
    sitting = evaluation.Sitting(day(stage.moment), "会议室", "会议评议", "专家甲", experts)
    tallies = {}
    for file in files:
        recused = int(stage.chance(0.06))
        voters = len(experts) - recused
        ayes = voters if stage.chance(0.7) else stage.dice.randint(voters // 2, voters)
        nays = stage.dice.randint(0, voters - ayes)
        tallies[file.pk] = evaluation.CandidateTally(
            ayes, nays, voters - ayes - nays, recused, "业绩突出，同行认可。"
        )
    if stage.chance(PLANTED):
        wrong = {**tallies, files[0].pk: evaluation.CandidateTally(len(experts), 1)}
        with stage.refused("票数对不上"):
            evaluation.record(listed.pk, by=officer, sitting=sitting, tallies=wrong)
    evaluation.record(listed.pk, by=officer, sitting=sitting, tallies=tallies)
    evaluation.conclude(listed.pk, by=officer)


def publicise(stage: Stage, step: Step, groups: Sequence[Files]) -> None:
    """All offices publicise on the same days: post, wait for the end, deal with objections."""
    publicity_rule = step.publicity
    if publicity_rule is None:
        raise Broken(step.code)
    starts = day(stage.moment)
    ends = period_end(starts, publicity_rule, calendar())
    posted = []
    for files in groups:
        officer = stage.officer(files[0], step)
        listed = open_proceeding(step.code, [file.pk for file in files], by=officer)
        if stage.chance(PLANTED):
            with stage.refused("公示期不足"):
                publicity.publish(
                    listed.pk,
                    by=officer,
                    starts_on=starts,
                    ends_on=ends - timedelta(days=1),
                    place="公告栏",
                )
        publicity.publish(listed.pk, by=officer, starts_on=starts, ends_on=ends, place="公告栏")
        if stage.chance(PLANTED):
            with stage.refused("公示未满即办结"):
                publicity.conclude(listed.pk, by=officer)
        _object(stage, listed, files, officer)
        posted.append((listed, officer, len(files)))
    stage.move_clock(stage.moment + (ends - starts) + timedelta(days=1))
    for listed, officer, count in posted:
        publicity.conclude(listed.pk, by=officer)
        stage.passed[step.code] += count


def _object(stage: Stage, listed: Proceeding, files: Files, officer: Person) -> None:
    for file in files:
        if not stage.chance(OBJECTED):
            continue
        objector = publicity.Objector("赵实名", "0991-1234567", "某单位（示例）")
        objection = publicity.object_to(
            listed.pk, file.pk, objector=objector, category="achievement", facts="成果排名有疑问。"
        )
        upheld = stage.chance(FOUNDED)
        publicity.close_objection(
            objection.pk,
            by=officer,
            upheld=upheld,
            conclusion="经核查，" + ("反映属实。" if upheld else "反映不属实。"),
        )
        stage.figures["异议成立" if upheld else "异议不成立"] += 1


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
    opinion.conclude(
        listed.pk,
        by=officer,
        document_number="纪函〔示例〕3号",
        held_on=day(stage.moment),
        answers=answers,
    )


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


def _nominate(stage: Stage, step: Step, listed: Proceeding, officer: Person) -> None:
    """Rank, take the proposed buckets, give reasons, try one too many, pass the others over."""
    order = list(listed.items.order_by("pk").values_list("application", flat=True))
    stage.dice.shuffle(order)
    assignment = nomination.arrange(listed.pk, by=officer, order=order)
    left_over = dict.fromkeys(assignment.unplaced, "名额已满，按排序未列入。")
    if step.reason_limit is not None:
        _give_reasons(stage, listed, order, left_over, officer)
    if left_over:
        _overfill(stage, listed, order, left_over, officer)
    nomination.submit_list(listed.pk, by=officer, passed_over=left_over)
    for item in listed.items.filter(act=Act.RECOMMEND):
        stage.figures[f"指标 {stage.pack.seat_rule(item.bucket).bucket.title}"] += 1


def _give_reasons(
    stage: Stage, listed: Proceeding, order: list[int], left_over: dict[int, str], officer: Person
) -> None:
    if len(left_over) < len(order) and stage.chance(PLANTED):
        with stage.refused("推荐而不写理由"):
            nomination.submit_list(listed.pk, by=officer, passed_over=left_over)
    for pk in order:
        nomination.give_reason(listed.pk, pk, by=officer, reason=REASON)


def _overfill(
    stage: Stage, listed: Proceeding, order: list[int], left_over: dict[int, str], officer: Person
) -> None:
    """Squeeze somebody into a full bucket: the whole list must be refused."""
    fits = dict(listed.items.values_list("application", "application__fits"))
    held = set(listed.items.exclude(bucket="").values_list("bucket", flat=True))
    for pk in order:
        full = sorted(held.intersection(fits[pk])) if pk in left_over else []
        if full:
            nomination.choose_bucket(listed.pk, pk, full[0], by=officer)
            others = {key: said for key, said in left_over.items() if key != pk}
            with stage.refused("超指标上报"):
                nomination.submit_list(listed.pk, by=officer, passed_over=others)
            nomination.choose_bucket(listed.pk, pk, "", by=officer)
            return
