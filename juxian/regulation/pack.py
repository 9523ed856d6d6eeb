"""A programme pack: one year's call (申报通知), as data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Strict, StrictBool, StrictInt

from juxian.regulation.ballot import BallotRule
from juxian.regulation.eligibility import Condition, Facts, Test
from juxian.regulation.fields import Form, When
from juxian.regulation.paper_channel import PaperChannel
from juxian.regulation.problems import STRICT
from juxian.regulation.procedure import Procedure
from juxian.regulation.seat_rule import SeatRule
from juxian.regulation.verifying import CheckPoint, ReturnReason
from juxian.regulation.words import Holder, Nature

Moment = Annotated[datetime, Strict()]
Day = Annotated[date, Strict()]
Clock = Annotated[time, Strict()]


@dataclass(frozen=True, slots=True)
class Programme:
    __pydantic_config__ = STRICT

    title: str
    short_title: str
    year: StrictInt
    number: str
    issuer: str
    numbering: str  # what form numbers begin with
    form_title: str
    nomination_form_title: str
    clause: str


@dataclass(frozen=True, slots=True)
class Core:
    """Where the form asks the facts that every programme has: "section.field", or
    "section.table.column" of a table's latest row; of several, the first that is answered."""

    __pydantic_config__ = STRICT

    name: tuple[str, ...]
    resident_id: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    birth_date: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    speciality: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every place, in the order of the facts."""
        facts = (self.name, self.resident_id, self.sex, self.birth_date, self.title)
        return tuple(path for places in (*facts, self.speciality) for path in places)

    @property
    def sections(self) -> frozenset[str]:
        return frozenset(path.split(".")[0] for path in self.paths)


@dataclass(frozen=True, slots=True)
class Window:
    """When filing is open. `closes` is exclusive: 24:00 of a day is 00:00 of the next."""

    __pydantic_config__ = STRICT

    opens: Moment
    closes: Moment
    clause: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step's internal deadline, so many working days before the close, at a clock time."""

    __pydantic_config__ = STRICT

    step: str
    working_days_before: StrictInt
    at: Clock
    clause: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report that every nominating unit owes by the end of a day, with all of its parts.

    It goes to the office that receives a track's papers, or to the organiser where none is named.
    A part has at most `limit` characters, white space left out.
    """

    __pydantic_config__ = STRICT

    code: str
    title: str
    due: Day
    parts: tuple[str, ...]
    clause: str
    receiving: str = ""
    late: Literal["marked", "refused"] = "marked"
    limit: int = 3000


@dataclass(frozen=True, slots=True)
class Receiving:
    """The office that receives a track's papers."""

    __pydantic_config__ = STRICT

    office: str
    name: str
    address: str
    postcode: str
    phone: str


@dataclass(frozen=True, slots=True)
class Track:
    __pydantic_config__ = STRICT

    code: str
    title: str
    letter: str  # the track's letter in form numbers
    receiving: Receiving
    clause: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A filing ladder (申报渠道), chosen by the nominating unit and the employer's ownership."""

    __pydantic_config__ = STRICT

    code: str
    title: str
    holders: tuple[Holder, ...]
    clause: str
    nonpublic: StrictBool | None = None  # None: employers of either ownership


@dataclass(frozen=True, slots=True)
class Mark:
    """A priority or tilt (优先、倾斜): shown, counted, never a score; `breaks_ties` where it may
    be the reason to rank somebody first (同等条件下优先)."""

    __pydantic_config__ = STRICT

    code: str
    title: str
    clause: str
    test: Test
    breaks_ties: StrictBool = False


