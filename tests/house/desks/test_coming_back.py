"""A form sent after its session had ended, or with a token of before, is not lost (ADR 0017)."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from juxian.desks.common import held
from juxian.records import sealing
from juxian.selectors.facts import answers_of
from tests.house.desks.filled_pages import at
from tests.house.desks.shown import shown
from tests.house.world import PASSWORD

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver"}


@pytest.fixture
def strict(world):
    """A browser whose forms are checked against forgery."""
    cache.clear()
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.applicant)
    return client


def with_token(client, address, **typed):
    page = client.get(address)
    return shown(page) | typed | {"csrfmiddlewaretoken": page.context["csrf_token"]}


def sign_in(client, page, login="applicant"):
    """By the form of the page, just as it is shown."""
    sent = shown(page) | {"login": login, "password": PASSWORD}
    sent["next"] = page.context["redirect_field"].partition('value="')[2].rpartition('"')[0]
    sent["csrfmiddlewaretoken"] = str(page.context["csrf_token"])
    return client.post(reverse("account_login"), sent)


def test_the_script_is_told_that_the_session_has_ended(strict, draft):
    address = at("section", draft, "basic")
    page = with_token(strict, address, postcode="844000")
    strict.session.delete()

    answer = strict.post(address, page | {"go": "auto"})

    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})


def test_a_page_sent_after_the_session_ended_is_there_again_after_signing_in(strict, draft):
    address = at("section", draft, "basic")
    page = with_token(strict, address, postcode="844000", resident_id="653100197105080015")
    strict.session.delete()

    login = strict.post(address, page | {"go": "next", "at": "f-postcode"})
    html = login.content.decode()
    led = sign_in(strict, login)
    back = strict.get(address)

    assert "您刚才填的内容没有丢" in html
    assert "653100197105080015" not in html
    assert led.headers["Location"] == f"{address}#f-postcode"
    assert 'value="844000"' in back.content.decode()
    assert 'data-autosave="unsaved"' in back.content.decode()
    assert "basic" not in answers_of(draft)

    saved = strict.post(address, with_token(strict, address) | {"go": "auto"})
    assert saved.json()["state"] == "saved"
    assert answers_of(draft)["basic"]["postcode"] == "844000"
    assert held.FIELD not in strict.session


def test_a_row_sent_after_the_session_ended_is_there_again(strict, draft):
    address = at("row", draft, "assessment", "years", "new")
    page = with_token(strict, address, year="2019")
    strict.session.delete()

    sign_in(strict, strict.post(address, page | {"go": "back"}))

    back = strict.get(address)
    assert 'value="2019"' in back.content.decode()
    assert f'name="row" value="{page["row"][0]}"' in back.content.decode()


def test_a_wrong_password_does_not_lose_what_was_typed(strict, draft):
    address = at("section", draft, "basic")
    page = with_token(strict, address, postcode="844000")
    strict.session.delete()
    login = strict.post(address, page)

    wrong = strict.post(
        reverse("account_login"),
        shown(login)
        | {"login": "applicant", "password": "no", "next": address}
        | {"csrfmiddlewaretoken": str(login.context["csrf_token"])},
    )

    assert shown(wrong)["held"] == shown(login)["held"]


def test_what_was_typed_is_shown_to_nobody_else_who_signs_in(strict, draft):
    address = at("section", draft, "basic")
    page = with_token(strict, address, postcode="844000")
    strict.session.delete()

    sign_in(strict, strict.post(address, page), login="stranger")

    assert strict.get(address).status_code == 404


def test_nothing_of_what_was_typed_is_stored_before_a_password_is_given(strict, draft):
    address = at("section", draft, "basic")
    page = with_token(strict, address, postcode="844000")
    strict.session.delete()

    with CaptureQueriesContext(connection) as asked:
        strict.post(address, page)

    words = ("INSERT", "UPDATE")
    assert [query["sql"] for query in asked if query["sql"].startswith(words)] == []


def test_a_page_of_before_the_last_sign_in_is_saved_with_one_more_press(strict, world, draft):
    address = at("section", draft, "basic")
    page = with_token(strict, address, postcode="844000")
    strict.logout()
    strict.cookies.clear()
    strict.force_login(world.applicant)
    strict.get(address)

    asked = strict.post(address, page | {"go": "tasks"}, headers=HERE)
    token = str(asked.context["csrf_token"])
    saved = strict.post(address, shown(asked) | {"csrfmiddlewaretoken": token}, headers=HERE)

    assert asked.status_code == 403
    assert "请再按一次保存" in asked.content.decode()
    assert saved.headers["Location"] == at("tasks", draft)
    assert answers_of(draft)["basic"]["postcode"] == "844000"


def test_a_page_from_another_site_is_never_taken_up(strict, draft):
    address = at("section", draft, "basic")
    strict.get(address)

    asked = strict.post(
        address,
        {"postcode": "830000", "version": 0},
        headers={"Origin": "http://elsewhere.example"},
    )

    assert asked.status_code == 403
    assert "held" not in shown(asked)


def test_the_script_is_told_to_fetch_another_token(strict, draft):
    address = at("section", draft, "basic")
    strict.get(address)

    answer = strict.post(address, {"go": "auto"}, headers=HERE)

    assert (answer.status_code, answer.json()) == (403, {"state": "token"})


def sealed_at(moment, path):
    typed = "postcode=844000&version=0&go=tasks"
    whole = {"path": path, "at": moment.isoformat(), "typed": typed, "had_files": False}
    return sealing.seal(json.dumps(whole))


def test_what_was_held_too_long_ago_or_for_another_page_or_made_elsewhere_is_not_taken(me, draft):
    address, now = at("section", draft, "basic"), timezone.now()
    for sealed in (
        "sealed:x:y",
        "plain",
        sealing.seal("a resident id"),
        sealing.seal('{"a": 1}'),
        sealed_at(now - held.KEPT, address),
        sealed_at(now, at("section", draft, "post")),
    ):
        assert me.post(address, {"held": sealed}).headers["Location"] == address
    assert "basic" not in answers_of(draft)

    me.post(address, {"held": sealed_at(now, address)})
    assert answers_of(draft)["basic"]["postcode"] == "844000"
