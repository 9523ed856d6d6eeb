"""The tus protocol at the applicant's desk: who may, what is answered, what is left behind."""

from base64 import b64encode
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from juxian.desks.applicant.views import uploading
from juxian.records.clock import now
from juxian.records.models import Evidence, Upload
from juxian.selectors.evidence import path_of
from tests.house.clock import set_clock
from tests.house.desks.test_applicant_privacy import at
from tests.house.world import PDF, kept_of

pytestmark = pytest.mark.django_db

WHOLE, HALF = len(PDF), len(PDF) // 2
BYTES = "application/offset+octet-stream"
SPOKEN = {"HTTP_TUS_RESUMABLE": "1.0.0"}


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


def metadata(**said):
    return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in said.items())


def create(client, file, size=WHOLE, **said):
    known = {"material": "other", "title": "任命文件", "mark": "m1"} | said
    headers = SPOKEN | {"HTTP_UPLOAD_LENGTH": str(size), "HTTP_UPLOAD_METADATA": metadata(**known)}
    return client.post(at("uploads", file), content_type=BYTES, **headers)


def patch(client, path, offset, content, **more):
    headers = SPOKEN | {"HTTP_UPLOAD_OFFSET": str(offset)} | more
    return client.patch(path, content, content_type=BYTES, **headers)


def test_it_says_what_it_takes(me, full):
    said = me.options(at("uploads", full))

    assert said.status_code == 204
    named = ("Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size")
    assert [said[name] for name in named] == [
        "1.0.0",
        "1.0.0",
        "creation,termination,expiration",
        "20971520",
    ]


def test_a_file_is_created_sent_in_pieces_and_becomes_evidence(me, full):
    created = create(me, full)
    path = created["Location"]
    assert (created.status_code, created["Upload-Offset"]) == (201, "0")

    first = patch(me, path, 0, PDF[:HALF])
    head = me.head(path, **SPOKEN)
    last = patch(me, path, HALF, PDF[HALF:])
    again = patch(me, path, HALF, PDF[HALF:])

    assert (first.status_code, first["Upload-Offset"]) == (204, str(HALF))
    assert (head["Upload-Offset"], head["Upload-Length"]) == (str(HALF), str(len(PDF)))
    assert "no-store" in head["Cache-Control"]
    assert head["Upload-Expires"].endswith(" GMT")
    assert [(one.status_code, one["Upload-Offset"]) for one in (last, again)] == [
        (204, str(len(PDF)))
    ] * 2
    given = Evidence.objects.get(application=full, title="任命文件")
    assert path_of(given.file_id).read_bytes() == kept_of(PDF)


class BrokenLine(BytesIO):
    """A body of which so much arrives."""

    def read(self, size=-1):
        more = super().read(size)
        if not more:
            raise ConnectionResetError
        return more


def test_what_a_broken_line_had_brought_is_kept(me, full):
    path = create(me, full)["Location"]

    broken = {"wsgi.input": BrokenLine(PDF[:HALF]), "CONTENT_LENGTH": str(WHOLE)}
    patch(me, path, 0, b"-", **broken)

    assert me.head(path, **SPOKEN)["Upload-Offset"] == str(HALF)
    patch(me, path, HALF, PDF[HALF:])
    given = Evidence.objects.get(application=full, title="任命文件")
    assert path_of(given.file_id).read_bytes() == kept_of(PDF)


def test_slow_lines_take_two_threads_at_most_and_the_others_are_told_to_come_back(
    me, full, monkeypatch
):
    monkeypatch.setattr(uploading, "PATIENCE", 0)
    path = create(me, full)["Location"]

    with uploading.RECEIVING, uploading.RECEIVING:
        answer = patch(me, path, 0, PDF)

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert patch(me, path, 0, PDF).status_code == 204


def test_a_piece_from_the_wrong_place_is_a_conflict(me, full):
    path = create(me, full)["Location"]
    patch(me, path, 0, PDF[:HALF])

    assert patch(me, path, 0, PDF[:HALF]).status_code == 409
    assert me.head(path, **SPOKEN)["Upload-Offset"] == str(HALF)


def test_a_refusal_is_a_sentence_in_plain_text(me, full):
    path = create(me, full, size=9)["Location"]

    answer = patch(me, path, 0, b"no paper!")

    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert answer.content.decode() == "这是文本文件，请另存为PDF再上传"
    assert me.head(path, **SPOKEN).status_code == 404


