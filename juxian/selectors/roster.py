"""What an employer's roster (单位花名册) says of one person, for the form and for officers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from juxian.records.models import Application, RosterEntry
from juxian.records.packs import pack_of
from juxian.regulation.form import FieldKind
from juxian.regulation.roster import KEPT
from juxian.selectors.desk_facts import roster_line_of
from juxian.selectors.form_reading import Part


def entry_of(application: Application) -> RosterEntry | None:
    """The line of the employer's roster that bears the form's own resident id.

    Never by the name alone: whoever takes a name would read what the employer wrote. 1 query.
    """
    if not application.id_mark:
        return None
    rows = RosterEntry.objects.filter(office=application.employer_id, id_mark=application.id_mark)
    return rows.select_related("office").first()


@dataclass(frozen=True, slots=True)
class Beside:
    """What the roster says where the form asks the same."""

    text: str
    differs: bool


def roster_beside(application: Application, parts: Iterable[Part]) -> dict[str, Beside]:
    """By the path of the answer, "section.field"; empty for somebody not on the roster."""
    line = roster_line_of(application)
    if line is None:
        return {}
    known = {one.fact: str(line.facts.get(one.code, "")) for one in KEPT}
    known["person.name"] = line.name
    form = pack_of(application.cycle).form.for_track(application.track)
    asked = {
        f"{section.code}.{field.code}": known[field.fact]
        for section in form.sections
        for field in section.fields
        if field.kind is not FieldKind.ROWS and known.get(field.fact)
    }
    answers = [one for part in parts for one in part.lines if one.path in asked]
    return {
        one.path: Beside(asked[one.path], _bare(asked[one.path]) != _bare(one.text))
        for one in answers
    }


def _bare(text: str) -> str:
    """Without what is only typed differently: spaces, and the dots between names."""
    return "".join(text.split()).replace("•", "·").replace("．", ".").casefold()


def roster_at(office_id: int) -> QuerySet[RosterEntry]:
    return RosterEntry.objects.filter(office=office_id).order_by("name", "pk")
