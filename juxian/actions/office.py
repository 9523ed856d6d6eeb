"""Offices: adding one to the two trees."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.trace import leave
from juxian.records.models import Office, Person
from juxian.regulation.identity import IdentityError, check_credit_code
from juxian.regulation.refusal import NotReady

FIRST_DAY = date(1990, 7, 1)


@transaction.atomic
def create_office(
    code: str, name: str, *, by: Person | None = None, parent: Office | None = None, **facts: Any
) -> Office:
    """A new office under `parent`; `facts` are the columns of Office."""
    if facts.get("credit_code"):
        try:
            facts["credit_code"] = check_credit_code(facts["credit_code"])
        except IdentityError as error:
            raise NotReady(str(error), (("credit_code", str(error)),)) from None
    if Office.objects.filter(code=code).exists():
        raise NotReady(_("机构代码已被使用，请换一个"), (("code", _("代码重复")),))
    office = Office.objects.create(
        code=code, name=name, parent=parent, starts_on=facts.pop("starts_on", FIRST_DAY), **facts
    )
    office.path = f"{parent.path if parent else '/'}{office.pk}/"
    office.save(update_fields=["path"])
    leave("create_office", office, by=by)
    return office
