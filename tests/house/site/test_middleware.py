"""What every answer carries, and what is known of a request afterwards."""

import json
import logging

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from juxian.desks.common import sessions
from juxian.site import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def mine(_request, number):
    return HttpResponse(number)


@login_not_required
def sign_in(_request):
    return HttpResponse()


urlpatterns = [
    path("mine/<int:number>/", mine),
    path("signin/", sign_in, name="account_login"),
]


@pytest.fixture
def person():
    return get_user_model().objects.create_user("zhang", "a long password", name="张三")


@pytest.fixture
def events(caplog):
    caplog.set_level(logging.INFO, logger="juxian.request")
    return lambda: [record.msg for record in caplog.records if record.name == "juxian.request"]


def test_every_answer_has_its_headers(client):
    response = client.get("/signin/")

    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Permissions-Policy"] == middleware.PERMISSIONS


def test_a_page_of_a_signed_in_person_is_not_kept(client, person):
    client.force_login(person)

    response = client.get("/mine/7/")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get("/mine/7/")

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/signin/")


def test_a_request_is_known_by_its_route_and_nothing_personal(client, person, events):
    client.force_login(person)

    response = client.get("/mine/7/?name=张三&phone=13800138000")

    (event,) = events()
    assert event["route"] == "mine/<int:number>/"
    assert (event["method"], event["status"]) == ("GET", 200)
    assert event["request_id"] == response["X-Request-ID"]
    assert "张三" not in json.dumps(event, ensure_ascii=False, default=str)


def test_a_session_is_dated_once_in_five_minutes_not_at_every_page(client, person):
    client.force_login(person)
    client.get("/mine/7/")
    first = client.session["dated"]

    client.get("/mine/7/")
    assert client.session["dated"] == first

    session = client.session
    session["dated"] = first - sessions.DATED_EVERY
    session.save()
    client.get("/mine/7/")
    assert client.session["dated"] >= first


def test_a_session_ends_half_an_hour_after_it_was_dated(client, person):
    client.force_login(person)
    client.get("/mine/7/")

    left = client.session.get_expiry_age()

    assert left == 1800


def test_a_view_that_leaves_no_trace_is_neither_logged_nor_dated(person, events):
    def cast(_request):
        return HttpResponse()

    cast.leaves_no_trace = True
    request = RequestFactory().get("/")
    request.resolver_match = type("Match", (), {"func": cast, "route": "cast/"})
    request.user, request.session = person, {}

    middleware.request_log(middleware.session_clock(cast))(request)

    assert events() == []
    assert request.session == {}


def test_a_stranger_gets_no_session(events):
    request = RequestFactory().get("/")
    request.resolver_match = None
    request.user, request.session = AnonymousUser(), {}

    middleware.request_log(middleware.session_clock(lambda _request: HttpResponse()))(request)

    assert request.session == {}
    assert [event["route"] for event in events()] == [""]
