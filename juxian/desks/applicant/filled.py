"""A section of one's form as it is saved now: its answers, version, faults, and what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict

from juxian.records.models import Application, Correction, CorrectionItem, Section
from juxian.regulation import form as forms
from juxian.regulation.answers import Fault, clean, missing
from juxian.regulation.form import Field, FieldKind, Form
from juxian.selectors import application as selected
from juxian.selectors.correction import items_in, open_correction, open_paths
from juxian.selectors.facts import Answers, unsealed


@dataclass(frozen=True, slots=True)
class Filled:
    application: Application
    form: Form
    section: forms.Section
    saved: Section | None  # sealed values closed
    values: Mapping[str, Any]
    correction: Correction | None  # the open return

    @property
    def answers(self) -> Answers:
        """Of the whole form, opened; most pages do without, so it is read when asked for."""
        return selected.answers_in(selected.sections_of(self.application))

    @property
    def opened(self) -> frozenset[str] | None:
        """The fields that may be mended; None: all."""
        if self.correction is None:
            return None
        paths = open_paths(self.application, self.correction)
        if self.section.code in paths:
            return None
        parts = (path.split(".") for path in paths)
        return frozenset(rest[0] for code, *rest in parts if code == self.section.code)

    @property
    def asked(self) -> tuple[CorrectionItem, ...]:
        """What the return asks for here."""
        return items_in(self.correction, self.section.code)

    @property
    def version(self) -> int:
        return self.saved.version if self.saved else 0

    @property
    def open_fields(self) -> tuple[Field, ...]:
        opened = self.opened
        return tuple(f for f in self.section.fields if opened is None or f.code in opened)

    def faults(self, *, complete: bool) -> tuple[Fault, ...]:
        """What is amiss in what was typed; with what is still missing when `complete`."""
        if complete:
            found = missing(self.form, self.application.track, self.answers)
            return tuple(fault for fault in found if fault.section == self.section.code)
        return clean(self.form, self.section.code, self.values).faults

    def following(self) -> forms.Section | None:
        codes = [section.code for section in self.form.sections]
        place = codes.index(self.section.code) + 1
        return self.form.sections[place] if place < len(codes) else None

    def table(self, code: str) -> Field:
        for asked in self.section.fields:
            if asked.code == code and asked.kind is FieldKind.ROWS:
                return asked
        raise Http404

    def rows(self, table: Field) -> list[dict[str, Any]]:
        rows = self.values.get(table.code)
        return [dict(row) for row in rows] if isinstance(rows, list) else []


def filled(application: Application, code: str) -> Filled:
    """404 for a section that the form of this track does not have."""
    form = selected.form_of(application)
    section = section_in(form, code)
    saved = selected.section_of(application, code)
    return Filled(
        application=application,
        form=form,
        section=section,
        saved=saved,
        values=unsealed(saved.values) if saved else {},
        correction=open_correction(application),
    )


def section_in(form: Form, code: str) -> forms.Section:
    try:
        return form.section(code)
    except LookupError:
        raise Http404 from None


def faults_to_show(request: HttpRequest, at: Filled) -> tuple[Fault, ...]:
    """Faults of what is saved; also what is missing, for who comes from the check page."""
    complete = "check" in request.GET
    return at.faults(complete=complete) if complete or at.saved is not None else ()


def version_of(request: HttpRequest) -> int:
    """The version of the section that the page was made from."""
    return version_in(request.POST)


def version_in(typed: QueryDict) -> int:
    given = typed.get("version", "")
    return int(given) if given.isdecimal() else 0
