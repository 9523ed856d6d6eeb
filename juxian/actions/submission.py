"""Submitting: checking everything at once, freezing what was said, sending it on; and back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from juxian.actions._move import move
from juxian.actions.application import CORE, own, sealed, write_core
from juxian.actions.cycle import check_filing_open
from juxian.records.clock import now
from juxian.records.models import (
    Application,
    Correction,
    Evidence,
    Handling,
    Person,
    Stop,
    Submission,
)
from juxian.records.packs import pack_of
from juxian.regulation.eligibility import Finding, Severity, Verdict
from juxian.regulation.names import name_key
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Standing
from juxian.selectors.certification import entries
from juxian.selectors.core_facts import core_facts
from juxian.selectors.correction import open_correction, unanswered
from juxian.selectors.evidence import evidence_of
from juxian.selectors.facts import Answers, answers_of, facts_of, findings_of, reading_of
from juxian.selectors.gaps import gaps_of
from juxian.selectors.proxy import typists_of
from juxian.selectors.route import Route, route_of
from juxian.selectors.taking_back import latest_correction, taking_back_of


@transaction.atomic
def submit(application_id: int, *, by: Person, signed_name: str, declared: bool) -> Submission:
    """Freeze the form and send it on; a repeated call returns the submission already made.

    NotReady lists every gap and unmet condition at once as (path, sentence).
    """
    application = own(application_id, by, "employer__files_to")
    made = _already_submitted(application)
    if made is not None:
        return made
    pack = pack_of(application.cycle)
    moment = now()
    _check_in_time(application, moment)
    answers = answers_of(application)
    if application.resumes_at:
        write_core(application, core_facts(pack, answers))
    files = list(evidence_of(application))
    reading = reading_of(application, answers)
    facts = facts_of(application, reading, files=files)
    findings = findings_of(application, facts)
    found = gaps_of(application, reading, facts, findings, files)
    if found:
        many = _("还有%(count)d处需要处理，处理后再提交") % {"count": len(found)}
        raise NotReady(many if len(found) > 1 else found[0][1], found)
    _check_signed(application, by, signed_name, declared=declared)
    _keep_route(application, route_of(application, pack))
    turn = application.turn + bool(application.resumes_at)
    application.marks = [mark.code for mark in pack.marks_of(facts)] + _soft_marks(findings)
    application.fits = [
        rule.bucket.code for rule in pack.seats if rule.fits(application.track, facts)
    ]
    application.submitted_at = application.submitted_at or moment
    _save_submitted(application)
    signed = (signed_name, by, moment)
    submission = _freeze(
        application, turn, answers, files, entries(application, facts, findings, turn), signed
    )
    _close_correction(application, answers, files, moment)
    move(application, Act.SUBMIT, by=by)
    _compare_with_prints(submission)
    return submission


@transaction.atomic
def take_back(application_id: int, *, by: Person) -> Handling:
    """The submitted form is with its applicant again, everything kept; a repeated call changes
    nothing. What was submitted stays on record; submitting again opens the next turn.

    NotPossible, with the reason, once an office is at work on it or its time is over.
    """
    application = own(application_id, by)
    done = _already_taken_back(application)
    if done is not None:
        return done
    chance = taking_back_of(application)
    why_not = chance.why_not(now()) if chance else handled()
    if why_not:
        raise NotPossible(why_not)
    if application.opened_at is None:  # no office has seen it, and none sees a draft
        arrived = Stop.objects.filter(application=application, reached_at=application.held_since)
        arrived.update(reached_at=None)
    handling = move(application, Act.TAKE_BACK, by=by)
    if application.standing == Standing.RETURNED:
        _reopen_correction(application)
    else:
        application.submitted_at = None
    application.save(update_fields=["submitted_at", "due_at"])
    return handling


def handled() -> str:
    return _("办理单位已经办理这份申报，不能自行取回；如需更正，请联系办理单位退回")


def _already_taken_back(application: Application) -> Handling | None:
    last = Handling.objects.filter(application=application).order_by("-pk").first()
    return last if last is not None and last.act == Act.TAKE_BACK else None


def _reopen_correction(application: Application) -> None:
    """The return that the taken-back form had answered, with the same items and the same day."""
    correction = latest_correction(application)
    if correction is None:
        return
    Correction.objects.filter(pk=correction.pk).update(answered_at=None)
    application.due_at = correction.due_at


def _check_signed(
    application: Application, by: Person, signed_name: str, *, declared: bool
) -> None:
    if by.password_is_given:
        said = _("请先修改单位代设的口令，再签名提交；签名须由本人办理")
        raise NotReady(said, (("signed_name", said),))
    if not declared:
        said = _("请确认声明内容后再提交")
        raise NotReady(said, (("declared", said),))
    if name_key(signed_name) != name_key(application.name):
        said = _("签名须与登记表上的姓名一致")
        raise NotReady(said, (("signed_name", said),))


def _already_submitted(application: Application) -> Submission | None:
    """The submission of the present turn, when the file is already on its way (重复点击)."""
    procedure = pack_of(application.cycle).procedure
    if application.standing == Standing.OPEN and application.step != procedure.first.code:
        return Submission.objects.filter(application=application, turn=application.turn).first()
    return None


def _check_in_time(application: Application, moment: datetime) -> None:
    """A first submission by the close; a returned one by the return's own deadline."""
    if application.standing != Standing.RETURNED:
        check_filing_open(application.cycle, moment)
        return
    correction = open_correction(application)
    if correction is not None and moment >= correction.due_at:
        raise NotReady(_("已过补正期限，请联系退回单位说明情况"))


