"""What an application form is printed from: the frozen submission, or the draft as it stands."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from juxian.records.models import Application, Stop, StoredFile, Submission
from juxian.records.packs import pack_of
from juxian.regulation.form import FieldKind, Form
from juxian.regulation.pack import Pack
from juxian.regulation.words import Level
from juxian.selectors.core_facts import core_facts
from juxian.selectors.evidence import content_of, evidence_of
from juxian.selectors.facts import Answers, answers_of, unsealed
from juxian.selectors.paper_inputs import EvidenceFact, FormInput
from juxian.selectors.paper_opinions import opinions_of
from juxian.selectors.route import nominator_of
from juxian.selectors.windows import windows_of

FORM, NOMINATION = "application_form", "nomination_form"  # codes of a pack's papers


def application_form_input(
    application: Application, submission: Submission | None, *, for_applicant: bool = False
) -> FormInput:
    """The form of one turn; a draft when there is no submission.

    The applicant's own copy leaves out what its progress does: votes, ranks, offices' words.
    """
    turn = submission.turn if submission else None
    pack = pack_of(application.cycle)
    form = pack.form.for_track(application.track)
    answers = unsealed(submission.answers) if submission else answers_of(application)
    return FormInput(
        title=pack.programme.form_title,
        programme=pack.programme.title,
        issuer=application.cycle.organiser.name,
        form=form,
        answers=answers,
        number=application.number,
        turn=submission.turn if submission else 0,
        digest=submission.digest if submission else _draft_digest(answers),
        copies=copies_of(pack, FORM) if submission else 1,
        dated=submission.submitted_at if submission else application.created_at,
        name=core_facts(pack, answers).name or application.name,
        employer=submission.header["employer"] if submission else application.employer.name,
        nominator=nominator_name(application),
        track=pack.track(application.track).title,
        photo=_photo(form, answers),
        counted=windows_of(pack, application.track),
        opinions=opinions_of(application, turn=turn, for_applicant=for_applicant),
        evidence=tuple(_evidence(pack, application, submission)),
    )


def copies_of(pack: Pack, code: str) -> int:
    """How many copies the call asks for; one of a paper it does not name."""
    return next((paper.copies for paper in pack.papers if paper.code == code), 1)


def nominator_name(application: Application) -> str:
    """The nominating unit of the route; of a draft without one, whom its employer files to."""
    stop = (
        Stop.objects.filter(application=application, level=Level.NOMINATOR)
        .select_related("office")
        .first()
    )
    office = stop.office if stop else nominator_of(application.employer)[0]
    return office.name if office else ""


def _draft_digest(answers: Answers) -> str:
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _photo(form: Form, answers: Answers) -> bytes:
    """The photograph that the form names by its digest; b"" when there is none on file."""
    for section in form.sections:
        for field in section.fields:
            if field.kind is FieldKind.PHOTO:
                digest = str(answers.get(section.code, {}).get(field.code) or "")
                file = StoredFile.objects.filter(digest=digest).first()
                return content_of(file) if file else b""
    return b""


def _evidence(
    pack: Pack, application: Application, submission: Submission | None
) -> Iterator[EvidenceFact]:
    """In the order of the call's materials, and within one in the applicant's (通知五（一）)."""
    titles = {material.code: material.title for material in pack.materials}
    order = list(titles)
    files = submission.evidence if submission else _files_now(application)
    known = [file for file in files if file["material"] in titles]
    for file in sorted(known, key=lambda file: order.index(file["material"])):
        yield EvidenceFact(titles[file["material"]], file["title"], file["claim"], file["pages"])


def _files_now(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "material": file.material,
            "title": file.title,
            "claim": file.claim,
            "pages": file.file.pages,
        }
        for file in evidence_of(application)
    ]
