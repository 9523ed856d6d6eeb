"""What an applicant does with a form: begin, fill, withdraw, answer a return."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.actions._move import locked, move
from juxian.actions.cycle import check_filing_open
from juxian.actions.trace import leave
from juxian.records import sealing
from juxian.records.clock import now
from juxian.records.grams import grams, initials, sort_key
from juxian.records.models import (
    Application,
    CorrectionItem,
    Cycle,
    Handling,
    Office,
    Person,
    Section,
)
from juxian.records.packs import pack_of
from juxian.records.search import Grams
from juxian.regulation.answers import Cleaned, Fault, clean
from juxian.regulation.form import Form
from juxian.regulation.form import Section as FormSection
from juxian.regulation.portfolio import marks_kept
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Stale
from juxian.regulation.words import Act, Standing
from juxian.selectors.core_facts import CoreFacts, core_facts
from juxian.selectors.correction import mended, open_correction, open_paths, opens_section
from juxian.selectors.facts import answers_of, unsealed

CORE = [
    *("name", "name_key", "sex", "birth_date", "sealed_id", "id_mark"),
    *("title", "speciality", "search"),
]
"""The columns of an application that `write_core` fills."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A section as saved, and what is doubtful in it; doubts never keep it from being saved."""

    section: Section
    faults: tuple[Fault, ...]


@transaction.atomic
def begin(cycle_id: int, *, by: Person, employer_id: int, track: str) -> Application:
    """A new draft with its form number; one live application a person in a cycle."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    moment = now()
    check_filing_open(cycle, moment)
    pack = pack_of(cycle)
    if track not in {entry.code for entry in pack.tracks}:
        raise NotReady(_("请选择申报类别"), (("track", _("请选择申报类别")),))
    employer = Office.objects.filter(pk=employer_id, ends_on__isnull=True).first()
    if employer is None:
        raise NotReady(_("请选择工作单位"), (("employer", _("请从名单中选择工作单位")),))
    live = Application.objects.filter(cycle=cycle, applicant=by)
    if live.exclude(standing=Standing.WITHDRAWN).exists():
        raise NotReady(_("您在本批次已有一份申报，请继续填写；同一批次只能申报一次"))
    cycle.last_serial += 1
    cycle.save(update_fields=["last_serial"])
    application = Application.objects.create(
        cycle=cycle,
        applicant=by,
        employer=employer,
        track=track,
        number=pack.form_number(track, cycle.last_serial, prefix=cycle.numbering),
        created_at=moment,
        name=by.name,
        name_key=sort_key(by.name),
        step=pack.procedure.first.code,
        held_since=moment,
    )
    leave("begin", application, by=by, at=moment)
    return application


@transaction.atomic
def save_section(
    application_id: int, code: str, raw: Mapping[str, Any], *, by: Person, version: int
) -> Saved:
    """Keep what was typed, sound or not; Stale when somebody saved after `version` was read.

    What is kept just so already is acknowledged whatever the version, and nothing is written: a
    request sent again because its answer was lost meets no conflict with itself.
    """
    application = filled_by(application_id, by)
    pack = pack_of(application.cycle)
    form = pack.form.for_track(application.track)
    paths = paths_open(application)
    if paths is not None and not opens_section(paths, code):
        raise NotPossible(_("这一部分没有被退回，不能修改"))
    asked = _asked(form, code)
    row = Section.objects.filter(application=application, code=code).first()
    before = unsealed(row.values) if row else {}
    cleaned = clean(form, code, raw)
    values = _merged(paths, code, before, cleaned)
    if row is not None and values == before:
        return Saved(row, cleaned.faults)
    if version != (row.version if row else 0):
        raise Stale(_("这一部分已在别处修改并保存；请核对两处内容后再保存"))
    moment = now()
    section = row or Section(application=application, code=code)
    section.values, section.version = sealed(asked, values), version + 1
    section.sources = marks_kept(section.sources, before, values)
    section.saved_at, section.saved_by = moment, by
    section.save()
    if code in pack.core.sections and not application.resumes_at:
        core = core_facts(pack, answers_of(application))
        if _is_news(application, core):
            write_core(application, core)
            application.save(update_fields=CORE)
    leave("save_section", application, by=by, at=moment, section=code, version=version + 1)
    return Saved(section, cleaned.faults)


def filled_by(application_id: int, by: Person, *also: str) -> Application:
    """The same for who types it in for the applicant (代填), too."""
    application = locked(application_id, "cycle", *also)
    if application.applicant_id == by.pk or scope.typed(by).filter(pk=application.pk).exists():
        return application
    raise NotAllowed(_("只有申报人本人或受其委托的单位经办人可以填写"))


def own(application_id: int, by: Person, *also: str) -> Application:
    """The person's own application, locked, with its cycle; `also` are relations to load too."""
    application = locked(application_id, "cycle", *also)
    if application.applicant_id != by.pk:
        raise NotAllowed(_("只有申报人本人可以办理这一步"))
    return application


