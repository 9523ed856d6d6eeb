"""What a document is about: found by the key of its address, in the scope of its reader."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from juxian.access import scope
from juxian.access.duties import covers_all, duties_with
from juxian.records.models import Application, Cycle, Office, Person, Proceeding, Seats, Wording
from juxian.records.packs import pack_of
from juxian.regulation.documents import DOCUMENTS, DocumentKind
from juxian.regulation.words import Role
from juxian.selectors import report
from juxian.selectors.proceeding import is_work_of, tracks_on

LONGEST_KEY = 18  # digits that the database takes as a key


@dataclass(frozen=True, slots=True)
class Subject:
    """One document of an office, or one about a list or a file of it.

    `may_write` says whether the reader may write its blanks; `offices` are those of the reader.
    """

    document: DocumentKind
    key: str
    cycle: Cycle
    office: Office
    may_write: bool
    offices: frozenset[int] = frozenset()
    listed: Proceeding | None = None
    file: Application | None = None
    asked: report.Asked | None = None

    @property
    def about(self) -> Proceeding | Application | Cycle:
        """What a trace of it is left on."""
        return self.listed or self.file or self.cycle


def subject_of(person: Person, code: str, key: str) -> Subject | None:
    """None for a document that the person's duties do not reach, as for one that is none."""
    document = DOCUMENTS.get(code)
    return None if document is None else _found(document)(person, document, key)


def latest_wording(subject: Subject) -> Wording | None:
    """1 query."""
    rows = Wording.objects.filter(document=subject.document.code, key=subject.key)
    return rows.select_related("written_by").order_by("-version").first()


def name_of(subject: Subject) -> str:
    """单位-姓名-文书 for a document of one person, as such booklets are named; else 单位-文书."""
    name = subject.file.name if subject.file else ""
    return "-".join(part for part in (subject.office.name, name, subject.document.title) if part)


def key_of_office(cycle: Cycle, office: Office) -> str:
    return f"{cycle.pk}-{office.pk}"


def _found(document: DocumentKind) -> Callable[[Person, DocumentKind, str], Subject | None]:
    if document.of_file:
        return _of_file
    if document.of_report:
        return _of_report
    return _on_list if document.by_list else _of_office


def reads_all_tracks(person: Person, office: int) -> bool:
    duties = duties_with(person, *scope.OFFICE_ROLES)
    return any(office in duty.office_ids and not duty.track for duty in duties)


def writes_report(person: Person, cycle: Cycle, office: Office) -> bool:
    tracks = [track.code for track in pack_of(cycle).tracks]
    return covers_all(person, Role.HANDLER, office.pk, tracks)


def writes_on(person: Person, listed: Proceeding, tracks: Iterable[str]) -> bool:
    """Who works on the list, or handles files at its office."""
    known = [track for track in tracks if track]
    return is_work_of(person, listed, known) or covers_all(
        person, Role.HANDLER, listed.office_id, known
    )


def _of_office(person: Person, document: DocumentKind, key: str) -> Subject | None:
    """Of everything that the office sends up, so for those who may see all tracks of it."""
    duties = duties_with(person, *scope.OFFICE_ROLES)
    offices = {pk for duty in duties for pk in duty.office_ids if reads_all_tracks(person, pk)}
    cycle, _dash, office = key.partition("-")
    if not (_is_key(cycle) and _is_key(office)):
        return None
    held = Seats.objects.filter(cycle=int(cycle), office=int(office)).filter(office__in=offices)
    seats = held.select_related("cycle__organiser", "office").first()
    if seats is None:
        return None
    may_write = writes_report(person, seats.cycle, seats.office)
    return Subject(document, key, seats.cycle, seats.office, may_write)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def _of_file(person: Person, document: DocumentKind, key: str) -> Subject | None:
    rows = scope.worked(person).select_related("cycle__organiser", "employer", "holder")
    file = rows.filter(number=key).first()
    if file is None:
        return None
    offices = {pk for duty in duties_with(person, *scope.OFFICE_ROLES) for pk in duty.office_ids}
    return Subject(
        document,
        key,
        file.cycle,
        file.employer,
        may_write=False,
        offices=frozenset(offices),
        file=file,
    )


def _of_report(person: Person, document: DocumentKind, key: str) -> Subject | None:
    """For those to whom the report comes; its handlers and the cycle's secretaries write."""
    asked = report.by_key(person, key)
    if asked is None:
        return None
    may_write = bool(duties_with(person, Role.HANDLER, Role.SECRETARY))
    return Subject(document, key, asked.cycle, asked.cycle.organiser, may_write, asked=asked)


def _on_list(person: Person, document: DocumentKind, key: str) -> Subject | None:
    if not _is_key(key):
        return None
    rows = scope.proceedings(person).filter(pk=key, kind__in=document.by_list.split())
    listed = rows.select_related("cycle__organiser", "office__parent").first()
    if listed is None:
        return None
    may_write = writes_on(person, listed, tracks_on(listed))
    return Subject(document, key, listed.cycle, listed.office, may_write, listed=listed)
