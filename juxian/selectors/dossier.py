"""A candidate's file as a panel member may read it: what was submitted, less what is private."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from juxian.access import scope
from juxian.records.models import Application, Certification, Evidence, Person, Submission
from juxian.records.packs import pack_of
from juxian.regulation.eligibility import Condition
from juxian.regulation.form import Field, FieldKind, Form
from juxian.regulation.pack import Pack
from juxian.selectors.findings import Found, findings_on, marks_of, said_of
from juxian.selectors.form_reading import Part, read
from juxian.selectors.windows import windows_of

PRIVATE = (
    FieldKind.RESIDENT_ID,
    FieldKind.MOBILE,
    FieldKind.PHONE,
    FieldKind.EMAIL,
    FieldKind.POSTCODE,
    FieldKind.PHOTO,
)


@dataclass(frozen=True, slots=True)
class Remarks:
    """Marks (破格, tilts) for voters to know of, never to score by; and what was settled."""

    marks: tuple[str, ...]
    notable: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    application: Application
    submission: Submission | None
    parts: tuple[Part, ...]
    remarks: Remarks


def dossier_of(application: Application) -> Dossier:
    """The newest submission without contact data and sealed answers. 2 queries."""
    pack = pack_of(application.cycle)
    submission = Submission.objects.filter(application=application).order_by("-turn").first()
    said = said_of([application.pk])[application.pk]
    remarks = _remarks(pack, application, submission, said)
    if submission is None:
        return Dossier(application, None, (), remarks)
    form = without_private(pack.form.for_track(application.track))
    parts = read(form, submission.answers, windows=windows_of(pack, application.track))
    return Dossier(application, submission, parts, remarks)


def remarks_on(pack: Pack, applications: Sequence[Application]) -> dict[int, Remarks]:
    """By application of one cycle. 2 queries, whatever their number."""
    keys = [application.pk for application in applications]
    newest = {
        submission.application_id: submission
        for submission in Submission.objects.filter(application__in=keys)
        .only("application_id", "turn", "findings")
        .order_by("turn")
    }
    said = said_of(keys)
    return {one.pk: _remarks(pack, one, newest.get(one.pk), said[one.pk]) for one in applications}


def _remarks(
    pack: Pack,
    application: Application,
    submission: Submission | None,
    said: Iterable[Certification],
) -> Remarks:
    """Findings that rest on private answers stay with the offices, with the words on them."""
    form = pack.form.for_track(application.track)
    private = _paths(form) - _paths(without_private(form))
    return Remarks(
        marks=marks_of(pack, application),
        notable=tuple(
            found
            for found in findings_on(pack, submission, said)
            if found.is_notable and not _reads(found.condition, private)
        ),
    )


def _paths(form: Form) -> set[str]:
    return {f"{section.code}.{asked.code}" for section in form.sections for asked in section.fields}


def _reads(condition: Condition, paths: set[str]) -> bool:
    """Whether the condition is judged by one of these answers ("section.field")."""
    return any(isinstance(given, str) and given in paths for given in condition.given.values())


def without_private(form: Form) -> Form:
    sections = (replace(section, fields=_open(section.fields)) for section in form.sections)
    return replace(form, sections=tuple(sections))


def _open(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(
        replace(asked, columns=_open(asked.columns))
        for asked in fields
        if asked.kind not in PRIVATE and not asked.sealed
    )


def evidence_before(person: Person, application: Application) -> QuerySet[Evidence]:
    """The candidate's files that the person may read, in the form's order. 1 query."""
    files = scope.evidence(person).filter(application=application)
    return files.select_related("file", "application").order_by("position", "pk")