@dataclass(frozen=True, slots=True)
class Material:
    """A kind of evidence the applicant gives (材料).

    `required_when` names answers by "section.field"; any of them that holds makes it required.
    """

    __pydantic_config__ = STRICT

    code: str
    title: str
    clause: str
    help: str = ""
    caution: str = ""  # what must not be seen in it
    in_names: tuple[str, ...] = ()  # words of file names that tell that a file is for it
    required: StrictBool = False
    most: StrictInt | None = None  # files
    tracks: tuple[str, ...] = ()
    proves: tuple[str, ...] = ()  # sections of the form
    rows: tuple[str, ...] = ()  # tables of those ("section.table") whose every row it should prove
    required_when: tuple[When, ...] = ()
    supports: tuple[str, ...] = ()  # conditions that may be claimed (申报条件)

    def is_for(self, track: str) -> bool:
        return not self.tracks or track in self.tracks

    def is_due(self, track: str, facts: Facts) -> bool:
        """Whether an applicant with these answers must give it."""
        asked = self.required or any(w.holds(facts.get(w.field)) for w in self.required_when)
        return asked and self.is_for(track)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to print and post: how many copies, to whom."""

    __pydantic_config__ = STRICT

    code: str
    title: str
    copies: StrictInt
    per: Literal["applicant", "nominator"]
    clause: str


@dataclass(frozen=True, slots=True)
class Contact:
    __pydantic_config__ = STRICT

    title: str
    phones: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the notice leaves open, decided here, with the reason shown to officials."""

    __pydantic_config__ = STRICT

    code: str
    title: str
    value: Any
    says: str
    clause: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the notice: what it asks, in our words, and who carries it out.

    `by_code` names what the programme itself does (`clauses.BY_CODE`), `shown` where information
    is shown.
    """

    __pydantic_config__ = STRICT

    id: str
    says: str
    nature: Nature
    cite: str
    by_code: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A short passage of the guide (办事指南)."""

    __pydantic_config__ = STRICT

    title: str
    says: str
    clause: str


@dataclass(frozen=True, slots=True)
class Pack:
    code: str
    digest: str
    programme: Programme
    core: Core
    window: Window
    procedure: Procedure
    tracks: tuple[Track, ...]
    channels: tuple[Channel, ...]
    conditions: tuple[Condition, ...]
    marks: tuple[Mark, ...]
    seats: tuple[SeatRule, ...]
    ballots: Mapping[str, BallotRule]
    form: Form
    deadlines: tuple[Deadline, ...]
    reports: tuple[Report, ...]
    materials: tuple[Material, ...]
    papers: tuple[Paper, ...]
    paper_channel: PaperChannel | None
    contacts: tuple[Contact, ...]
    settings: Mapping[str, Setting]
    advice: tuple[Advice, ...]
    clauses: tuple[Clause, ...]
    resubmission_clause: str
    ballot_clauses: Mapping[str, str]
    return_reasons: tuple[ReturnReason, ...] = ()
    checklist: tuple[CheckPoint, ...] = ()

    def track(self, code: str) -> Track:
        return _named(self.tracks, code)

    def channel(self, code: str) -> Channel:
        return _named(self.channels, code)

    def condition(self, code: str) -> Condition:
        return _named(self.conditions, code)

    def material(self, code: str) -> Material:
        return _named(self.materials, code)

    def paper(self, code: str) -> Paper:
        return _named(self.papers, code)

    def report(self, code: str) -> Report:
        return _named(self.reports, code)

    def seat_rule(self, bucket: str) -> SeatRule:
        """LookupError when there is no such bucket."""
        for rule in self.seats:
            if rule.bucket.code == bucket:
                return rule
        raise LookupError(bucket)

    def clause(self, id_: str) -> Clause:
        """LookupError when the notice has no such clause."""
        for clause in self.clauses:
            if clause.id == id_:
                return clause
        raise LookupError(id_)

    def channel_for(self, *, holder: str, nonpublic: bool) -> Channel | None:
        """The first channel whose nominating units and ownership fit the employer."""
        for channel in self.channels:
            if holder in channel.holders and channel.nonpublic in (None, nonpublic):
                return channel
        return None

    def marks_of(self, facts: Facts) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.test.holds(facts))

    def preferences(self, marks: Collection[str]) -> tuple[Mark, ...]:
        """Of an application's marks, those that may put it first among equals."""
        return tuple(mark for mark in self.marks if mark.breaks_ties and mark.code in marks)

    def mark_title(self, code: str) -> str:
        """What a mark on an application is called; a soft condition's mark is its own title."""
        return next((mark.title for mark in self.marks if mark.code == code), code)

    def return_reason_title(self, code: str) -> str:
        """What a return's reason is called; the code itself where the pack has none such."""
        return next((reason.title for reason in self.return_reasons if reason.code == code), code)

    def form_number(self, track: str, serial: int, *, prefix: str = "") -> str:
        """A cycle that is not the pack's first has a `prefix` of its own."""
        return f"{prefix or self.programme.numbering}-{self.track(track).letter}-{serial:05d}"


Entry = TypeVar("Entry", Track, Channel, Condition, Material, Paper, Report)


def _named(entries: tuple[Entry, ...], code: str) -> Entry:
    """The entry of that code; LookupError when there is none."""
    for entry in entries:
        if entry.code == code:
            return entry
    raise LookupError(code)
