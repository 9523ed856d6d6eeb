"""The facts of an application that eligibility is judged by."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from juxian.records import sealing
from juxian.records.clock import day, now
from juxian.records.models import Application, Evidence, Recipient, Section
from juxian.records.packs import pack_of
from juxian.regulation.answers import Reading, read
from juxian.regulation.checking import TOLD
from juxian.regulation.eligibility import Facts, Finding, Verdict, assess
from juxian.regulation.pack import Pack
from juxian.regulation.precheck import place_called
from juxian.regulation.support import supports_of
from juxian.regulation.words import Standing
from juxian.selectors.answered import answered_to
from juxian.selectors.core_facts import core_facts

Answers = dict[str, dict[str, Any]]


def unsealed(values: Any) -> Any:
    """Answers with every sealed value opened."""
    if isinstance(values, dict):
        return {key: unsealed(value) for key, value in values.items()}
    if isinstance(values, list):
        return [unsealed(value) for value in values]
    return sealing.unseal(values) if sealing.is_sealed(values) else values


def answers_of(application: Application) -> Answers:
    """The saved sections, opened: {section: {field: value}}."""
    rows = Section.objects.filter(application=application).values_list("code", "values")
    return {code: unsealed(values) for code, values in rows}


def reading_of(application: Application, answers: Answers) -> Reading:
    """The form as this applicant is asked it, for gaps and facts alike."""
    return read(pack_of(application.cycle).form.for_track(application.track), answers)


def facts_of(application: Application, reading: Reading, *, files: Iterable[Evidence]) -> Facts:
    """Flat facts: the answers, the employer's record, the register, what the evidence supports."""
    employer, answered = application.employer, reading.facts()
    pack, given = pack_of(application.cycle), ((file.material, file.claim) for file in files)
    return {
        **answered,
        "application.track": application.track,
        "application.day": day(now()),
        "employer.kind": employer.kind,
        "employer.nonpublic": employer.is_nonpublic,
        "employer.affiliation": employer.affiliation,
        "employer.region": employer.region,
        "register.recipients": _register_match(_identity(application, reading)),
        "evidence.supports": supports_of(pack, application.track, answered, given),
    }


@dataclass(frozen=True, slots=True)
class _Identity:
    id_mark: str
    name: str
    birth_date: date | None


def _identity(application: Application, reading: Reading) -> _Identity:
    """Of a returned form as it is being mended; the columns are still as it was submitted."""
    if application.standing != Standing.RETURNED:
        return _Identity(application.id_mark, application.name, application.birth_date)
    core = core_facts(pack_of(application.cycle), reading.answers)
    mark = sealing.mark(core.resident_id) if core.resident_id else ""
    return _Identity(mark, core.name, core.birth_date)


def _register_match(who: _Identity) -> str:
    """ "exact" by id, "possible" by name and birth date alone, or nothing (通知一（四）)."""
    if not who.id_mark:
        return "none"
    same = Q(id_mark=who.id_mark)
    if who.birth_date:
        same |= Q(name=who.name, birth_date=who.birth_date, id_mark="")
    marks = set(Recipient.objects.filter(same).values_list("id_mark", flat=True))
    if who.id_mark in marks:
        return "exact"
    return "possible" if marks else "none"


def findings_of(application: Application, facts: Facts) -> tuple[Finding, ...]:
    """Each that is not met, or asks who is left out, says why: what the rule says, or else what
    was answered."""
    pack = pack_of(application.cycle)
    found = (_placed(one, pack) for one in assess(pack.conditions, facts, track=application.track))
    return tuple(
        finding
        if finding.detail or (finding.verdict is Verdict.MET and not finding.condition.exclusion)
        else replace(finding, detail=answered_to(pack.form, finding.condition, facts))
        for finding in found
    )


def _placed(finding: Finding, pack: Pack) -> Finding:
    """Its clashes told with the names of their fields and tables."""
    if not finding.clashes:
        return finding
    said = [f"{place_called(pack.form, one.path)}{one}" for one in finding.clashes]
    told = "；".join(said[:TOLD])
    if len(said) > TOLD:
        told = _("%(told)s；等%(count)d处") % {"told": told, "count": len(said)}
    return replace(finding, detail=told)
