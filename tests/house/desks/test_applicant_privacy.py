"""Whose pages the applicant's desk shows, when they may be changed, and what they cost."""

import pytest
from django.urls import reverse

from juxian.actions import application as acts
from juxian.actions import evidence
from juxian.records.models import Application, Section
from tests.house.world import another_pdf
from tests.rules.sample_answers import professional_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, world):
    """The applicant, signed in."""
    client.force_login(world.applicant)
    return client


@pytest.fixture
def full(world):
    return world.professional_draft()


def at(name, file, *args):
    return reverse(f"applicant:{name}", args=[file.number, *args])


def version(file, section):
    return Section.objects.get(application=file, code=section).version


STRANGE = [
    ("tasks", ()),
    ("section", ("basic",)),
    ("row", ("education", "records", "new")),
    ("evidence", ()),
    ("photo", ()),
    ("check", ()),
    ("submit", ()),
    ("receipt", ()),
    ("returned", ()),
    ("form", ()),
    ("progress", ()),
    ("print", ()),
    ("pdf", ()),
    ("withdraw", ()),
    ("bring", ()),
    ("from_portfolio", ("achievements", "awards")),
]


@pytest.mark.parametrize(("name", "args"), STRANGE)
def test_another_s_application_is_not_found(client, world, full, name, args):
    client.force_login(world.stranger)

    assert client.get(at(name, full, *args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), STRANGE)
def test_even_an_officer_who_may_work_on_it_does_not_sit_at_the_applicant_s_desk(
    client, world, full, name, args
):
    world.submit(full)
    client.force_login(world.hospital_handler)

    assert client.get(at(name, full, *args)).status_code == 404


def test_no_page_of_one_applicant_names_another(me, world, full):
    other = professional_sample()["basic"]["mobile"]
    stranger = world.add_person("other", "古丽娜尔·阿不都")
    begun = acts.begin(
        world.cycle.pk, by=stranger, employer_id=world.hospital.pk, track="professional"
    )
    acts.save_section(begun.pk, "basic", {"mobile": other}, by=stranger, version=0)

    for name, args in STRANGE:
        response = me.get(at(name, full, *args))
        if response.headers["Content-Type"].startswith("text/html"):
            assert "古丽娜尔" not in response.content.decode()
            assert begun.number not in response.content.decode()


def test_a_submitted_form_is_read_only(me, world, full):
    world.submit(full)

    for name, args in (("section", ("basic",)), ("evidence", ()), ("check", ())):
        assert me.get(at(name, full, *args)).headers["Location"] == at("form", full)
    assert me.get(at("row", full, "education", "records", "new")).status_code == 404


def fill(world, file, count):
    """So many rows in a table, so many files for a material."""
    rows = [{"year": 1990 + n, "result": "competent"} for n in range(count)]
    at_version = version(file, "assessment")
    acts.save_section(
        file.pk, "assessment", {"years": rows}, by=world.applicant, version=at_version
    )
    for number in range(count):
        evidence.attach(
            file.pk,
            by=world.applicant,
            material="awards",
            title=f"第{number}份",
            content=another_pdf(number),
        )


@pytest.mark.parametrize("count", [1, 30])
def test_a_section_page_takes_at_most_ten_queries_however_much_is_filled(
    me, world, full, django_assert_max_num_queries, count
):
    fill(world, full, count)
    for section in ("basic", "post", "assessment", "achievements", "conditions"):
        with django_assert_max_num_queries(10):
            assert me.get(at("section", full, section)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_of_a_draft_take_at_most_twelve_queries_however_much_is_in_it(
    me, world, full, django_assert_max_num_queries, count
):
    fill(world, full, count)
    for name in ("tasks", "evidence", "check", "submit"):
        with django_assert_max_num_queries(12):
            assert me.get(at(name, full)).status_code == 200


@pytest.mark.parametrize("withdrawn", [0, 29])
def test_the_list_of_applications_takes_at_most_twelve_queries(
    me, world, full, django_assert_max_num_queries, withdrawn
):
    for number in range(withdrawn):
        Application.objects.create(
            cycle=world.cycle,
            applicant=world.people["applicant"],
            employer=world.hospital,
            track="professional",
            number=f"OLD-{number}",
            created_at=full.created_at,
            name="旧",
            step="fill",
            standing="withdrawn",
            held_since=full.created_at,
        )

    with django_assert_max_num_queries(12):
        html = me.get(reverse("applicant:home")).content.decode()

    assert html.count("OLD-") >= withdrawn
