"""Tables of the desk and documents of many pages: given at once, or by a worker and fetched."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from juxian.actions import made_file
from juxian.papers.documents import LONG, Long
from juxian.records.models import Appointment, MadeFile, Proceeding, RosterEntry, Trace
from juxian.regulation.words import Kind
from tests.house.desks.office_world import at, send, text
from tests.house.world import FILING
from tests.papers.samples import pages_of

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def files(world):
    """Two of one hospital, evaluated by their peers."""
    both = [world.submitted(), world.submitted(number=1)]
    world.pass_until("employer_notice", *both)
    return both


@pytest.fixture
def listed(files, world):
    return Proceeding.objects.get(kind=Kind.REVIEW, office=world.hospital)


@pytest.fixture
def all_long(monkeypatch):
    """Whatever may be long is for the worker."""
    for code, long in LONG.items():
        monkeypatch.setitem(LONG, code, Long(long.count, 0, long.write))


def lines(answer):
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_tables_of_the_desk_are_exported_as_they_are_seen(world, files, listed):
    RosterEntry.objects.create(
        office=world.hospital,
        name="=1+1",
        id_mark="mark",
        facts={"department": "心血管内科"},
        imported_at=FILING,
        imported_by=world.hospital_handler,
    )
    clerk = signed_in(world.hospital_handler)

    lists, people, notices, parcels, staff = (
        lines(send(clerk, "make_file", code, key))
        for code, key in (
            ("lists", "-"),
            ("people", listed.pk),
            ("notices", "-"),
            ("parcels", "-"),
            ("roster", world.hospital.pk),
        )
    )

    assert lists[2][:4] == ["同行专家评议", "评审", "专业技术人才", world.hospital.name]
    assert people[0][0].startswith("医院经办（喀什地区第一人民医院（示例）经办）于")
    assert {row[2] for row in people[2:]} == {file.number for file in files}
    item = listed.items.order_by("application__name_key").first()
    assert people[2][8:10] == ["评审通过", str(item.ayes)]
    assert (len(notices), len(parcels)) == (2, 2)
    assert staff[2][:2] == ["=1+1", "心血管内科"]
    trace = Trace.objects.get(act="export_table", subject="proceeding")
    assert trace.detail == {"document": "people", "rows": 2}


@pytest.mark.clause("R65")
def test_all_forms_of_a_list_are_bound_by_a_worker_for_who_asked(world, files, listed, all_long):
    clerk = signed_in(world.hospital_handler)

    answer = send(clerk, "make_file", "bound_forms", listed.pk)

    waiting = MadeFile.objects.get()
    assert (answer.status_code, waiting.total) == (302, 2)
    assert "正在排队" in text(clerk.get(answer.url))
    made_file.make(waiting.pk)
    made_file.make(waiting.pk)
    fetched = at(clerk, "made_file", waiting.pk)
    given = fetched.getvalue()
    pages = pages_of(given)
    covers = [page for page in pages if "填表日期" in page]
    assert len(covers) == len(files)
    assert all(any(f"编号{file.number}" in page for page in pages) for file in files)
    done = MadeFile.objects.get()
    assert (done.done, done.total, done.size) == (2, 2, len(given))
    assert int(fetched["Content-Length"]) == done.size
    acts = Trace.objects.filter(detail__document="bound_forms").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["print", "fetch_file"]


@pytest.mark.parametrize("who", ["hotan_hospital_handler", "kashgar_handler", "applicant"])
def test_nothing_of_another_office_is_asked_for(world, files, listed, who):
    client = signed_in(getattr(world, who))

    for code, key in (
        ("bound_forms", listed.pk),
        ("evidence_booklet", files[0].number),
        ("people", listed.pk),
        ("roster", world.hospital.pk),
        ("unknown", "-"),
    ):
        assert send(client, "make_file", code, key).status_code == 404
    assert not MadeFile.objects.exists()


def test_who_has_lost_the_post_meanwhile_gets_nothing(world, files, listed, all_long):
    clerk = world.hospital_handler
    for code, key in (("bound_forms", listed.pk), ("evidence_booklet", files[0].number)):
        send(signed_in(clerk), "make_file", code, key)
    booklet = MadeFile.objects.get(sort="evidence_booklet")
    made_file.make(booklet.pk)
    Appointment.objects.filter(person=clerk).update(ends_on=date(2020, 1, 2))
    Appointment.objects.create(
        person=clerk, office=world.hotan, role="handler", starts_on=date(2020, 1, 2)
    )

    forms = MadeFile.objects.get(sort="bound_forms")
    made_file.make(forms.pk)

    forms.refresh_from_db()
    assert (forms.size, forms.refused) == (None, "没有这份文书")
    assert "没有这份文书" in text(at(signed_in(clerk), "made_files"))
    assert at(signed_in(clerk), "made_file", booklet.pk).status_code == 404
    assert send(signed_in(clerk), "make_again", booklet.pk).status_code == 404
    assert MadeFile.objects.filter(pk=booklet.pk).exists()


def test_a_document_of_many_pages_is_not_made_while_somebody_waits(world, files, listed):
    clerk = signed_in(world.hospital_handler)

    assert at(clerk, "document_pdf", "evidence_booklet", files[0].number).status_code == 404
    assert at(clerk, "document_pdf", "bound_forms", listed.pk).status_code == 404
    assert send(clerk, "make_file", "annex_list", files[0].number).status_code == 404
