"""Recusals that the records alone prove: who works where a candidate works, who stands himself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from juxian.records.models import Application, Office, PanelMember, Person
from juxian.regulation.recusal import Tied, found_relation
from juxian.regulation.words import OfficeKind


@dataclass(frozen=True, slots=True)
class Found:
    """A member, a candidate, and the relation found between them."""

    member: int
    application: int
    relation: str


def found_recusals(
    members: Iterable[PanelMember], candidates: Sequence[Application]
) -> list[Found]:
    """Members and candidates come with their employers and those employers' parents loaded."""
    applicants = {candidate.applicant_id for candidate in candidates}
    standing = [(candidate.pk, _candidate(candidate)) for candidate in candidates]
    found = []
    for member in members:
        judge = _judge(member.person)
        for application, candidate in standing:
            relation = found_relation(judge, candidate, is_candidate=member.person_id in applicants)
            if relation:
                found.append(Found(member.pk, application, relation))
    return found


def _judge(person: Person) -> Tied:
    return _tied(person.pk, person.employer)


def _candidate(application: Application) -> Tied:
    return _tied(application.applicant_id, application.employer)


def _tied(person: int, employer: Office | None) -> Tied:
    """A division belongs to the legal entity above it."""
    if employer is not None and employer.kind == OfficeKind.DIVISION and employer.parent:
        employer = employer.parent
    if employer is None:
        return Tied(person, None)
    return Tied(person, employer.pk, employer.credit_code)
