"""Which rows a supervisor reads, and that nobody else reads any of them."""

import pytest

from juxian.access import scope
from juxian.actions import person
from juxian.records.clock import now
from juxian.records.models import Cycle, Evidence, Trace
from juxian.regulation.words import Role
from tests.house.access.matrix_world import matrix_world, person_named, submitted, table
from tests.house.access.test_scope import SEES, sights

pytestmark = pytest.mark.django_db

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


def test_a_trace_whose_subject_has_no_number_troubles_nobody(posts):
    Trace.objects.create(at=now(), act="print", subject="application", subject_id="a/b")

    rows = scope.traces(person_named("supervisor"), posts.cycle)
    assert set(rows.values_list("subject", flat=True)) == {"cycle"}
