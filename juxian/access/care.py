"""For which part of the tree of offices a person cares (机构维护): whole, or own and below."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from juxian.access.duties import Duty, all_duties_of
from juxian.records.models import Office, Person
from juxian.regulation.refusal import NotAllowed
from juxian.regulation.register import Reach
from juxian.regulation.words import Role

BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT office.id FROM records_office office
        JOIN below ON office.parent_id = below.id OR office.files_to_id = below.id
    ) SELECT id FROM below"""
"""Offices with all that are below them by either tree, administration or filing route."""


def reach_of(person: Person) -> Reach:
    """An operator cares for all; a clerk of every track for the own office and what is below.

    1 query, none for an operator.
    """
    if cares_for_all(person):
        return Reach(is_whole=True)
    own = frozenset(_own(person))
    return Reach(own=own, below=frozenset(offices(person).values_list("pk", flat=True)) - own)


def cares_for_all(person: Person) -> bool:
    return any(duty.role is Role.OPERATOR for duty in all_duties_of(person))


def home_of(person: Person) -> Office | None:
    """The office by which the person cares; None for an operator's whole tree, or for nobody."""
    duties = [] if cares_for_all(person) else _clerks(person)
    return duties[0].office if duties else None


def cares(person: Person) -> bool:
    return cares_for_all(person) or bool(_clerks(person))


def may_build(person: Person) -> bool:
    """Whether offices below may be added: by those that others file through."""
    return cares_for_all(person) or any(
        duty.office.holder or duty.office.is_county or duty.office.is_province
        for duty in _clerks(person)
    )


def offices(person: Person) -> QuerySet[Office]:
    """The own and those below; all of them for an operator."""
    if cares_for_all(person):
        return Office.objects.all()
    return with_below(_own(person))


def with_below(tops: Iterable[int]) -> QuerySet[Office]:
    """These offices and all below them."""
    return Office.objects.filter(pk__in=RawSQL(BELOW, (list(tops),)))  # noqa: S611 - keys


def check_cares(person: Person, *, builds: bool = False) -> Reach:
    """The person's reach; NotAllowed for who has none, or may not add offices as is asked."""
    if builds and not may_build(person):
        raise NotAllowed(_("只有系统管理、推荐单位和县级部门的经办人可以增加和变更机构"))
    if not cares(person):
        raise NotAllowed(_("只有系统管理和各机构的经办人可以维护机构与岗位"))
    return reach_of(person)


def _own(person: Person) -> list[int]:
    return sorted({duty.office.pk for duty in _clerks(person)})


def _clerks(person: Person) -> list[Duty]:
    return [duty for duty in all_duties_of(person) if duty.role is Role.HANDLER and not duty.track]
