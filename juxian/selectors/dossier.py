"""A candidate's file as a panel member may read it: what was submitted, less what is private."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet

from juxian.access import scope
from juxian.records.models import Application, Evidence, Person, Submission
from juxian.records.packs import pack_of
from juxian.regulation.form import Field, FieldKind, Form
from juxian.selectors.form_reading import Part, read

PRIVATE = (
    FieldKind.RESIDENT_ID,
    FieldKind.MOBILE,
    FieldKind.PHONE,
    FieldKind.EMAIL,
    FieldKind.POSTCODE,
    FieldKind.PHOTO,
)


@dataclass(frozen=True, slots=True)
class Dossier:
    application: Application
    submission: Submission | None
    parts: tuple[Part, ...]


def dossier_of(application: Application) -> Dossier:
    """The newest submission without contact data and sealed answers. 1 query."""
    submission = Submission.objects.filter(application=application).order_by("-turn").first()
    if submission is None:
        return Dossier(application, None, ())
    form = without_private(pack_of(application.cycle).form.for_track(application.track))
    return Dossier(application, submission, read(form, submission.answers))


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