def paths_open(application: Application) -> frozenset[str] | None:
    """None while drafting: all is open. NotPossible once the form is with an office."""
    if application.standing == Standing.RETURNED:
        correction = open_correction(application)
        return open_paths(application, correction) if correction else frozenset()
    procedure = pack_of(application.cycle).procedure
    if application.standing == Standing.OPEN and application.step == procedure.first.code:
        return None
    raise NotPossible(_("已提交的申报不能修改；如需修改，请联系办理单位退回"))


def _asked(form: Form, code: str) -> FormSection:
    try:
        return form.section(code)
    except LookupError:
        raise NotPossible(_("登记表没有这一部分")) from None


def _merged(
    paths: frozenset[str] | None, code: str, before: Mapping[str, Any], cleaned: Cleaned
) -> dict[str, Any]:
    """What is kept: the fields that were named, over the others as they were."""
    after = dict(before) | cleaned.values
    return after if paths is None else mended(paths, code, before, after)


def sealed(section: FormSection, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with every field that is kept sealed encrypted."""
    secret = {field.code for field in section.fields if field.sealed}
    return {
        key: sealing.seal(value) if key in secret and isinstance(value, str) and value else value
        for key, value in values.items()
    }


def _is_news(application: Application, core: CoreFacts) -> bool:
    """Whether the columns say something else; most saves change none of what they hold."""
    row, mark = application, sealing.mark(core.resident_id) if core.resident_id else ""
    kept = (row.name, row.sex, row.birth_date, row.id_mark, row.title, row.speciality)
    said = (
        core.name or row.applicant.name,
        core.sex,
        core.birth_date,
        mark,
        core.title,
        core.speciality,
    )
    return kept != said or row.search is None


def write_core(application: Application, core: CoreFacts) -> None:
    """The facts that lists and searches need, from the answers to their columns; not saved yet.

    Those of a form returned or taken back stay as they were submitted until it is submitted
    again: what is being mended is for nobody else to see.
    """
    application.name = core.name or application.applicant.name
    application.name_key = sort_key(application.name)
    application.sex = core.sex
    application.birth_date = core.birth_date
    application.sealed_id = sealing.seal(core.resident_id) if core.resident_id else ""
    application.id_mark = sealing.mark(core.resident_id) if core.resident_id else ""
    application.title = core.title
    application.speciality = core.speciality
    application.search = Grams(
        grams(
            application.name,
            initials(application.name),
            application.number,
            application.employer.name,
        )
    )


@transaction.atomic
def withdraw(application_id: int, *, by: Person, reason: str = "") -> Handling:
    """Take the application back; a draft is dropped the same way, and its number stays used."""
    application = own(application_id, by)
    return move(application, Act.WITHDRAW, by=by, opinion=reason)


@transaction.atomic
def answer_correction(item_id: int, *, by: Person, reply: str) -> CorrectionItem:
    """A written answer to one thing asked for in a return, instead of or beside mending it."""
    item = CorrectionItem.objects.select_related("correction__application").get(pk=item_id)
    application = filled_by(item.correction.application_id, by)
    if item.correction.answered_at is not None or application.standing != Standing.RETURNED:
        raise NotPossible(_("这次退回已经答复，不能再改"))
    item.reply = reply.strip()
    item.save(update_fields=["reply"])
    leave("answer_correction", application, by=by, item=item.pk)
    return item
