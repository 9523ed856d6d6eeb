"""What papers are made from: plain frozen facts, read once and then independent of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from juxian.regulation.ballot import BallotRule
from juxian.regulation.form import Form
from juxian.regulation.tally import Papers, Tally
from juxian.regulation.words import Kind
from juxian.selectors.windows import CountedSince

Answers = Mapping[str, Mapping[str, Any]]
"""{section: {field: value}}, sealed values opened; rows are dicts with an "id"."""


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """One proof as it was submitted; `claim` is "section.table.row id", or ""."""

    material: str
    title: str
    claim: str
    pages: int


@dataclass(frozen=True, slots=True)
class OpinionFact:
    """A step that a form leaves a box for, and what is on record of it.

    `office`, `by` and `done_on` are empty until the step is done. `confidential` words are not
    for the applicant, and stay off the form.
    """

    title: str
    kind: Kind
    words: tuple[str, ...] = ()
    office: str = ""
    by: str = ""
    done_on: date | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class FormInput:
    """An application in one turn; turn 0 is a draft. `photo` is a JPEG or PNG, or b""."""

    title: str
    programme: str
    issuer: str
    form: Form
    answers: Answers = field(repr=False)
    number: str
    turn: int
    digest: str
    copies: int
    dated: datetime
    name: str
    employer: str
    nominator: str
    track: str
    photo: bytes = field(default=b"", repr=False)
    counted: tuple[CountedSince, ...] = ()
    opinions: tuple[OpinionFact, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()


@dataclass(frozen=True, slots=True)
class NomineeFact:
    """A nominee as lists and recommendation forms name one; answers are those submitted."""

    number: str
    turn: int
    track: str
    nominator: str
    form: Form
    answers: Answers = field(repr=False)
    name: str
    sex: str
    birth_date: date | None
    employer: str
    is_nonpublic: bool
    title: str
    speciality: str
    digest: str
    marks: tuple[str, ...] = ()
    bucket: str = ""
    rank: int | None = None
    preferred: str = ""
    tally: Tally | None = None
    present: int | None = None
    publicity: str = ""
    reason: str = ""
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class NominationInput:
    """One nominee's recommendation form (推荐表)."""

    title: str
    programme: str
    issuer: str
    nominator: str
    phone: str
    copies: int
    dated: datetime
    nominee: NomineeFact
    listed: int
    opinions: tuple[OpinionFact, ...]


@dataclass(frozen=True, slots=True)
class CandidateFact:
    """A candidate's votes; `admitted` is None until the evaluation is concluded.

    `present` are those of the round that voted on him, where it is not that of the sitting.
    """

    name: str
    employer: str
    title: str
    speciality: str
    tally: Tally
    present: int | None = None
    rank: int | None = None
    opinion: str = ""
    admitted: bool | None = None
    marks: tuple[str, ...] = ()
    scores: tuple[Decimal, ...] = ()
    mean: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ExpertFact:
    """`arrival` is when one signed in, or why one did not come."""

    name: str
    employer: str
    title: str
    speciality: str
    is_present: bool = True
    arrival: str = ""
    kept_out: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationInput:
    """One evaluation's record. `papers` are the ballot papers of a vote on paper, when counted."""

    number: str
    programme: str
    issuer: str
    office: str
    step: str
    track: str
    held_on: date | None
    place: str
    method: str
    chair: str
    members: int
    present: int
    dated: datetime
    candidates: tuple[CandidateFact, ...]
    experts: tuple[ExpertFact, ...] = ()
    rule: BallotRule | None = None
    papers: Papers | None = None
    remark: str = ""  # how ties were decided
    corrects: str = ""  # the number of the record that it takes the place of (复议)


@dataclass(frozen=True, slots=True)
class SignInInput:
    """Those who are to come to a sitting, as far as they are known before it."""

    number: str
    programme: str
    office: str
    step: str
    held_on: date | None
    place: str
    dated: datetime
    experts: tuple[ExpertFact, ...]


@dataclass(frozen=True, slots=True)
class SummaryInput:
    """The list of an office's nominees (推荐人选一览表), of all tracks, in their order."""

    programme: str
    issuer: str
    nominator: str
    made_at: datetime
    nominees: tuple[NomineeFact, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one receiving office is sent: a track's nominees, and papers with their copies."""

    number: str
    track: str
    office: str
    address: str
    postcode: str
    phone: str
    nominees: tuple[NomineeFact, ...]
    per_nominee: tuple[tuple[str, int], ...]
    per_nominator: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PackingInput:
    """An office's package to the province, one parcel per track (通知五（二）)."""

    programme: str
    issuer: str
    nominator: str
    phone: str
    address: str
    postcode: str
    dated: datetime
    parcels: tuple[Parcel, ...]
