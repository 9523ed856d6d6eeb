"""Employers that ask to be registered (单位登记申请): whom they may ask, and what waits."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from juxian.access import care
from juxian.records.labels import HOLDERS, LEVELS
from juxian.records.models import EmployerRequest, Office, Person
from juxian.regulation.fields import Choice
from juxian.regulation.words import Holder, Level, OfficeKind
from juxian.selectors.register_tables import codes

PLACES = ("prefecture", "county")
ASKED = (Holder.PREFECTURE, Holder.DEPARTMENT, Holder.ENTERPRISE)


def offices_to_ask() -> QuerySet[Office]:
    """Those that employers file to: counties, prefectures and departments."""
    rows = Office.objects.filter(Q(is_county=True) | Q(holder__in=ASKED), ends_on__isnull=True)
    return rows.order_by("holder", "region", "name")


def grouped(offices: QuerySet[Office]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The offices to pick from, by what they are. 1 query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for office in offices:
        title = str(HOLDERS[office.holder]) if office.holder else str(LEVELS[Level.COUNTY])
        groups.setdefault(title, []).append((office.pk, office.name))
    return list(groups.items())


def regions() -> tuple[Choice, ...]:
    """Places of the region this site is for, in force: those of its nominating prefectures."""
    prefixes = {
        region[:2] for region in offices_to_ask().order_by().values_list("region", flat=True)
    }
    places = codes()["regions"].in_force(PLACES)
    return tuple(Choice(one.value, one.label) for one in places if one.value[:2] in prefixes)


def above(region: str) -> Office | None:
    """The county's or the prefecture's office for a place. 1 query."""
    near = [region, f"{region[:4]}00"]
    rows = offices_to_ask().filter(Q(is_county=True) | Q(holder=Holder.PREFECTURE))
    found = {office.region: office for office in rows.filter(region__in=near)}
    return next((found[one] for one in near if one in found), None)


@dataclass(frozen=True, slots=True)
class Known:
    """Who has the credit code already, or asks with it, and whom to call about it."""

    name: str
    is_asking: bool
    ask: Office


def known(credit_code: str) -> Known | None:
    """2 queries at most."""
    office = Office.objects.filter(credit_code=credit_code).select_related("files_to").first()
    if office is not None:
        return Known(office.name, is_asking=False, ask=office.files_to or office)
    asking = (
        EmployerRequest.objects.filter(credit_code=credit_code, outcome="")
        .select_related("above")
        .first()
    )
    return Known(asking.name, is_asking=True, ask=asking.above) if asking else None


def requests_to(person: Person) -> QuerySet[EmployerRequest]:
    """What the offices are asked that the person cares for; what waits comes first."""
    reached = care.offices(person) if care.may_build(person) else ()
    rows = EmployerRequest.objects.filter(above__in=reached)
    return rows.select_related("above", "answered_by", "office", "proof").order_by(
        "answered_at", "asked_at"
    )


def waiting_for(person: Person) -> int:
    return requests_to(person).filter(outcome="").count()


def request_by_receipt(receipt: str, phone: str) -> EmployerRequest | None:
    """Both must fit; the same nothing for a wrong one of either."""
    rows = EmployerRequest.objects.select_related("above").filter(receipt=receipt.strip().upper())
    return rows.filter(phone=phone).first()


def named_like(request: EmployerRequest) -> QuerySet[Office]:
    """Offices of the same name, which the credit code did not find."""
    rows = Office.objects.filter(name=request.name, ends_on__isnull=True)
    return rows.exclude(kind=OfficeKind.DIVISION).order_by("pk")
