"""What the account, the register of offices and the employer's other forms know already."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from juxian.records.models import Application, Handling, Submission
from juxian.regulation.cleaning import clean, rows_of
from juxian.regulation.fields import count_characters
from juxian.regulation.form import Field, FieldKind, Form, Section, is_blank
from juxian.regulation.words import Act
from juxian.selectors.facts import answers_of
from juxian.selectors.form_reading import words_of

OF_EMPLOYER = ("kind", "economic_type", "affiliation", "industry", "location")
"""What is alike for all of one employer's people: facts "employer.kind" and so on."""


def known_of(
    application: Application, form: Form, section: Section
) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers by field, and beside each where it comes from, in words; both {} when none is known.

    They are offered, not kept: the applicant saves them with the page or changes them first.
    """
    told = _sound(form, section, _told(application, section))
    found = told | _sound(form, section, _registered(application))
    cleaned = clean(form, section.code, {code: text for code, (text, _source) in found.items()})
    listed = _listed(application, form, section)
    values = {code: value for code, value in cleaned.values.items() if not is_blank(value)}
    begun = {code: text for code, (text, _source) in listed.items()}
    return values | begun, {code: source for code, (_text, source) in (found | listed).items()}


def _sound(
    form: Form, section: Section, known: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """By field, what the section's fields may be answered with."""
    found = {one.code: known[one.fact] for one in section.fields if one.fact in known}
    cleaned = clean(form, section.code, {code: text for code, (text, _source) in found.items()})
    faulty = {fault.path for fault in cleaned.faults}
    return {code: one for code, one in found.items() if code not in faulty}


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


def _listed(application: Application, form: Form, section: Section) -> dict[str, tuple[str, str]]:
    """Texts by field that begin as lists of rows, those ticked (代表性) if any are; 1 query."""
    texts = [one for one in section.fields if one.lists]
    answers = answers_of(application) if texts else {}
    said = {}
    for asked in texts:
        part, _dot, code = asked.lists.partition(".")
        table = form.section(part).field(code)
        text = _list(form, table, asked, rows_of(answers.get(part, {}), code))
        source = _("按“%(table)s”所填列出，请核对、补充。") % {"table": table.label}
        said[asked.code] = (text, source)
    return {code: one for code, one in said.items() if one[0]}


def _list(form: Form, table: Field, asked: Field, rows: Sequence[Mapping[str, Any]]) -> str:
    """As many of the rows, a line each, as the text's limit takes."""
    ticks = [one.code for one in table.columns if one.kind is FieldKind.BOOLEAN]
    chosen = [row for row in rows if any(row.get(tick) is True for tick in ticks)] or rows
    lines: list[str] = []
    for row in chosen:
        lines.append(_line(form, table, asked, row))
        if count_characters("".join(lines)) > (asked.limit or 0):
            return "\n".join(lines[:-1])
    return "\n".join(lines)


def _line(form: Form, table: Field, asked: Field, row: Mapping[str, Any]) -> str:
    columns = [table.column(code) for code in asked.list_columns]
    words = [(column, words_of(form, column, row.get(column.code))) for column in columns]
    said = [
        column.label + text if column.kind is FieldKind.INTEGER else text
        for column, text in words
        if text
    ]
    return "，".join(said) + "。"


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
