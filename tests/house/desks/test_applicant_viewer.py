"""The viewer of evidence: from page to page, turned, closer, small, and how long it is kept."""

from io import BytesIO

import pytest
from PIL import Image

from juxian.selectors.evidence import evidence_of
from tests.house.actions.test_evidence import pdf, picture
from tests.house.desks.test_applicant_evidence import give
from tests.house.desks.test_applicant_privacy import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


def test_the_viewer_goes_from_page_to_page_and_from_file_to_file(me, world, full):
    given = give(world, full, "九页", content=pdf(pages=9))

    html = me.get(at("view_file", full, given.pk), {"page": 2, "turned": 270}).content.decode()

    assert "第 2 页，共 9 页" in html
    assert "page=1" in html
    assert "page=3" in html
    assert "turned=0" in html
    assert f"{at('file_page', full, given.pk, 2)}?turned=270&amp;zoom=1" in html
    assert "上一份：抗疫一线经历证明" in html
    beyond = me.get(at("view_file", full, given.pk), {"page": 99, "zoom": "x"})
    assert beyond.context["look"].page == 9
    assert me.get(at("view_file", full, 0)).status_code == 404


def size_of(response):
    with Image.open(BytesIO(response.content)) as image:
        return image.format, image.size


def test_a_page_is_a_picture_turned_closer_and_small(me, world, full):
    given = give(world, full, "照片", content=picture(4000, 2000))
    page = at("file_page", full, given.pk, 1)

    assert size_of(me.get(page)) == ("PNG", (1400, 700))
    assert size_of(me.get(page, {"turned": 90, "zoom": 3})) == ("PNG", (1400, 2800))
    assert size_of(me.get(at("small", full, given.pk))) == ("JPEG", (240, 120))
    assert me.get(at("file_page", full, given.pk, 2)).status_code == 404


def test_a_picture_may_be_kept_by_the_reader_s_browser_for_half_an_hour(me, full):
    given = evidence_of(full).first()

    for address in (at("small", full, given.pk), at("file_page", full, given.pk, 1)):
        answer = me.get(address)
        assert answer["Cache-Control"] == "private, max-age=1800, immutable"
        assert "Cookie" in answer["Vary"]
    assert "no-store" in me.get(at("view_file", full, given.pk))["Cache-Control"]
