"""What the account and the register of offices know already, for a section nobody has saved yet."""

from django.utils.translation import gettext as _

from juxian.records.models import Application
from juxian.regulation.form import Section


def known_of(application: Application, section: Section) -> tuple[dict[str, str], dict[str, str]]:
    """Answers by field, and beside each where it comes from, in words; both {} when none is known.

    They are offered, not kept: the applicant saves them with the page or changes them first.
    """
    person, employer = application.applicant, application.employer
    account, register = _("按注册时所填，请核对。"), _("按开始申报时所选的单位，请核对。")
    known = {
        "person.name": (person.name, account),
        "person.mobile": (person.phone, account),
        "employer.name": (employer.name, register),
        "employer.credit_code": (employer.credit_code, register),
    }
    texts: dict[str, str] = {}
    sources: dict[str, str] = {}
    for asked in section.fields:
        text, source = known.get(asked.fact, ("", ""))
        if text:
            texts[asked.code], sources[asked.code] = text, source
    return texts, sources
