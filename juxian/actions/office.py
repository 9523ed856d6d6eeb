"""Offices: adding one to the two trees."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from juxian.actions.trace import leave
from juxian.records.models import Office, Person
from juxian.regulation.identity import IdentityError, check_credit_code
from juxian.regulation.refusal import NotReady

FIRST_DAY = date(1990, 7, 1)
PATHS = """
    WITH RECURSIVE tree (id, path, depth) AS (
        SELECT office.id, COALESCE(above.path, '/') || office.id || '/', 0
        FROM records_office office
        LEFT JOIN records_office above ON above.id = office.parent_id
        WHERE office.id = ANY(%s)
        UNION ALL
        SELECT office.id, tree.path || office.id || '/', tree.depth + 1
        FROM records_office office JOIN tree ON office.parent_id = tree.id
    ), fresh AS (
        SELECT DISTINCT ON (id) id, path FROM tree ORDER BY id, depth DESC
    )
    UPDATE records_office office SET path = fresh.path FROM fresh WHERE office.id = fresh.id"""
"""Of the ways down to an office the longest begins above everything that has changed."""


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
    spell_paths([office.pk])
    office.refresh_from_db(fields=["path"])
    leave("create_office", office, by=by)
    return office


def spell_paths(changed: Iterable[int]) -> None:
    """Write the paths of these offices and of all below them anew. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute(PATHS, [list(changed)])
