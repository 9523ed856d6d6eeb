"""Importing an employer's roster of staff (单位花名册): whole, or added to what is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.duties import covers_all
from juxian.actions.trace import leave
from juxian.records import sealing
from juxian.records.clock import now
from juxian.records.models import Office, Person, RosterEntry
from juxian.regulation.pasting import Line
from juxian.regulation.refusal import NotAllowed, NotReady
from juxian.regulation.roster import kept_of
from juxian.regulation.words import Role


@dataclass(frozen=True, slots=True)
class Imported:
    people: int
    dropped: int  # that were there and are not any more


@transaction.atomic
def import_roster(office_id: int, lines: Sequence[Line], *, by: Person, whole: bool) -> Imported:
    """Sound lines; who is there already is brought up to date. `whole`: others are dropped."""
    if not covers_all(by, Role.HANDLER, office_id, ("",)):
        raise NotAllowed(_("只有本单位的经办人可以导入花名册"))
    office = Office.objects.select_for_update().get(pk=office_id)
    if not lines:
        raise NotReady(_("没有可以导入的人员"))
    moment = now()
    rows = [
        RosterEntry(
            office=office,
            name=str(line.values["name"]),
            id_mark=sealing.mark(str(line.values["resident_id"])),
            facts=kept_of(line),
            imported_at=moment,
            imported_by=by,
        )
        for line in lines
    ]
    there = RosterEntry.objects.filter(office=office)
    dropped = 0
    if whole:
        dropped, _each = there.exclude(id_mark__in=[row.id_mark for row in rows]).delete()
    RosterEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["office", "id_mark"],
        update_fields=["name", "facts", "imported_at", "imported_by"],
    )
    leave("import_roster", office, by=by, at=moment, rows=len(rows))
    return Imported(len(rows), dropped)
