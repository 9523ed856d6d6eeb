"""What an employer's roster (单位花名册) says of one person, for the form and for officers."""

from collections.abc import Sequence

from django.db.models import QuerySet

from juxian.records.models import Application, RosterEntry
from juxian.regulation.roster import words_of


def entry_of(application: Application) -> RosterEntry | None:
    """The line of the employer's roster that bears the form's own resident id.

    Never by the name alone: whoever takes a name would read what the employer wrote. 1 query.
    """
    if not application.id_mark:
        return None
    rows = RosterEntry.objects.filter(office=application.employer_id, id_mark=application.id_mark)
    return rows.select_related("office").first()


def roster_values_of(application: Application) -> Sequence[tuple[str, str]]:
    """What the employer's roster says, for officers to hold beside the form."""
    entry = entry_of(application)
    return words_of(entry.facts) if entry is not None else ()


def roster_at(office_id: int) -> QuerySet[RosterEntry]:
    return RosterEntry.objects.filter(office=office_id).order_by("name", "pk")
