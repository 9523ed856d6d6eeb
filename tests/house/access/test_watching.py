"""Which rows a supervisor reads, and that nobody else reads any of them."""

import pytest

from juxian.access import scope
from juxian.actions import cycle, person, proceeding
from juxian.records.clock import now
from juxian.records.models import (
    Ballot,
    Cycle,
    Evidence,
    Person,
    Proceeding,
    ProceedingItem,
    Trace,
)
from juxian.regulation.words import Kind, Role
from juxian.selectors.supervision import overview_of
from tests.house.access.matrix_world import matrix_world, person_named, submitted, table
from tests.house.access.test_scope import SEES, sights
from tests.house.actions.ballot_world import committee

pytestmark = pytest.mark.django_db

TRACKS = ("professional", "skilled")

# Of the region of the table SEES:
#   files      A, H, S, as there: all sent in; D, the draft, is nobody's
#   ballots    by the candidate
#   cycles     1 the region's, 2 that of Hotan
#   traces     of files and their evidence, by the file
WATCHES = """
who                  files  ballots  cycles  traces
supervisor           AHS    S        1       AHS
skills_supervisor    S      S        1       S
hotan_supervisor     -      -        2       -
hospital_supervisor  -      -        -       -
kashgar_supervisor   -      -        -       -
past_supervisor      -      -        -       -
"""


@pytest.fixture
def posts(db, settings, tmp_path):
    return matrix_world(settings, tmp_path)


def watched(login, files, cycles):
    """A row of the table WATCHES, as the scope answers."""
    somebody = person_named(login)

    def letters(keys):
        return "".join(sorted({files[key] for key in keys})) or "-"

    return {
        "files": letters(scope.watched(somebody).values_list("pk", flat=True)),
        "ballots": letters(scope.watched_ballots(somebody).values_list("candidates", flat=True)),
        "cycles": "".join(sorted(cycles[one.pk] for one in scope.supervised(somebody))) or "-",
        "traces": letters(key for one in Cycle.objects.all() for key in traced(somebody, one)),
    }


def traced(somebody, cycle):
    """Keys of the applications of which the person may read a trace."""
    rows = scope.traces(somebody, cycle)
    proofs = list(rows.filter(subject="evidence").values_list("key", flat=True))
    return {
        *rows.filter(subject="application").values_list("key", flat=True),
        *Evidence.objects.filter(pk__in=proofs).values_list("application", flat=True),
    }


def test_supervisors_read_what_the_table_names_and_nobody_else_reads_any_of_it(posts):
    files, cycles = sights(posts)
    add = posts.add_officer
    add("hotan_supervisor", "示例人员", "hotan", Role.SUPERVISOR)
    add("skills_supervisor", "示例人员", "hr", Role.SUPERVISOR, "skilled")
    add("past_supervisor", "示例人员", "hr", Role.SUPERVISOR).appointments.update(
        ends_on="2020-01-31"
    )
    nothing = {"files": "-", "ballots": "-", "cycles": "-", "traces": "-"}
    expected = dict.fromkeys(table(SEES), nothing) | table(WATCHES)

    assert {who: watched(who, files, cycles) for who in expected} == expected


def test_every_subject_of_a_cycle_is_traced_and_nothing_beside_it(posts):
    sights(posts)

    rows = scope.traces(person_named("supervisor"), posts.cycle)

    everything = set(Trace.objects.values_list("subject", flat=True))
    seen = set(rows.values_list("subject", flat=True))
    assert everything - seen == {"office", "person", "appointment"}


def test_the_draft_of_an_applicant_leaves_no_trace_that_a_supervisor_reads(posts):
    files, _cycles = sights(posts)
    [draft] = [key for key, letter in files.items() if letter == "D"]

    saved = Trace.objects.filter(subject="application", subject_id=str(draft))

    rows = scope.traces(person_named("supervisor"), posts.cycle)
    assert saved.exists()
    assert not rows.filter(pk__in=saved).exists()


def test_nobody_watches_over_their_own_application(posts):
    file = submitted(posts)
    person.appoint(posts.people["candidate"], posts.hr, Role.SUPERVISOR, by=None)
    theirs, others = person_named("candidate"), person_named("supervisor")

    assert list(scope.watched(theirs)) == []
    assert traced(theirs, posts.cycle) == set()
    assert list(scope.watched(others)) == [file]
    assert traced(others, posts.cycle) == {file.pk}


