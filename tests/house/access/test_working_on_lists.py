"""Who works on an open list: whoever's duties cover its step, its office and every track on it."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from juxian.access import scope
from juxian.actions import person, proceeding, publicity
from juxian.records.clock import day, now
from juxian.records.models import Objection
from juxian.records.packs import calendar, pack_of
from juxian.regulation.public_notice import period_end
from juxian.regulation.refusal import NotAllowed
from juxian.regulation.words import Kind, Role
from juxian.selectors.proceeding import is_work_of, open_lines, tracks_on
from tests.house.access.matrix_world import person_named, table
from tests.house.world import build
from tests.rules.sample_answers import professional_sample

pytestmark = [pytest.mark.django_db, pytest.mark.clause("R69")]

# login, role and track, one for each duty at the enterprise
POSTS = """
for_titles   handler     professional
for_skills   handler     skilled
for_either   handler     professional
for_either   handler     skilled
watching     handler     skilled
watching     discipline
reviewing    reviewer
signing      signatory
inspecting   supervisor
operating    operator
"""

# Who works on a list of professionals alone, of the skilled alone, and of both: yes; who may
# read it and no more: read; who finds none: -.
WORKS = """
who                    titles skills both
enterprise_handler     yes    yes    yes
for_titles             yes    -      read
for_skills             -      yes    read
for_either             yes    yes    yes
watching               read   yes    read
reviewing              read   read   read
signing                read   read   read
enterprise_discipline  read   read   read
inspecting             -      -      -
operating              -      -      -
hospital_handler       -      -      -
technical_handler      -      -      -
secretary              -      -      -
stranger               -      -      -
applicant              -      -      -
"""


@pytest.fixture
def posts(db):
    world = build()
    for number, line in enumerate(POSTS.strip().splitlines(), start=1):
        login, role, *track = line.split()
        somebody = world.people.get(login) or world.add_person(login, "示例人员")
        post = {"track": "".join(track), "starts_on": date(2020, 1, number)}
        person.appoint(somebody, world.enterprise, Role(role), by=None, **post)
    return world


def said():
    objector = publicity.Objector("赵实名", "0998-2560000")
    return {"objector": objector, "category": "other", "facts": "成果有争议"}


def list_at(posts, step, which):
    """An open list of the enterprise, of the tracks that the column names."""
    drafts = []
    if which != "skills":
        posts.add_seats("enterprise", "professional")
        answers = professional_sample()
        drafts.append(posts.draft(posts.applicant, posts.enterprise, "professional", answers))
    if which != "titles":
        drafts.append(posts.skilled_draft())
    for file in drafts:
        posts.submit(file)
        posts.pass_until(step, file)
    by = posts.enterprise_handler
    return proceeding.open_proceeding(step, [one.pk for one in drafts], by=by), drafts


def listed(posts, which):
    """A published notice within the enterprise."""
    opened, drafts = list_at(posts, "employer_notice", which)
    by = posts.enterprise_handler
    rule = pack_of(posts.cycle).procedure.step("employer_notice").publicity
    starts = day(now())
    ends = period_end(starts, rule, calendar())
    publicity.publish(opened.pk, by=by, starts_on=starts, ends_on=ends, place="公告栏")
    return opened, drafts


def allowed(act):
    """True, or why not; nothing of the act stays."""
    with transaction.atomic():
        try:
            act()
        except NotAllowed as refusal:
            return str(refusal)
        finally:
            transaction.set_rollback(True)
    return True


def answers_of(login, opened, file):
    """What every door answers: the scope, the page's rule, the to-do list, two acts, one page."""
    somebody = person_named(login)
    client = Client()
    client.force_login(somebody)
    page = client.get(reverse("office:enter_objection", args=[opened.pk]))
    return {
        "reads": scope.proceedings(somebody).filter(pk=opened.pk).exists(),
        "is work": is_work_of(somebody, opened, tracks_on(opened)),
        "waits": opened in [line.proceeding for line in open_lines(somebody)],
        "locks": allowed(
            lambda: proceeding.locked_proceeding(opened.pk, Kind.PUBLICIZE, by=somebody)
        ),
        "enters": allowed(lambda: publicity.object_to(opened.pk, file.pk, by=somebody, **said())),
        "page": page.status_code == 200,
    }


CLOSED = dict.fromkeys(("reads", "is work", "waits", "page"), False) | dict.fromkeys(
    ("locks", "enters"), "这份名单不由您办理"
)
WANTED = {"yes": dict.fromkeys(CLOSED, True), "read": CLOSED | {"reads": True}, "-": CLOSED}


@pytest.mark.parametrize("which", ["titles", "skills", "both"])
def test_every_door_to_a_list_opens_to_whom_the_table_names(posts, which):
    opened, (file, *_others) = listed(posts, which)

    wrong = {
        who: found
        for who, row in table(WORKS).items()
        if (found := answers_of(who, opened, file)) != WANTED[row[which]]
    }

    assert wrong == {}


def test_whoever_works_on_a_track_takes_its_people_off_a_list_of_several(posts):
    opened, (professional, skilled) = listed(posts, "both")

    found = {
        who: tuple(
            allowed(lambda file=file, who=who: take_off(opened, file, who))
            for file in (professional, skilled)
        )
        for who in table(WORKS)
    }

    assert found == {
        who: tuple(
            True if row[track] == "yes" else "这份名单不由您办理" for track in ("titles", "skills")
        )
        for who, row in table(WORKS).items()
    }


def take_off(opened, file, login):
    proceeding.take_off(opened.pk, file.pk, by=person_named(login))


def test_who_is_on_a_list_of_several_tracks_is_not_told_to_whom_works_on_one(posts):
    opened, _files = listed(posts, "both")
    stranger = posts.submitted(number=2)

    assert allowed(lambda: take_off(opened, stranger, "for_titles")) == "这份名单不由您办理"


def test_the_page_of_a_list_offers_to_take_off_those_of_the_readers_track(client, posts):
    opened, (professional, skilled) = list_at(posts, "peer_review", "both")
    page = reverse("office:evaluation", args=[opened.pk])

    offered = {}
    for who in ("enterprise_handler", "for_titles", "for_skills", "reviewing"):
        client.force_login(person_named(who))
        html = client.get(page).content.decode()
        offered[who] = [
            file
            for file in (professional, skilled)
            if reverse("office:take_off", args=[opened.pk, file.pk]) in html
        ]

    assert offered == {
        "enterprise_handler": [professional, skilled],
        "for_titles": [professional],
        "for_skills": [skilled],
        "reviewing": [],
    }


def test_a_list_that_has_nobody_left_of_the_readers_track_sends_back_to_all_lists(client, posts):
    opened, (professional, _skilled) = listed(posts, "both")
    client.force_login(posts.for_titles)

    answer = client.post(reverse("office:take_off", args=[opened.pk, professional.pk]), follow=True)

    assert answer.redirect_chain == [(reverse("office:lists"), 302)]
    assert answer.status_code == 200


@pytest.mark.clause("R45", "R53")
def test_the_public_objects_without_an_account_whatever_the_tracks(posts):
    opened, files = listed(posts, "both")

    for file in files:
        publicity.object_to(opened.pk, file.pk, **said())

    assert list(Objection.objects.values_list("received_by", flat=True)) == [None, None]


def test_a_list_that_nobody_is_on_is_still_the_offices_own(posts):
    opened, _files = listed(posts, "titles")
    opened.items.all().delete()

    works = [
        is_work_of(person_named(login), opened, tracks_on(opened))
        for login in ("enterprise_handler", "for_skills", "reviewing", "hospital_handler")
    ]

    assert works == [True, True, False, False]
