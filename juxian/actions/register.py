"""Sheets sent in to the register of offices (导入): read, looked at, then written as a whole."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from juxian.access.care import check_cares
from juxian.actions.office import spell_paths
from juxian.actions.person import told_of_post
from juxian.actions.trace import Left, leave_all
from juxian.papers import table_sheet
from juxian.records.clock import day, now
from juxian.records.models import Appointment, Office, Person, RegisterSheet
from juxian.regulation.clipboard import Cells
from juxian.regulation.post_sheet import PostLine
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.register import MOST, Fate, Named, OfficeLine
from juxian.regulation.words import SheetKind
from juxian.selectors.register import Plan, plan_of

KEPT = timedelta(hours=24)
AT_ONCE = 2_000  # rows of one statement
LOCK = "SELECT pg_advisory_xact_lock(hashtext('register of offices'))"


def read_in(kind: SheetKind, content: bytes, *, by: Person) -> RegisterSheet:
    """Look at the workbook and keep it for a day; nothing of it is written yet."""
    check_cares(by, builds=kind is not SheetKind.POSTS)
    moment = now()
    plan = plan_of(kind, table_sheet.cells(content, MOST), by=by, today=day(moment))
    return RegisterSheet.objects.create(
        kind=kind,
        person=by,
        content=content,
        figures=plan.figures,
        read_at=moment,
        expires_at=moment + KEPT,
    )


def plan_again(sheet: RegisterSheet, *, by: Person) -> Plan:
    """What the sheet would do now."""
    check_cares(by, builds=sheet.kind != SheetKind.POSTS)
    return plan_of(SheetKind(sheet.kind), cells_of(sheet), by=by, today=day(now()))


def cells_of(sheet: RegisterSheet) -> Cells:
    return table_sheet.cells(bytes(sheet.content), MOST)


@transaction.atomic
def write_sheet(sheet_id: int, *, by: Person) -> int:
    """Write what the preview showed, all of it or nothing; how many lines that were.

    NotReady when the register has changed since: then `look_again` makes the preview anew.
    """
    sheet = RegisterSheet.objects.select_for_update().get(pk=sheet_id, person=by)
    if sheet.written_at is not None:
        raise NotPossible(_("这份表格已经导入，不需要再导入一次"))
    lock_register()
    plan = plan_again(sheet, by=by)
    if plan.mark != sheet.figures["mark"]:
        raise NotReady(_("核对之后机构或人员有了变化，请按新的核对结果再确认一次"))
    if not plan.to_write:
        raise NotReady(_("没有可以导入的内容"))
    moment = now()
    if plan.kind is SheetKind.POSTS:
        left = write_posts([x for x in plan.to_write if isinstance(x, PostLine)], by, moment)
    else:
        left = _write_offices([x for x in plan.to_write if isinstance(x, OfficeLine)], day(moment))
    leave_all([Left("write_sheet", sheet, {"rows": len(plan.to_write)}), *left], by=by, at=moment)
    sheet.content, sheet.written_at = b"", moment
    sheet.save(update_fields=["content", "written_at"])
    return len(plan.to_write)


def look_again(sheet_id: int, *, by: Person) -> None:
    """Make the preview anew, as the register is now."""
    sheet = RegisterSheet.objects.get(pk=sheet_id, person=by, written_at__isnull=True)
    sheet.figures = plan_again(sheet, by=by).figures
    sheet.save(update_fields=["figures"])


def expire_sheets() -> int:
    """Remove the sheets that nobody confirmed within a day; how many there were."""
    gone, _by_model = RegisterSheet.objects.filter(expires_at__lte=now()).delete()
    return gone


def lock_register() -> None:
    """One writer of the register at a time: what is checked stays so until it is written."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def _write_offices(lines: list[OfficeLine], today: date) -> list[Left]:
    made = _create([line for line in lines if line.fate is Fate.NEW], today)
    changed = [line for line in lines if line.fate is Fate.CHANGED]
    rows = Office.objects.in_bulk([line.pk for line in changed])
    for line in changed:
        office = rows[line.pk or 0]
        for code, value in line.facts.items():
            setattr(office, code, value)
        if line.parent is not None:
            office.parent_id = _pk(line.parent, made)
        if line.files_to is not None:
            office.files_to_id = _pk(line.files_to, made)
    columns = sorted({code for line in changed for code in line.facts} | {"parent", "files_to"})
    Office.objects.bulk_update(rows.values(), columns, batch_size=AT_ONCE)
    spell_paths(office.pk for office in (*made.values(), *rows.values()))
    return [
        *(Left("create_office", office, {}) for office in made.values()),
        *(Left("change_office", office, {}) for office in rows.values()),
    ]


def _create(lines: list[OfficeLine], today: date) -> dict[int, Office]:
    """New offices by line, each level of the tree after the one above it."""
    made: dict[int, Office] = {}
    waiting = lines
    while waiting:
        ready = [line for line in waiting if _is_ready(line, made)]
        rows = [_office(line, made, today) for line in ready]
        Office.objects.bulk_create(rows, batch_size=AT_ONCE)
        made |= {line.number: office for line, office in zip(ready, rows, strict=True)}
        waiting = [line for line in waiting if line.number not in made]
    for line in lines:
        office = made[line.number]
        if line.files_to is not None:
            office.files_to_id = _pk(line.files_to, made)
        elif not office.holder:
            office.files_to_id = office.parent_id
    Office.objects.bulk_update(made.values(), ["files_to"], batch_size=AT_ONCE)
    return made


def _is_ready(line: OfficeLine, made: dict[int, Office]) -> bool:
    return line.parent is None or line.parent.line is None or line.parent.line in made


def _office(line: OfficeLine, made: dict[int, Office], today: date) -> Office:
    parent = _pk(line.parent, made) if line.parent else None
    return Office(**{"starts_on": today, **line.facts}, parent_id=parent, path="")


def _pk(named: Named, made: dict[int, Office]) -> int:
    return named.pk if named.pk is not None else made[named.line or 0].pk


def write_posts(lines: Sequence[PostLine], by: Person, moment: datetime) -> list[Left]:
    """Accounts without a password: nobody signs in to one before a password is given to it."""
    people = _register_people(lines)
    posts = [
        Appointment(
            person_id=line.person or people[line.login.lower()].pk,
            office_id=line.office,
            role=role,
            track=line.track,
            starts_on=line.starts_on or day(moment),
            ends_on=line.ends_on,
            given_by=by,
            given_at=moment,
        )
        for line in lines
        for role in line.roles
    ]
    Appointment.objects.bulk_create(posts, batch_size=AT_ONCE)
    ends = {pk: line.ends_on for line in lines for pk in line.prolonged}
    prolonged = Appointment.objects.in_bulk(list(ends))
    for pk, post in prolonged.items():
        post.ends_on = ends[pk]
    Appointment.objects.bulk_update(prolonged.values(), ["ends_on"], batch_size=AT_ONCE)
    return [
        *(Left("register", person, {}) for person in people.values()),
        *(Left("appoint", post, told_of_post(post)) for post in posts),
        *(Left("change_post", post, told_of_post(post)) for post in prolonged.values()),
    ]


def _register_people(lines: Iterable[PostLine]) -> dict[str, Person]:
    """One account per login that is not on file yet."""
    people: dict[str, Person] = {}
    for line in lines:
        if line.person is None and line.login.lower() not in people:
            made = Person(login=line.login, name=line.name, phone=line.phone)
            made.set_unusable_password()
            people[line.login.lower()] = made
    Person.objects.bulk_create(people.values(), batch_size=AT_ONCE)
    return people
