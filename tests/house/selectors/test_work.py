"""What waits for a person: piles by step, files by deadline, searching and paging."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juxian.actions import application as filing
from juxian.records.models import Application
from juxian.selectors import work
from juxian.selectors.work_query import WorkQuery
from tests.house.desks.office_world import many, multitude, officer, took_up

pytestmark = pytest.mark.django_db


def numbers(page):
    return [task.application.number for task in page.tasks]


def waiting(person, **asked):
    """A page of what waits; `after` and `before` as cursors, the rest as the address says it."""
    cursors = {name: asked.pop(name) for name in ("after", "before") if name in asked}
    return work.page_of(person, WorkQuery(tab="waiting", **asked), **cursors)


def seen(person, **asked):
    return work.page_of(person, WorkQuery(tab="seen", **asked))


def test_a_pile_counts_what_waits_for_the_persons_role_at_the_step(world):
    world.submitted()

    (pile,) = work.piles_of(world.hospital_handler)

    assert pile.step.code == "employer_check"
    assert (pile.count, pile.unopened, pile.listed) == (1, 1, 0)


def test_another_office_and_another_role_have_nothing_to_do(world):
    world.submitted()

    assert work.piles_of(world.kashgar_handler) == ()
    assert work.piles_of(world.hospital_discipline) == ()
    assert work.piles_of(world.stranger) == ()


def test_a_person_never_finds_his_own_file_among_his_work(world):
    file = world.submitted()
    Application.objects.filter(pk=file.pk).update(applicant=world.hospital_handler)

    assert work.piles_of(world.hospital_handler) == ()


def test_a_division_sees_its_own_track_alone(world):
    file = world.submitted()
    world.pass_until("formal_check", file)

    assert [pile.step.code for pile in work.piles_of(world.technical_handler)] == ["formal_check"]
    assert work.piles_of(world.vocational_handler) == ()


def test_a_file_on_an_open_list_is_counted_as_listed(world):
    file = world.submitted()
    world.pass_until("peer_review", file)
    opened = took_up(world, file)

    piles = work.piles_of(world.hospital_handler)
    page = waiting(world.hospital_handler)

    assert (piles[0].count, piles[0].listed, piles[0].unlisted) == (1, 1, 0)
    assert page.tasks[0].proceeding == opened.pk


def test_the_nearest_deadline_comes_first_and_files_without_one_last(world):
    file = world.submitted()
    later, none = many(file, 2)
    Application.objects.filter(pk=later.pk).update(due_at=file.due_at + timedelta(days=1))
    Application.objects.filter(pk=none.pk).update(due_at=None)

    page = waiting(world.hospital_handler)

    assert numbers(page) == [file.number, later.number, none.number]


def test_pages_follow_each_other_without_a_gap_in_both_directions(world):
    file = world.submitted()
    rest = many(file, 2 * work.PAGE)
    Application.objects.filter(pk__in=[one.pk for one in rest[::3]]).update(due_at=None)
    person = world.hospital_handler

    first = waiting(person)
    second = waiting(person, after=first.after)
    third = waiting(person, after=second.after)
    back = waiting(person, before=third.before)

    assert [len(page.tasks) for page in (first, second, third)] == [work.PAGE, work.PAGE, 1]
    assert len({*numbers(first), *numbers(second), *numbers(third)}) == 2 * work.PAGE + 1
    assert (first.before, third.after) == ("", "")
    assert numbers(back) == numbers(second)


@pytest.mark.parametrize("cursor", ["", "~", "x~1", "2020-01-01~1", "2020-01-01T00:00:00+08:00~x"])
def test_what_is_no_cursor_shows_the_first_page(world, cursor):
    file = world.submitted()

    page = waiting(world.hospital_handler, after=cursor)

    assert numbers(page) == [file.number]


@pytest.mark.parametrize("words", ["阿依", "买买提", "A-00001", "00001", "第一人民"])
def test_a_file_is_found_by_name_number_or_employer(world, words):
    file = world.submitted()
    many(file, 1)

    page = waiting(world.hospital_handler, words=words)

    assert numbers(page) == [file.number]


@pytest.mark.parametrize("words", ["刘建", "B-00001", "·"])
def test_what_nobody_is_called_finds_nobody(world, words):
    world.submitted()

    page = waiting(world.hospital_handler, words=words)

    assert numbers(page) == []


def test_everything_that_reached_an_office_stays_in_its_register(world):
    file = world.submitted()
    world.pass_until("nominator_check", file)

    assert numbers(seen(world.hospital_handler)) == [file.number]
    assert numbers(seen(world.kashgar_handler)) == [file.number]
    assert numbers(seen(world.hotan_handler)) == []


def test_neighbours_are_the_files_before_and_after_in_the_pile(world):
    file = world.submitted()
    second, third = many(file, 2)
    person = world.hospital_handler
    second.refresh_from_db()

    assert work.neighbours(person, file) == ("", second.number)
    assert work.neighbours(person, second) == (file.number, third.number)
    assert work.neighbours(person, third) == (second.number, "")
    assert work.neighbours(world.kashgar_handler, second) == ("", "")


def test_neighbours_are_of_the_readers_own_track(world):
    """A division's officer for one track is not led to the other's files."""
    file = world.submitted()
    world.pass_until("formal_check", file)
    (other,) = many(file, 1)
    other.refresh_from_db()
    Application.objects.filter(pk=other.pk).update(track="skilled")

    assert work.neighbours(world.technical_handler, file) == ("", "")


def test_drafts_are_counted_and_never_shown(world):
    world.professional_draft()

    assert work.counts_of(world.hospital_handler)["drafting"].number == 1
    assert work.counts_of(world.kashgar_handler)["drafting"].number == 0
    assert numbers(seen(world.hospital_handler)) == []


def test_a_withdrawn_file_is_no_longer_work(world):
    file = world.submitted()
    filing.withdraw(file.pk, by=file.applicant, reason="材料有误")

    assert work.piles_of(world.hospital_handler) == ()


def test_the_number_of_queries_does_not_grow_with_the_rows(world):
    file = world.submitted()

    def read():
        person = world.hospital_handler
        with CaptureQueriesContext(connection) as queries:
            cycles = work.cycles_of(person)
            work.piles_of(person, cycles)
            work.page_of(person, WorkQuery.read({}), cycles=cycles)
        return len(queries)

    one = read()
    many(file, 40)

    assert read() == one == 4


def test_ten_thousand_files_are_read_at_once(world):
    file = world.submitted()
    multitude(file, 9_999)
    person = world.hospital_handler

    begun = time.perf_counter()
    piles = work.piles_of(person)
    first = waiting(person)
    waiting(person, after=first.after, words="同事")
    spent = time.perf_counter() - begun

    assert (piles[0].count, piles[0].count_in_words) == (1000, "1000+")
    assert spent < 2


def test_whoever_works_on_a_file_is_whoever_has_it_in_a_pile(world):
    file = world.submitted()

    assert officer(world, file).login == "hospital_handler"
