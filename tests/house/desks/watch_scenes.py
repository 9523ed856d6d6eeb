"""Pages of the supervisor and the operator with as many rows as wanted, for counting queries."""

from django.db import connection
from django.urls import reverse

from juxian.actions import ballot, cycle, publicity
from juxian.actions.trace import Left, leave_all
from juxian.records.clock import now
from juxian.records.models import (
    Ballot,
    Certification,
    Panel,
    Proceeding,
    ProceedingItem,
    Recusal,
)
from juxian.regulation.words import Kind, Role
from tests.house.actions.ballot_world import committee
from tests.house.desks.office_world import many
from tests.house.desks.query_scenes import handled_often, returned
from tests.house.world import build


def watched_region(rows):
    """A region with a supervisor and an operator, with so many rows wherever there are any."""
    world = build()
    world.add_officer("supervisor", "监督人员", "hr", Role.SUPERVISOR)
    world.add_officer("operator", "系统管理员", "hr", Role.OPERATOR)
    file = world.submitted()
    returned(world, file, rows)
    handled_often(world, file, rows)
    many(file, rows, series=7)
    certified(world, file, rows)
    sitting = committee(world, experts=3, candidates=rows, places=rows)
    posted(world, file, rows)
    return world, file, sitting


def certified(world, file, rows):
    Certification.objects.bulk_create(
        Certification(
            application=file,
            turn=1,
            condition=f"condition{n}",
            holds=True,
            office=world.hospital,
            by=world.hospital_handler,
            done_at=now(),
        )
        for n in range(rows)
    )


def posted(world, file, rows):
    """So many notices that run, objected to, and as many lists that are open."""
    moment = now()
    made = Proceeding.objects.bulk_create(
        Proceeding(
            cycle=world.cycle,
            office=world.hospital,
            step="employer_notice",
            kind=Kind.PUBLICIZE,
            opened_by=world.hospital_handler,
            opened_at=moment,
            starts_on=moment.date(),
            ends_on=moment.date(),
        )
        for _n in range(rows)
    )
    ProceedingItem.objects.bulk_create(
        ProceedingItem(proceeding=listed, application=file, turn=1) for listed in made
    )
    for listed in made:
        objector = publicity.Objector("路人", "13900000000")
        publicity.object_to(listed.pk, file.pk, objector=objector, category="other", facts="请核实")


def voted(world, sitting, rows):
    """One round counted, and so many panels, recusals and open rounds beside it."""
    opened = sitting.opened()
    sitting.cast(opened.ballot, ["a" * rows] * 3)
    ballot.close_ballot(opened.ballot.pk, by=world.secretary, phrase=opened.phrase)
    for n in range(rows):
        panel = Panel.objects.create(
            cycle=world.cycle,
            step="committee",
            title="评委会",
            convened_by=world.secretary,
            convened_at=now(),
        )
        member = panel.members.create(person=sitting.experts[0])
        Recusal.objects.create(
            member=member,
            application=sitting.candidates[n],
            relation="kin",
            declared_at=now(),
        )
        Ballot.objects.create(
            panel=panel,
            proceeding=sitting.listed,
            round=n + 2,
            public_key="-",
            opened_by=world.secretary,
            opened_at=now(),
        )
    return opened.ballot


def logged(world, file, sitting, rows):
    """So many traces of each kind of subject."""
    seats = world.cycle.seats.filter(granted__isnull=False).first()
    for n in range(rows):
        cycle.change_seats(seats.pk, by=world.secretary, granted=30 + n, reason="调剂")
    subjects = (file, world.cycle, sitting.panel, sitting.listed, file.evidence.first())
    leave_all(
        [Left("open_file", subject, {"turn": 1}) for subject in subjects for _n in range(rows)],
        by=world.hospital_handler,
    )


def supervision_pages(rows):
    """Every page of the supervisor."""
    world, file, sitting = watched_region(rows)
    who, code = world.supervisor, world.cycle.code
    counted = voted(world, sitting, rows)
    logged(world, file, sitting, rows)
    yield "supervision:home", who, reverse("supervision:home")
    yield "supervision:cycle", who, reverse("supervision:cycle", args=[code])
    log = reverse("supervision:traces", args=[code])
    yield "supervision:traces", who, log
    yield "supervision:traces asked", who, f"{log}?number={file.number}&who=经办&act=open_file"
    yield "supervision:file", who, reverse("supervision:file", args=[file.number])
    yield "supervision:ballot", who, reverse("supervision:ballot", args=[counted.pk])
    still_open = Ballot.objects.filter(closed_at__isnull=True).first()
    yield "supervision:ballot open", who, reverse("supervision:ballot", args=[still_open.pk])


def operation_pages(rows):
    """The operator's page, with so many tasks that failed."""
    world, _file, _sitting = watched_region(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts)"
            " SELECT 'default', 'tell', 'failed', 1 FROM generate_series(1, %s)",
            [rows],
        )
    yield "operation:status", world.operator, reverse("operation:status")
