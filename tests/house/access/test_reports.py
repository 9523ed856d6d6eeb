"""Who reads whose reports: the office itself, the division that receives them, the organiser."""

import pytest

from juxian.access import scope
from juxian.records.models import Person
from juxian.selectors.report import files, received_by
from tests.house.access.matrix_world import matrix_world, person_named
from tests.house.reports import hand_in

pytestmark = pytest.mark.django_db

# Of a report of Kashgar (K) and one of Hotan (H), handed in to the division for professionals.
SEES = {
    "kashgar_handler": "K",
    "kashgar_discipline": "K",
    "kashgar_reviewer": "K",
    "kashgar_signatory": "K",
    "kashgar_secretary": "K",
    "kashgar_for_skills": "K",
    "kashgar_all": "K",
    "hotan_handler": "H",
    "hotan_discipline": "H",
    "technical_handler": "HK",
    "technical_secretary": "HK",
    "hr_handler": "HK",
    "hr_for_skills": "HK",
    "hr_discipline": "HK",
    "secretary": "HK",
    "skills_secretary": "HK",
}
RECEIVE = {login for login, seen in SEES.items() if seen == "HK"}


@pytest.fixture
def posts(db, settings, tmp_path):
    world = matrix_world(settings, tmp_path)
    hand_in(world)
    hand_in(world, by=world.hotan_handler, office=world.hotan)
    return world


def letters(offices):
    return "".join(sorted({code[0].upper() for code in offices}))


def everybody():
    return [person_named(login) for login in Person.objects.values_list("login", flat=True)]


@pytest.mark.clause("R70", "R71")
def test_everybody_reads_the_reports_that_the_table_names_and_no_other(posts):
    seen = {
        one.login: letters(scope.reports(one).values_list("office__code", flat=True))
        for one in everybody()
    }
    documents = {
        one.login: letters(files(one).values_list("report__office__code", flat=True))
        for one in everybody()
    }

    assert {login: found for login, found in seen.items() if found} == SEES
    assert documents == seen


def test_the_list_of_all_offices_is_for_those_who_receive_the_reports(posts):
    assert {one.login for one in everybody() if received_by(one)} == RECEIVE
