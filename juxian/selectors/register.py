"""What a sheet of offices or posts would do to the register as it is now."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from juxian.access.care import reach_of
from juxian.records.labels import ROLES
from juxian.records.models import Appointment, Office, Person
from juxian.regulation.clipboard import Cells
from juxian.regulation.pasting import Line, read_sheet
from juxian.regulation.post_sheet import (
    KnownPerson,
    KnownPost,
    PostLine,
    Register,
    plan_posts,
)
from juxian.regulation.refusal import NotReady
from juxian.regulation.register import (
    Book,
    Fate,
    Known,
    OfficeLine,
    Sheet,
    plan_offices,
)
from juxian.regulation.words import SheetKind
from juxian.selectors.register_tables import captions_of, form_of, table_of

SHOWN = 50  # lines of each sort in a preview
FACTS = (
    *("kind", "short_name", "affiliation", "is_nonpublic", "region", "is_county", "holder"),
    *("phone", "address", "postcode", "starts_on"),
)


@dataclass(frozen=True)
class Plan:
    """What becomes of each line of a sheet."""

    kind: SheetKind
    lines: tuple[OfficeLine | PostLine, ...]

    @cached_property
    def counts(self) -> Counter[Fate]:
        return Counter(line.fate for line in self.lines)

    def of(self, *fates: Fate) -> list[OfficeLine | PostLine]:
        return [line for line in self.lines if line.fate in fates]

    @cached_property
    def to_write(self) -> list[OfficeLine | PostLine]:
        return self.of(Fate.NEW, Fate.CHANGED)

    @cached_property
    def mark(self) -> str:
        """Knows the same plan again: what was looked at is what is written."""
        said = "\n".join(repr(line) for line in self.to_write)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def figures(self) -> dict[str, object]:
        """What a preview shows, as JSON."""
        return {
            "counts": {fate.value: self.counts[fate] for fate in Fate},
            "all": len(self.lines),
            "to_write": len(self.to_write),
            "mark": self.mark,
            "rejected": [
                [line.number, line.says, column, reason]
                for line in self.of(Fate.REJECTED)[:SHOWN]
                for column, reason in line.faults
            ],
            "new": [[line.number, line.says] for line in self.of(Fate.NEW)[:SHOWN]],
            "changed": [
                [line.number, line.says, "、".join(line.changes)]
                for line in self.of(Fate.CHANGED)[:SHOWN]
            ],
        }


def plan_of(kind: SheetKind, cells: Cells, *, by: Person, today: date) -> Plan:
    """NotReady for a sheet without its headings or without lines. At most 5 queries."""
    form = form_of(kind)
    lines, has_headings = read_sheet(form, "register", table_of(form), cells)
    if not has_headings or not lines:
        raise NotReady(_("没有认出表头；第一行须与模板的表头相同，请下载模板对照"))
    if kind is SheetKind.POSTS:
        return Plan(kind, plan_posts(lines, register_for(lines, by=by, today=today)))
    sheet = Sheet(captions_of(form), by_credit_code=kind is SheetKind.EMPLOYERS)
    return Plan(kind, plan_offices(lines, known_offices(), reach=reach_of(by), sheet=sheet))


def known_offices() -> list[Known]:
    """Every office on file, also those that are closed. 1 query."""
    columns = ("pk", "code", "name", "credit_code", "parent_id", "files_to_id", "ends_on")
    rows = Office.objects.order_by("pk").values(*columns, *FACTS)
    return [_known(row) for row in rows]


def _known(row: Mapping[str, object]) -> Known:
    facts = {code: row[code] for code in FACTS} | {"starts_on": str(row["starts_on"])}
    return Known(
        pk=row["pk"],  # type: ignore[arg-type]
        code=str(row["code"]),
        name=str(row["name"]),
        credit_code=str(row["credit_code"]),
        parent=row["parent_id"],  # type: ignore[arg-type]
        files_to=row["files_to_id"],  # type: ignore[arg-type]
        is_live=row["ends_on"] is None,
        facts=facts,
    )


def register_for(lines: Iterable[Line], *, by: Person, today: date) -> Register:
    """Of people and posts only those that the sheet names. 3 queries."""
    logins = {str(line.values.get("login") or "").strip().lower() for line in lines}
    people = {
        login.lower(): KnownPerson(pk, login, name)
        for pk, login, name in Person.objects.order_by("pk").values_list("pk", "login", "name")
        if login.lower() in logins
    }
    live = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        ended_at__isnull=True,
        person__in=[one.pk for one in people.values()],
    )
    columns = ("pk", "person_id", "office_id", "role", "track", "starts_on", "ends_on")
    posts = [KnownPost(*row) for row in live.order_by("pk").values_list(*columns)]
    return Register(
        offices=Book(known_offices()),
        people=people,
        posts={(one.person, one.office, one.role, one.track): one for one in posts},
        reach=reach_of(by),
        sender=by.pk,
        today=today,
        role_names={str(role): str(label) for role, label in ROLES.items()},
    )
