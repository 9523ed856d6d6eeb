"""Where a person may be written to outside the system, and how often they want it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from juxian.records.models import Application, Person, Reach, Section
from juxian.records.packs import pack_of
from juxian.regulation.messages import Carrier, Pace
from juxian.selectors.facts import unsealed

MOBILE, EMAIL = "person.mobile", "person.email"


@dataclass(frozen=True, slots=True)
class Address:
    """What a person gave of the kind in the form or the account; "" for what was not given."""

    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)

    def by(self, carrier: Carrier) -> str:
        return self.phone if carrier is Carrier.SMS else self.email

    def masked(self, carrier: Carrier) -> str:
        """Enough to know it again: 138****0000, wa***@example.org."""
        if carrier is Carrier.SMS:
            return f"{self.phone[:3]}****{self.phone[-4:]}" if self.phone else ""
        name, at, host = self.email.partition("@")
        return f"{name[:2]}***{at}{host}" if at else ""


Pair = tuple[Person, Application | None]


def addresses_of(pairs: Iterable[Pair]) -> list[Address]:
    """Of each person, about each file: one's own form goes before the account. 2 queries."""
    asked = [(person, _own(person, file)) for person, file in pairs]
    given = _given({file.pk: file for _person, file in asked if file is not None})
    people = {person.pk for person, _file in asked}
    mails = Reach.objects.filter(person__in=people).exclude(email="")
    mail = dict(mails.values_list("person", "email"))
    return [
        Address(
            phone=(file and given[file.pk].get(MOBILE)) or person.phone,
            email=mail.get(person.pk) or (file and given[file.pk].get(EMAIL)) or "",
        )
        for person, file in asked
    ]


def _own(person: Person, file: Application | None) -> Application | None:
    return file if file is not None and file.applicant_id == person.pk else None


def _given(files: Mapping[int, Application]) -> dict[int, dict[str, str]]:
    """By file and fact, what its form says now."""
    sections = {file: _asking(files[file]) for file in files}
    codes = {code for asking in sections.values() for code in asking}
    found: dict[int, dict[str, str]] = {file: {} for file in files}
    rows = Section.objects.filter(application__in=files, code__in=codes)
    for file, code, values in rows.values_list("application", "code", "values"):
        for name, fact in sections[file].get(code, {}).items():
            found[file][fact] = str(unsealed(values.get(name)) or "")
    return found


def _asking(file: Application) -> dict[str, dict[str, str]]:
    """By section, the fields that ask for a number or an address, with the fact each is."""
    form = pack_of(file.cycle).form.for_track(file.track)
    asking: dict[str, dict[str, str]] = {}
    for section in form.sections:
        for one in section.fields:
            if one.fact in (MOBILE, EMAIL):
                asking.setdefault(section.code, {})[one.code] = one.fact
    return asking


def reach_of(person: Person) -> Reach:
    """What the person chose, or what holds for who has not. 1 query."""
    return Reach.objects.filter(person=person).first() or Reach(person=person)


def paces_of(people: Iterable[int]) -> dict[int, Pace]:
    """Of those who have chosen; everybody else wants it at once. 1 query."""
    chosen = Reach.objects.filter(person__in=set(people))
    return {person: Pace(pace) for person, pace in chosen.values_list("person", "pace")}