def _keep_route(application: Application, route: Route) -> None:
    """The first submission fixes the channel, the ladder and the office of every level."""
    if application.channel:
        return
    application.channel = route.channel.code
    application.ladder = list(route.ladder)
    Stop.objects.bulk_create(
        Stop(application=application, level=level, office=office)
        for level, office in route.offices.items()
    )


def _soft_marks(findings: Sequence[Finding]) -> list[str]:
    return [
        finding.condition.mark
        for finding in findings
        if finding.condition.mark
        and finding.verdict is Verdict.UNMET
        and finding.condition.severity is Severity.SOFT
    ]


def _save_submitted(application: Application) -> None:
    try:
        with transaction.atomic():
            application.save(
                update_fields=[*CORE, "channel", "ladder", "marks", "fits", "submitted_at"]
            )
    except IntegrityError as error:
        if "one_live_application_per_resident" not in str(error):
            raise
        raise NotReady(
            _("同一证件号码在本批次已有一份申报，不能重复申报；如非本人所为，请联系受理部门")
        ) from None


def _freeze(
    application: Application,
    turn: int,
    answers: Answers,
    files: Sequence[Evidence],
    findings: list[dict[str, Any]],
    signed: tuple[str, Person, datetime],
) -> Submission:
    signed_name, by, moment = signed
    pack = pack_of(application.cycle)
    header = {
        "number": application.number,
        "turn": turn,
        "track": application.track,
        "employer": application.employer.name,
        "channel": application.channel,
    }
    if typists := typists_of(application):
        header["typed_by"] = "、".join(typists)
    evidence = [
        {
            "id": file.pk,
            "material": file.material,
            "claim": file.claim,
            "title": file.title,
            "digest": file.file_id,
            "pages": file.file.pages,
        }
        for file in files
    ]
    kept = {
        section.code: sealed(section, answers.get(section.code, {}))
        for section in pack.form.for_track(application.track).sections
    }
    plain = {code: answers.get(code, {}) for code in kept}
    return Submission.objects.create(
        application=application,
        turn=turn,
        header=header,
        answers=kept,
        evidence=evidence,
        findings=findings,
        pack_digest=pack.digest,
        digest=digest_of(header, plain, evidence, pack.digest),
        signed_name=signed_name.strip(),
        by=by,
        submitted_at=moment,
    )


def _compare_with_prints(submission: Submission) -> None:
    """A first turn has none before it."""
    if submission.turn > 1:
        app.configure_task("read_pages").defer(submission=submission.pk)


def digest_of(
    header: Mapping[str, Any], answers: Answers, evidence: Sequence[Any], pack_digest: str
) -> str:
    """SHA-256 over the canonical JSON of what was submitted, sealed values opened."""
    whole = {"header": header, "answers": answers, "evidence": evidence, "pack": pack_digest}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _close_correction(
    application: Application, answers: Answers, files: Sequence[Evidence], moment: datetime
) -> None:
    """Each thing asked for must have been mended or answered in writing."""
    correction = open_correction(application)
    if correction is None:
        return
    places = tuple(
        (item.path, _("%(label)s：请修改，或书面答复") % {"label": item.label})
        for item in unanswered(correction, answers, files)
    )
    if places:
        raise NotReady(
            _("还有%(count)d处退回事项没有修改也没有答复") % {"count": len(places)}, places
        )
    Correction.objects.filter(pk=correction.pk).update(answered_at=moment)