def subjects(somebody, posts):
    """Keys of lists, panels, ballots and seats of which the person may read a trace."""
    rows = scope.traces(somebody, posts.cycle)
    return {
        subject: set(rows.filter(subject=subject).values_list("key", flat=True))
        for subject in ("proceeding", "panel", "ballot", "seats")
    }


def granted_anew(posts, bucket):
    """The key of seats of one bucket, after a change that leaves a trace."""
    seats = posts.cycle.seats.filter(bucket=bucket, granted__isnull=False).first()
    cycle.change_seats(seats.pk, by=posts.secretary, granted=30, reason="调剂")
    return seats.pk


def test_a_supervisor_of_one_track_reads_of_no_list_panel_ballot_or_seats_of_the_other(posts):
    sights(posts)
    skilled = Ballot.objects.get()
    of_titles = committee(posts, experts=3, candidates=1)
    voted = of_titles.opened().ballot
    seats = {track: granted_anew(posts, f"nonpublic_{track}") for track in TRACKS}
    posts.add_officer("skills_supervisor", "示例人员", "hr", Role.SUPERVISOR, "skilled")
    somebody = person_named("skills_supervisor")
    listed = Proceeding.objects.filter(items__application__track="skilled")

    assert list(scope.watched_ballots(somebody)) == [skilled]
    assert subjects(somebody, posts) == {
        "proceeding": set(listed.values_list("pk", flat=True)),
        "panel": {skilled.panel_id},
        "ballot": {skilled.pk},
        "seats": {seats["skilled"]},
    }
    overview = overview_of(posts.cycle, by=somebody, now=now())
    assert [line.ballot for line in overview.ballots] == [skilled]
    assert [panel.pk for panel in overview.panels] == [skilled.panel_id]
    found = {one.title: one.count for one in overview.looked_for}
    assert found["名额调剂"] == 1
    everything = subjects(person_named("supervisor"), posts)
    assert everything["ballot"] == {skilled.pk, voted.pk}
    assert everything["panel"] == {skilled.panel_id, of_titles.panel.pk}
    assert everything["seats"] == set(seats.values())
    assert of_titles.listed.pk in everything["proceeding"]


def test_a_candidate_who_supervises_reads_nothing_of_their_own_vote(posts):
    sitting = committee(posts, experts=3, candidates=2)
    voted = sitting.opened().ballot
    seats = granted_anew(posts, "nonpublic_professional")
    own = sitting.candidates[0]
    nominated = posts.cycle.seats.get(pk=seats)
    ProceedingItem.objects.create(
        proceeding=Proceeding.objects.create(
            cycle=posts.cycle,
            office=nominated.office,
            step="nomination",
            kind=Kind.RECOMMEND,
            opened_by=posts.secretary,
            opened_at=now(),
        ),
        application=own,
        turn=1,
        bucket=nominated.bucket,
    )
    person.appoint(own.applicant, posts.hr, Role.SUPERVISOR, by=None)
    theirs, others = Person.objects.get(pk=own.applicant_id), person_named("supervisor")

    assert list(scope.watched_ballots(theirs)) == []
    assert set().union(*subjects(theirs, posts).values()) == set()
    assert list(scope.watched_ballots(others)) == [voted]
    assert subjects(others, posts) == {
        "proceeding": {sitting.listed.pk},
        "panel": {sitting.panel.pk},
        "ballot": {voted.pk},
        "seats": {seats},
    }


def test_what_was_done_on_a_list_to_somebody_they_do_not_watch_over_is_not_read(posts):
    sitting = committee(posts, experts=3, candidates=2)
    own = sitting.candidates[0]
    proceeding.take_off(sitting.listed.pk, own.pk, by=posts.secretary)
    person.appoint(own.applicant, posts.hr, Role.SUPERVISOR, by=None)
    theirs, others = Person.objects.get(pk=own.applicant_id), person_named("supervisor")

    def acts(somebody):
        rows = scope.traces(somebody, posts.cycle).filter(subject="proceeding").order_by("pk")
        return list(rows.values_list("act", flat=True))

    assert acts(theirs) == ["open_proceeding"]
    assert acts(others) == ["open_proceeding", "take_off"]


def test_a_trace_whose_subject_has_no_number_troubles_nobody(posts):
    Trace.objects.create(at=now(), act="print", subject="application", subject_id="a/b")

    rows = scope.traces(person_named("supervisor"), posts.cycle)
    assert set(rows.values_list("subject", flat=True)) == {"cycle"}
