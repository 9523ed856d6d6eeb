"""Who types an application in for its applicant (代填)."""

from django.db.models import Max, QuerySet

from juxian.access import scope
from juxian.access.duties import duties_with
from juxian.records.models import Application, Office, Person, Proxy, Section
from juxian.regulation.words import Role


def proxy_of(application: Application) -> Proxy | None:
    """The live one. 1 query."""
    return (
        Proxy.objects.filter(application=application, ended_at__isnull=True)
        .select_related("office", "granted_by")
        .first()
    )


def typed_by(person: Person) -> QuerySet[Application]:
    """What the person may type in for others, the latest saved first."""
    return (
        scope.typed(person)
        .select_related("cycle", "employer", "applicant")
        .annotate(saved_at=Max("sections__saved_at"))
        .order_by("-saved_at", "-pk")
    )


def typists_of(application: Application) -> tuple[str, ...]:
    """The names of those who saved a section of it, other than the applicant."""
    names = (
        Section.objects.filter(application=application)
        .exclude(saved_by=application.applicant_id)
        .order_by("saved_by__name")
        .values_list("saved_by__name", flat=True)
    )
    return tuple(dict.fromkeys(names))


def offices_of(person: Person) -> dict[Office, frozenset[str]]:
    """Offices for whose people the person may type, with the tracks; none named: all."""
    tracks: dict[Office, set[str]] = {}
    for duty in duties_with(person, Role.HANDLER):
        tracks.setdefault(duty.office, set()).add(duty.track)
    return {
        office: frozenset() if "" in named else frozenset(named) for office, named in tracks.items()
    }
