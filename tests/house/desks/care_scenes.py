"""The pages about offices and posts, with as many rows as wanted."""

from datetime import date, timedelta

from django.urls import reverse

from juxian.actions import register
from juxian.actions.intake import Taken, store
from juxian.actions.office import create_office
from juxian.actions.office_change import Wanted, decide
from juxian.actions.person import appoint
from juxian.records.clock import now
from juxian.records.models import EmployerRequest, RegisterSheet
from juxian.regulation.words import OfficeChangeKind, Role, SheetKind
from tests.house.desks.care_world import units, workbook
from tests.house.world import PDF, build


def asking(office, rows):
    """So many employers that ask to be registered; the key of one."""
    proof = store(Taken(PDF, "application/pdf"))
    for number in range(rows):
        asked = EmployerRequest.objects.create(
            receipt=f"R{number}",
            credit_code=f"C{number}",
            name="某厂",
            kind="institution",
            region="653101",
            above=office,
            proof=proof,
            contact="某人",
            phone="1",
            login="abcd",
            asked_at=now(),
        )
    return asked.pk


def renamed(above, who, rows):
    """An office below that was renamed so many times."""
    made = create_office("below", "原名", kind="institution", region="653101", files_to=above)
    for number in range(rows):
        wanted = Wanted(
            OfficeChangeKind.RENAME, date(2020, 1, 1) + timedelta(number), "文号", f"新名{number}"
        )
        decide(made.pk, wanted, by=who)
    return made


def care_pages(rows):
    """Every page of the desk, for a prefecture with so many units and so many people."""
    world = build()
    who, here = world.kashgar_handler, world.kashgar
    for number in range(rows):
        create_office(
            *(f"unit-{number}", f"第{number}单位"),
            kind="institution",
            region="653101",
            files_to=here,
        )
        officer = world.add_person(f"officer{number}", "某人")
        appoint(officer, here, Role.HANDLER, by=who)
    sheet = register.read_in(SheetKind.OFFICES, workbook("offices", *units(*range(rows))), by=who)
    for _again in range(rows):
        RegisterSheet.objects.create(
            kind=sheet.kind,
            person=who,
            content=sheet.content,
            figures=sheet.figures,
            read_at=sheet.read_at,
            expires_at=sheet.expires_at,
        )
    yield "care:home", who, reverse("care:home")
    yield "care:office", who, reverse("care:office", args=[here.pk])
    yield "care:give_post", who, reverse("care:give_post", args=[here.pk])
    below = renamed(here, who, rows)
    yield "care:office below", who, reverse("care:office", args=[below.pk])
    for kind in OfficeChangeKind:
        address = reverse("care:change_office", args=[below.pk, kind])
        yield f"care:change_office {kind}", who, address
    yield "care:access", who, reverse("care:access")
    yield "care:mine", who, reverse("care:mine")
    post = who.appointments.get()
    for act in ("stand-in", "hand-over", "end"):
        yield f"care:change_post {act}", who, reverse("care:change_post", args=[post.pk, act])
    yield "care:requests", who, reverse("care:requests")
    yield "care:request", who, reverse("care:request", args=[asking(here, rows)])
    yield "care:sheets", who, reverse("care:sheets")
    for kind in SheetKind:
        yield f"care:send_in {kind}", who, reverse("care:send_in", args=[kind])
    yield "care:sheet", who, reverse("care:sheet", args=[sheet.pk])
