"""People whose names are not published (涉密人员): by number only, wherever the public reads."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from juxian.actions import publicity
from juxian.desks.public.urls import urlpatterns
from juxian.records.models import Trace
from juxian.selectors.public_notice import key_of
from tests.house.clock import set_clock
from tests.house.desks.office_world import at, many, on, says, text, took_up
from tests.papers.samples import text_of

pytestmark = pytest.mark.django_db

NAME = "买买提·保密"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def noticed(world):
    """A notice within the employer that runs, and one of results: of a named one and another."""
    first = world.submitted()
    world.pass_until("employer_notice", first)
    (other,) = many(first, 1)
    other.name = NAME
    other.save()
    within = took_up(world, first, other)
    set_clock(on(2020, 4, 27))
    ends = {"starts_on": on(2020, 4, 27).date(), "ends_on": on(2020, 5, 6).date()}
    publicity.publish(within.pk, by=world.hospital_handler, **ends, place="公告栏")
    return other, within


def found_at(world, name, within):
    """Every place for the public, and every paper to be put up or sent on, that has the name."""
    public = {
        "home": (),
        "guide": (world.cycle.code,),
        "self_check": (world.cycle.code,),
        "notices": (),
        "notice": (within.pk,),
        "objection": (within.pk,),
        "notice_by_key": (within.pk, key_of(within)),
        "objection_by_key": (within.pk, key_of(within)),
        "objection_received": (),
        "progress": (),
        "verify": (),
        "employer": (),
        "employer_received": (),
        "employer_progress": (),
    }
    assert set(public) == {pattern.name for pattern in urlpatterns}
    visitor = Client()
    pages = {
        where: visitor.get(reverse(f"public:{where}", args=args)).content.decode()
        for where, args in public.items()
    }
    clerk = signed_in(world.hospital_handler)
    set_clock(on(2020, 5, 7))
    for code in ("public_notice", "notice_report"):
        pages[f"{code} pdf"] = text_of(at(clerk, "document_pdf", code, str(within.pk)).content)
        word = Document(BytesIO(at(clerk, "document_word", code, str(within.pk)).content))
        tables = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        pages[f"{code} word"] = "".join([p.text for p in word.paragraphs] + tables)
    set_clock(on(2020, 4, 27))
    return {where for where, html in pages.items() if name in html}


@pytest.mark.clause("R45", "R53")
def test_a_classified_person_is_named_nowhere_to_the_public_and_stands_by_number(world, noticed):
    other, within = noticed
    documents = {f"{d} {k}" for d in ("public_notice", "notice_report") for k in ("pdf", "word")}
    everywhere = {"notice_by_key", "objection_by_key"} | documents

    assert found_at(world, NAME, within) == everywhere
    signed_in(world.hospital_handler).post(
        f"/office/files/{other.number}/publication/", {"reason": "post"}
    )

    assert found_at(world, NAME, within) == set()
    assert found_at(world, other.number, within) == {"notice_by_key"} | documents
    (named,) = [one for one in within.items.all() if one.application_id != other.pk]
    assert found_at(world, named.application.name, within) == everywhere


@pytest.mark.clause("R45")
def test_the_employers_clerk_says_so_with_a_reason_and_may_take_it_back(world):
    file = world.submitted()
    clerk = signed_in(world.hospital_handler)
    page = f"/office/files/{file.number}/publication/"

    told = clerk.post(page, {"reason": "project"})
    shown = text(clerk.get(f"/office/files/{file.number}/"))
    wrong = clerk.post(page, {"reason": "nothing"})
    file.refresh_from_db()
    kept = file.classified
    clerk.post(page, {"reason": ""})
    file.refresh_from_db()

    assert says(told) == ["已登记，公示名单随之更新。"]
    assert "涉密人员，不公开姓名" in shown
    assert (wrong.status_code, kept, file.classified) == (422, "project", "")
    traces = Trace.objects.filter(act="classify").order_by("pk")
    assert [trace.detail for trace in traces] == [{"classified": "project"}, {"classified": ""}]


@pytest.mark.clause("R45")
def test_only_the_employers_own_clerk_says_so(world):
    file = world.submitted()
    world.pass_until("nominator_check", file)
    page = f"/office/files/{file.number}/publication/"

    for who in (world.kashgar_handler, world.hospital_discipline, world.hotan_handler):
        assert signed_in(who).post(page, {"reason": "post"}).status_code == 404
    file.refresh_from_db()
    assert file.classified == ""
