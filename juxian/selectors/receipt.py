"""What the receipt of a submission says (提交回执)."""

from dataclasses import dataclass
from datetime import datetime

from juxian.records.models import Application, Submission
from juxian.records.packs import pack_of
from juxian.regulation.pack import Contact, Pack
from juxian.selectors.coming import Coming, coming_steps
from juxian.selectors.papers import FORM, copies_of


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A file as it was submitted; `digest` is the first twelve digits of its SHA-256."""

    material: str
    title: str
    pages: int
    digest: str


@dataclass(frozen=True, slots=True)
class ReceiptInput:
    """`coming` are the steps still ahead of the turn at hand; none of an earlier turn."""

    programme: str
    issuer: str
    form_title: str
    cycle: str
    track: str
    name: str
    employer: str
    number: str
    turn: int
    digest: str
    submitted_at: datetime
    files: tuple[FileGiven, ...]
    coming: tuple[Coming, ...]
    contacts: tuple[Contact, ...]
    copies: int


def submissions_of(application: Application) -> list[Submission]:
    """Of every turn, the latest first, without what they say. 1 query."""
    rows = Submission.objects.filter(application=application).defer("answers", "findings")
    return list(rows.order_by("-turn"))


def receipt_input(application: Application, submission: Submission) -> ReceiptInput:
    pack = pack_of(application.cycle)
    is_current = submission.turn == application.turn
    return ReceiptInput(
        programme=pack.programme.title,
        issuer=application.cycle.organiser.name,
        form_title=pack.programme.form_title,
        cycle=application.cycle.title,
        track=pack.track(application.track).title,
        name=submission.signed_name,
        employer=str(submission.header["employer"]),
        number=application.number,
        turn=submission.turn,
        digest=submission.digest,
        submitted_at=submission.submitted_at,
        files=files_in(pack, submission),
        coming=coming_steps(application) if is_current else (),
        contacts=pack.contacts,
        copies=copies_of(pack, FORM),
    )


def files_in(pack: Pack, submission: Submission) -> tuple[FileGiven, ...]:
    titles = {material.code: material.title for material in pack.materials}
    return tuple(
        FileGiven(
            material=titles.get(one["material"], one["material"]),
            title=one["title"],
            pages=one["pages"],
            digest=one["digest"][:12],
        )
        for one in submission.evidence
    )
