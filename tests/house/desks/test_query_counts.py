"""What a page may ask of the database: little, and the same for one row as for thirty."""

from importlib import import_module

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.desks.care_scenes import care_pages
from tests.house.desks.query_scenes import expert_pages, office_pages, secretariat_pages
from tests.house.desks.watch_scenes import operation_pages, supervision_pages

pytestmark = pytest.mark.django_db

MOST = 12
MORE = {"office:file first": 18}  # the first opening is written down under a lock
FEW, MANY = 1, 30
NO_PAGES = (  # what is sent, leads on, or is kept as a file
    "office:proof office:proof_page office:photo office:open_list office:read_copies office:list"
    " office:take_off"
    " office:scan office:figures office:conclude_evaluation office:conclude_publicity"
    " office:choose_bucket office:shift office:allocate office:tilt_sheet"
    " office:form_paper office:nomination_paper office:summary_paper"
    " office:evaluation_paper office:sign_in_paper"
    " office:parcel_paper office:report_file secretariat:package"
    " office:roster_template office:document_pdf office:document_word office:tick"
    " office:presence"
    " office:choose_post office:delete_view office:begin_export"
    " office:make_file office:made_file office:make_again"
    " office:batch office:perform office:summary"
    " office:pass_on"
    " office:tick_copies office:scan_page office:scan_pile"
    " office:scan_page_image office:shortage_letter office:parcel_receipt"
    " care:sheet_template care:checked_sheet care:first_password"
    " care:request_proof care:drop_change care:access_file care:review_access"
    " care:offices_file"
    " secretariat:record_results secretariat:results_template secretariat:open_ballot"
)


def counted(pages):
    """How often each page asks the database, the second time somebody reads it."""
    found = {}
    for name, who, path in pages:
        client = Client()
        client.force_login(who)
        client.get(reverse("common:desks"))
        if not name.endswith("first"):
            client.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert (name, answer.status_code) == (name, 200)
        found[name] = len(asked)
    return found


def pages_of(desk):
    """Every address of the desk that answers with a page when it is read."""
    named = {
        f"{desk}:{pattern.name}"
        for pattern in import_module(f"juxian.desks.{desk}.urls").urlpatterns
    }
    return named - set(NO_PAGES.split())


@pytest.mark.parametrize(
    "pages",
    [office_pages, secretariat_pages, expert_pages, supervision_pages, operation_pages, care_pages],
)
def test_a_page_asks_little_and_the_same_for_thirty_rows_as_for_one(pages):
    asked = []
    for rows in (FEW, MANY):
        with transaction.atomic():
            asked.append(counted(pages(rows)))
            transaction.set_rollback(True)
    few, plenty = asked
    assert few == plenty
    assert {page: n for page, n in plenty.items() if n > MORE.get(page, MOST)} == {}
    desk = pages.__name__.removesuffix("_pages")
    assert pages_of(desk) - {page.partition(" ")[0] for page in plenty} == set()
