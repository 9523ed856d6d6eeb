"""What the account, the register of offices and the employer's other forms know already."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from juxian.records.models import Application, Handling, Submission
from juxian.regulation.cleaning import clean
from juxian.regulation.form import Form, Section, is_blank
from juxian.regulation.words import Act

OF_EMPLOYER = ("kind", "economic_type", "affiliation", "industry", "location")
"""What is alike for all of one employer's people: facts "employer.kind" and so on."""


def known_of(
    application: Application, form: Form, section: Section
) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers by field, and beside each where it comes from, in words; both {} when none is known.

    They are offered, not kept: the applicant saves them with the page or changes them first.
    """
    known = _registered(application)
    if any(asked.fact in known for asked in section.fields):
        known = _told(application, section) | known
    found = {one.code: known[one.fact] for one in section.fields if known.get(one.fact, [""])[0]}
    cleaned = clean(form, section.code, {code: text for code, (text, _source) in found.items()})
    faulty = {fault.path for fault in cleaned.faults}
    values = {
        code: value
        for code, value in cleaned.values.items()
        if code not in faulty and not is_blank(value)
    }
    return values, {code: found[code][1] for code in values if code in found}


def _registered(application: Application) -> dict[str, tuple[str, str]]:
    """By fact, what it is and who says so."""
    person, employer = application.applicant, application.employer
    account, register = _("按注册时所填，请核对。"), _("按开始申报时所选的单位，请核对。")
    address = _("按单位登记的地址，收信不在这里的请改。")
    said = {
        "person.name": (person.name, account),
        "person.mobile": (person.phone, account),
        "person.address": (employer.address, address),
        "person.postcode": (employer.postcode, address),
        "employer.name": (employer.name, register),
        "employer.credit_code": (employer.credit_code, register),
        "employer.affiliation": (employer.affiliation, register),
        "employer.location": (employer.region, register),
    }
    return {fact: one for fact, one in said.items() if one[0]}


def _told(application: Application, section: Section) -> dict[str, tuple[str, str]]:
    """What the employer verified in another of its people's forms, of itself; 2 queries."""
    facts = {f"employer.{name}" for name in OF_EMPLOYER}
    asked = {one.code: one.fact for one in section.fields if one.fact in facts}
    if not asked:
        return {}
    others = Handling.objects.filter(
        act=Act.ENDORSE, office=application.employer_id, application__cycle=application.cycle_id
    ).exclude(application=application)
    latest = others.order_by("-pk").values("application", "turn").first()
    if latest is None:
        return {}
    submitted = Submission.objects.filter(**latest).first()
    answers: Mapping[str, Any] = submitted.answers.get(section.code, {}) if submitted else {}
    source = _("按本单位已核实的申报表，请核对。")
    said = {asked[code]: (str(answers.get(code) or ""), source) for code in asked}
    return {fact: one for fact, one in said.items() if one[0]}
