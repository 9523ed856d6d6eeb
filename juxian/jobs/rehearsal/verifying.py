"""Verifying one file in a rehearsal: see what is wrong, send back, settle, refuse or endorse."""

from collections.abc import Callable
from datetime import timedelta

from juxian.actions import verification
from juxian.actions.application import save_section
from juxian.actions.submission import submit
from juxian.jobs.rehearsal import shares
from juxian.jobs.rehearsal.slips import FINDERS, Finder, Slip
from juxian.jobs.rehearsal.stage import Broken, Flaw, Stage
from juxian.records.clock import day
from juxian.records.models import Application, Person, Section, Submission
from juxian.regulation.eligibility import Verdict
from juxian.regulation.form import FieldKind
from juxian.regulation.procedure import Step
from juxian.regulation.words import Level, Standing
from juxian.selectors.certification import open_questions, to_certify
from juxian.selectors.facts import unsealed

Mend = Callable[[], None]


def verify(stage: Stage, step: Step, file: Application, officer: Person) -> None:
    stage.worked[step.code] += 1
    flaw = stage.flaws.pop(file.pk, None)
    level = str(step.level)
    if flaw is not None:
        _see(stage, file, flaw, officer)
    elif stage.chance(shares.RETURNED.get(level, 0)):
        _ask_for_more(stage, file, officer)
        if stage.chance(shares.RETURNED_AGAIN):
            _ask_for_more(stage, file, officer)
            stage.figures["两次退回"] += 1
    employer = step.level is Level.EMPLOYER
    strict = employer and stage.region.is_whole
    if stage.chance(shares.REFUSED_BY_EMPLOYER if strict else shares.REFUSED_LATER):
        _reject(stage, file, officer, "经核实业绩不符合申报条件。")
        return
    if not employer and not _settled(stage, file, officer):
        return
    certified = {condition.code: True for condition in to_certify(file)}
    if employer and certified and stage.chance(shares.PLANTED / 4):
        with stage.refused("核实不符仍予通过"):
            denied = {**certified, next(iter(certified)): False}
            verification.endorse(file.pk, by=officer, opinion="同意。", certified=denied)
    verification.endorse(file.pk, by=officer, opinion="情况属实，同意。", certified=certified)
    stage.passed[step.code] += 1


def _reject(stage: Stage, file: Application, officer: Person, opinion: str) -> None:
    if stage.chance(shares.PLANTED):
        with stage.refused("不予通过而不写意见"):
            verification.reject(file.pk, by=officer, opinion=" ")
    verification.reject(file.pk, by=officer, opinion=opinion)
    stage.figures["不予通过"] += 1


def _settled(stage: Stage, file: Application, officer: Person) -> bool:
    """Decide what no rule could; a file that an office decided against goes no further."""
    against = stage.chance(shares.SETTLED_AGAINST)
    questions = open_questions(file)
    if questions and stage.chance(shares.PLANTED):
        with stage.refused("须由人认定而未认定"):
            verification.endorse(file.pk, by=officer, opinion="同意。")
    for condition in questions:
        if stage.doubtful.get(file.pk) == condition.code:
            stage.ledger.find(Slip.UNCLEAR, condition.says)
            del stage.doubtful[file.pk]
        verification.settle(
            file.pk,
            by=officer,
            condition=condition.code,
            holds=not against,
            reason="经核实" + ("不" if against else "") + "符合规定。",
        )
        stage.figures["由人认定" + ("不符合" if against else "符合")] += 1
    if questions and against:
        with stage.refused("认定为不符合仍予通过"):
            verification.endorse(file.pk, by=officer, opinion="同意。")
        _reject(stage, file, officer, "经核实不符合规定。")
        return False
    return True


def _see(stage: Stage, file: Application, flaw: Flaw, officer: Person) -> None:
    """The officer sees it: by the hint beside it, or with the eye alone."""
    words = flaw.words
    if FINDERS.get(flaw.slip) is Finder.HINT:
        words = _hint(file, flaw)
        if not words:
            raise Broken(f"{flaw.slip}没有提示")
    item = verification.CorrectionRequest(flaw.path, flaw.label, "unclear", flaw.words)
    _send_back(stage, file, officer, item, lambda: flaw.mend(file))
    stage.ledger.find(flaw.slip, words)


def _hint(file: Application, flaw: Flaw) -> str:
    """What the submission's findings say of the flaw, or nothing."""
    kept = Submission.objects.filter(application=file).latest("turn")
    unmet = [f for f in kept.findings if f["verdict"] == Verdict.UNMET and f["detail"]]
    return next((f["detail"] for f in unmet if f["code"] == flaw.condition), "")


def _ask_for_more(stage: Stage, file: Application, officer: Person) -> None:
    """Return one text for being too vague."""
    form = stage.pack.form.for_track(file.track)
    section, asked = next(
        (section, asked)
        for section in form.sections
        for asked in section.fields
        if asked.kind in (FieldKind.LONG_TEXT, FieldKind.TEXT)
        and asked.required
        and not asked.shown_when
    )
    item = verification.CorrectionRequest(
        f"{section.code}.{asked.code}", asked.label, "unclear", "请写得更具体。"
    )
    if stage.chance(shares.PLANTED):
        with stage.refused("退回而不说明问题"):
            due_on = day(stage.moment) + timedelta(days=3)
            verification.send_back(file.pk, by=officer, opinion="请修改", items=[], due_on=due_on)

    def mend() -> None:
        row = Section.objects.get(application=file, code=section.code)
        before = str(unsealed(row.values).get(asked.code))
        said = before.replace(MENDED, "")[: (asked.limit or 50) - len(MENDED)]
        text = said if MENDED in before else said + MENDED
        save_section(
            file.pk, section.code, {asked.code: text}, by=file.applicant, version=row.version
        )

    _send_back(stage, file, officer, item, mend)


MENDED = "（已补充）"


def _send_back(
    stage: Stage,
    file: Application,
    officer: Person,
    item: verification.CorrectionRequest,
    mend: Mend,
) -> None:
    """Return it, wait for the applicant to mend it, and have it back."""
    due_on = day(stage.moment) + timedelta(days=3)
    verification.send_back(
        file.pk, by=officer, opinion="请按要求修改。", items=[item], due_on=due_on
    )
    file.refresh_from_db()
    stage.figures["退回修改"] += 1
    if file.standing != Standing.RETURNED:
        return
    if stage.chance(shares.PLANTED):
        with stage.refused("退回后未修改"):
            submit(file.pk, by=file.applicant, signed_name=file.name, declared=True)
    mend()
    submit(file.pk, by=file.applicant, signed_name=file.name, declared=True)
    file.refresh_from_db()