def test_a_file_too_large_is_refused_before_it_is_sent(me, full):
    answer = create(me, full, size=20 * 1024**2 + 1)

    assert answer.status_code == 413
    assert answer.content.decode() == "文件超过20MB，请降低扫描分辨率或分成几份上传"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_UPLOAD_LENGTH": "-1"},
        {"HTTP_UPLOAD_LENGTH": "12", "HTTP_UPLOAD_METADATA": "title !"},
        {"HTTP_UPLOAD_LENGTH": "12", "HTTP_UPLOAD_METADATA": "title /w=="},
        {},
    ],
)
def test_what_cannot_be_read_is_refused(me, full, headers):
    answer = me.post(at("uploads", full), content_type=BYTES, **SPOKEN, **headers)

    assert answer.status_code == 422
    assert answer.content.decode() == "没有认出这个文件，请重新选择"


def test_only_this_version_these_methods_and_this_content(me, full):
    path = create(me, full)["Location"]

    refused = me.post(at("uploads", full), content_type=BYTES, HTTP_TUS_RESUMABLE="0.2.2")
    assert (refused.status_code, refused["Tus-Version"]) == (412, "1.0.0")
    assert me.get(at("uploads", full), **SPOKEN).status_code == 405
    assert me.get(path, **SPOKEN).status_code == 405
    plain = me.patch(path, PDF, content_type="text/plain", **SPOKEN, HTTP_UPLOAD_OFFSET="0")
    assert plain.status_code == 415


def test_where_only_post_passes_another_header_names_the_method(me, full):
    path = create(me, full)["Location"]
    by_post = SPOKEN | {"HTTP_X_HTTP_METHOD_OVERRIDE": "PATCH", "HTTP_UPLOAD_OFFSET": "0"}

    assert me.post(path, PDF, content_type=BYTES, **by_post).status_code == 204
    assert Evidence.objects.filter(application=full, title="任命文件").exists()


def test_reading_never_changes_anything_whatever_another_header_names(me, full):
    path = create(me, full)["Location"]

    for method in ("DELETE", "PATCH"):
        me.get(path, **SPOKEN, HTTP_X_HTTP_METHOD_OVERRIDE=method, HTTP_UPLOAD_OFFSET="0")
        me.head(path, **SPOKEN, HTTP_X_HTTP_METHOD_OVERRIDE=method, HTTP_UPLOAD_OFFSET="0")

    assert Upload.objects.get().offset == 0


def test_an_upload_is_given_up_by_the_protocol_or_by_the_page_s_button(me, full):
    first, second = (create(me, full, mark=mark)["Location"] for mark in ("m1", "m2"))

    assert me.delete(first, **SPOKEN).status_code == 204
    answer = me.post(f"{second}discard/")

    assert answer["Location"] == f"{at('evidence', full)}#m-other"
    assert not Upload.objects.exists()
    assert me.post(f"{second}discard/").status_code == 404


def test_after_a_day_there_is_no_such_upload(me, full):
    path = create(me, full)["Location"]
    set_clock(now() + timedelta(days=1, seconds=5))
    me.force_login(full.applicant)

    assert me.head(path, **SPOKEN).status_code == 404


def test_nobody_else_sees_or_touches_it(me, world, full):
    path = create(me, full)["Location"]
    other, nobody = Client(), Client()
    other.force_login(world.stranger)

    assert create(other, full).status_code == 404
    for answer in (
        other.head(path, **SPOKEN),
        patch(other, path, 0, PDF),
        other.delete(path, **SPOKEN),
        other.post(f"{path}discard/"),
    ):
        assert answer.status_code == 404
    for answer in (create(nobody, full), patch(nobody, path, 0, PDF), nobody.head(path, **SPOKEN)):
        assert answer.status_code == 302
    assert Upload.objects.get().offset == 0


def test_every_method_that_changes_something_wants_a_token_against_forgery(world, full):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.applicant)
    path = reverse("applicant:upload", args=[full.number, uuid4()])
    answers = [
        create(strict, full),
        patch(strict, path, 0, PDF),
        strict.delete(path, **SPOKEN),
        strict.post(path, PDF, content_type=BYTES, **SPOKEN, HTTP_X_HTTP_METHOD_OVERRIDE="PATCH"),
        strict.post(f"{path}discard/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
