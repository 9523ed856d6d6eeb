"""Which rows a person may see. Every read of a desk starts here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from juxian.access.duties import Duty, duties_of, duties_with
from juxian.records.models import (
    Application,
    Ballot,
    Cycle,
    Evidence,
    Objection,
    PanelMember,
    Person,
    Proceeding,
    Recusal,
    Seats,
    Stop,
)
from juxian.regulation.words import Role

OFFICE_ROLES = (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY, Role.DISCIPLINE, Role.SECRETARY)


def applications(person: Person) -> QuerySet[Application]:
    """Their own, and those that have reached an office they serve."""
    return Application.objects.filter(Q(applicant=person) | _reached(duties_of(person)))


def worked(person: Person) -> QuerySet[Application]:
    """Only those that have reached an office they serve."""
    return Application.objects.filter(_reached(duties_of(person)))


def _reached(duties: tuple[Duty, ...]) -> Q:
    seen = Q(pk__in=())
    for duty in duties:
        if duty.role not in OFFICE_ROLES:
            continue
        stops = Stop.objects.filter(
            application=OuterRef("pk"), office__in=duty.office_ids, reached_at__isnull=False
        )
        reached = Q(Exists(stops))
        seen |= reached & Q(track=duty.track) if duty.track else reached
    return seen


def judged(person: Person) -> QuerySet[Application]:
    """Candidates before a panel the person has pledged to and sits on, less the recused ones."""
    seat = PanelMember.objects.filter(
        person=person,
        pledged_at__isnull=False,
        panel__ballots__candidates=OuterRef("pk"),
    )
    kept_out = Recusal.objects.filter(member__person=person, application=OuterRef("pk"))
    return Application.objects.filter(Exists(seat), ~Exists(kept_out))


def evidence(person: Person) -> QuerySet[Evidence]:
    """Evidence of the files the person may see or judge."""
    seen = Q(application__in=applications(person)) | Q(application__in=judged(person))
    return Evidence.objects.filter(seen)


def proceedings(person: Person) -> QuerySet[Proceeding]:
    offices = [office for duty in duties_with(person, *OFFICE_ROLES) for office in duty.office_ids]
    return Proceeding.objects.filter(office__in=offices)


def objections(person: Person) -> QuerySet[Objection]:
    return Objection.objects.filter(proceeding__in=proceedings(person))


def cycles(person: Person) -> QuerySet[Cycle]:
    """Cycles of the offices the person is secretary at."""
    offices = [duty.office.pk for duty in duties_with(person, Role.SECRETARY)]
    return Cycle.objects.filter(organiser__in=offices)


def seats(person: Person) -> QuerySet[Seats]:
    """Seats of the person's offices, and all seats of the cycles they run."""
    offices = [office for duty in duties_with(person, *OFFICE_ROLES) for office in duty.office_ids]
    return Seats.objects.filter(Q(office__in=offices) | Q(cycle__in=cycles(person)))


def ballots(person: Person) -> QuerySet[Ballot]:
    """Ballots of panels the person sits on, and of the cycles they run."""
    sits = PanelMember.objects.filter(person=person, panel=OuterRef("panel"))
    return Ballot.objects.filter(Q(Exists(sits)) | Q(panel__cycle__in=cycles(person)))
