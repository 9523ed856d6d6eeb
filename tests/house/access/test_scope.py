"""Which rows each person sees, of everything that is on file."""

import pytest
from django.db.models import Exists, OuterRef, Q

from juxian.access import scope
from juxian.actions import ballot, cycle, evidence, panel, proceeding, publicity
from juxian.actions.application import begin
from juxian.records.clock import day, now
from juxian.records.models import Application, Seats, Stop
from juxian.records.packs import calendar, pack_of
from juxian.regulation.public_notice import period_end
from juxian.regulation.words import Role
from tests.house.access.matrix_world import draft, matrix_world, person_named, submitted, table
from tests.house.world import PACK, PDF, vary_identity
from tests.rules.sample_answers import professional_sample

pytestmark = pytest.mark.django_db

# From which step of the ladder on each person sees the candidate's application, once it has been
# there; "never" for everybody who is not named.
SEES_FROM = {
    "candidate": "fill",
    "hospital_handler": "employer_check",
    "hospital_for_titles": "employer_check",
    "hospital_discipline": "employer_check",
    "hospital_reviewer": "employer_check",
    "hospital_signatory": "employer_check",
    "hospital_secretary": "employer_check",
    "county_handler": "county_check",
    "county_discipline": "county_check",
    "kashgar_handler": "discipline",
    "kashgar_discipline": "discipline",
    "kashgar_reviewer": "discipline",
    "kashgar_signatory": "discipline",
    "kashgar_secretary": "discipline",
    "kashgar_all": "discipline",
    "technical_handler": "formal_check",
    "technical_secretary": "formal_check",
    "hr_handler": "formal_check",
    "hr_discipline": "formal_check",
    "secretary": "formal_check",
}
NEVER = {
    "applicant",
    "welder",
    "stranger",
    "expert1",
    "hospital_for_skills",
    "hospital_supervisor",
    "hospital_operator",
    "hospital_past",
    "hospital_future",
    "hospital_suspended",
    "ward_handler",
    "bureau_handler",
    "kashgar_for_skills",
    "kashgar_supervisor",
    "kashgar_operator",
    "kashgar_section",
    "hotan_handler",
    "hotan_discipline",
    "hotan_hospital_handler",
    "county_of_hotan",
    "vocational_handler",
    "hr_for_skills",
    "skills_secretary",
    "supervisor",
    "operator",
}

# What is there to be seen:
#   judged     what is before a panel that the person sits on and has pledged to
#   files      D the draft of the applicant; A the candidate's, publicised at the hospital; H one of
#              the hospital of Hotan, on its list of peers; S the welder's, before the committee
#   lists      by the files on them; every file but D is on one
#   objections, by the file they are about; ballots, by the candidate; cycles, 1 the region's and
#   2 that of Hotan; seats, by the office they are granted to, all those of the region as "all"
SEES = """
who                     files  evidence  judged  lists  objections  ballots  cycles  seats
applicant               D      D         -       -      -           -        -       -
candidate               A      A         -       A      A           -        -       -
welder                  S      S         -       -      -           -        -       -
stranger                -      -         -       -      -           -        -       -
hospital_handler        A      A         -       A      A           -        -       -
hospital_for_titles     A      A         -       A      A           -        -       -
hospital_for_skills     -      -         -       -      -           -        -       -
hospital_discipline     A      A         -       A      A           -        -       -
hospital_reviewer       A      A         -       A      A           -        -       -
hospital_signatory      A      A         -       A      A           -        -       -
hospital_secretary      A      A         -       A      A           -        -       -
hospital_supervisor     -      -         -       -      -           -        -       -
hospital_operator       -      -         -       -      -           -        -       -
hospital_past           -      -         -       -      -           -        -       -
hospital_future         -      -         -       -      -           -        -       -
hospital_suspended      -      -         -       -      -           -        -       -
ward_handler            -      -         -       -      -           -        -       -
bureau_handler          -      -         -       -      -           -        -       -
county_handler          -      -         -       -      -           -        -       -
kashgar_handler         -      -         -       -      -           -        -       kashgar
kashgar_for_skills      -      -         -       -      -           -        -       kashgar
kashgar_supervisor      -      -         -       -      -           -        -       -
kashgar_operator        -      -         -       -      -           -        -       -
hotan_handler           -      -         -       -      -           -        -       hotan
hotan_secretary         -      -         -       -      -           -        2       hotan
hotan_hospital_handler  H      H         -       H      -           -        -       -
enterprise_handler      S      S         -       S      -           -        -       enterprise
technical_handler       -      -         -       -      -           -        -       -
technical_secretary     -      -         -       -      -           -        -       -
vocational_handler      S      S         -       S      -           -        -       -
hr_handler              S      S         -       S      -           -        -       -
hr_for_skills           S      S         -       S      -           -        -       -
hr_discipline           S      S         -       S      -           -        -       -
secretary               S      S         -       S      -           S        1       all
skills_secretary        S      S         -       S      -           S        1       all
supervisor              -      -         -       -      -           -        -       -
operator                -      -         -       -      -           -        -       -
expert1                 -      S         S       -      -           S        -       -
expert2                 -      -         -       -      -           S        -       -
expert3                 -      -         -       -      -           S        -       -
expert4                 -      -         -       -      -           -        -       -
"""


@pytest.fixture
def posts(db, settings, tmp_path):
    return matrix_world(settings, tmp_path)


def seers(file):
    """Everybody of the tables who sees the application now."""
    everybody = {*SEES_FROM, *NEVER}
    return {
        login
        for login in everybody
        if scope.applications(person_named(login)).filter(pk=file.pk).exists()
    }


def expected_seers(ladder, step):
    passed = ladder[: ladder.index(step) + 1]
    return {login for login, since in SEES_FROM.items() if since in passed}


@pytest.mark.clause("R43", "R46", "R69")
def test_everybody_sees_an_application_from_the_step_the_table_names_and_ever_after(posts):
    file = draft(posts)
    ladder = [step.code for step in pack_of(posts.cycle).procedure.steps]
    wrong = [(file.step, seers(file) ^ expected_seers(ladder, file.step))]
    posts.submit(file)

    while file.standing == "open":
        wrong.append((file.step, seers(file) ^ expected_seers(ladder, file.step)))
        posts.pass_step(file)
    wrong.append(("over", seers(file) ^ set(SEES_FROM)))

    assert wrong == [(step, set()) for step in (*ladder, "over")]


def test_an_office_keeps_seeing_what_it_handled_when_the_file_is_sent_down(posts):
    file = submitted(posts)
    posts.pass_until("county_check", file)
    before = seers(file)
    Application.objects.filter(pk=file.pk).update(
        step="fill", standing="returned", holder=None, resumes_at=["county_check"]
    )

    assert seers(file) == before == expected_seers(file.ladder, "county_check")


def sights(posts):
    """The region of the table SEES, and how its rows are named there."""
    files = {"A": submitted(posts), "D": _drafted(posts), "H": _of_hotan(posts)}
    posts.pass_until("employer_notice", files["A"])
    files["S"] = posts.skilled_draft()
    posts.submit(files["S"])
    posts.pass_until("committee", files["S"])
    lists = {
        letter: proceeding.open_proceeding(step, [files[letter].pk], by=by)
        for letter, step, by in (
            ("A", "employer_notice", posts.hospital_handler),
            ("H", "peer_review", posts.hotan_hospital_handler),
            ("S", "committee", posts.secretary),
        )
    }
    _object(posts, lists["A"], files["A"])
    _vote(posts, lists["S"], files["S"])
    posts.add_officer("hotan_secretary", "示例人员", "hotan", Role.SECRETARY)
    second = cycle.open_cycle(
        PACK, by=posts.hotan_secretary, organiser_id=posts.hotan.pk, code="second"
    )
    second.seats.all().delete()  # those of the first cycle are enough to tell apart
    return {one.pk: letter for letter, one in files.items()}, {
        posts.cycle.pk: "1",
        second.pk: "2",
    }


def _drafted(posts):
    started = begin(
        posts.cycle.pk, by=posts.applicant, employer_id=posts.hospital.pk, track="professional"
    )
    evidence.attach(started.pk, by=posts.applicant, material="other", title="", content=PDF)
    return started


def _of_hotan(posts):
    """Submitted and endorsed at the hospital of Hotan."""
    answers = professional_sample()
    vary_identity(answers, 2)
    posts.add_person("colleague", answers["basic"]["name"])
    file = posts.draft(posts.colleague, posts.hotan_hospital, "professional", answers)
    posts.submit(file)
    posts.pass_step(file)
    return file


def _object(posts, listed, file):
    rule = pack_of(posts.cycle).procedure.step("employer_notice").publicity
    starts = day(now())
    ends = period_end(starts, rule, calendar())
    by = posts.hospital_handler
    publicity.publish(listed.pk, by=by, starts_on=starts, ends_on=ends, place="公告栏")
    objector = publicity.Objector("赵实名", "0998-2560000")
    publicity.object_to(listed.pk, file.pk, objector=objector, category="other", facts="成果有争议")


def _vote(posts, listed, file):
    """Experts 1, 2 and 3 sit: 2 keeps out of the vote, 3 has not pledged. Expert 4 does not sit."""
    experts = [posts.fresh(posts.people[f"expert{number}"]) for number in (1, 2, 3)]
    sitting = panel.convene(
        posts.cycle.pk,
        by=posts.secretary,
        step="committee",
        title="评审委员会",
        track="skilled",
        person_ids=[one.pk for one in experts],
        chair_id=experts[0].pk,
        document_number="人社发〔2020〕12号",
    )
    ballot.open_ballot(sitting.pk, listed.pk, by=posts.secretary)
    for one in experts[:2]:
        panel.pledge(sitting.pk, by=one)
    panel.recuse(sitting.pk, file.pk, by=experts[1], relation="teacher")


def seen(login, files, cycles):
    """A row of the table SEES, as the scope answers."""
    somebody = person_named(login)

    def letters(keys):
        return "".join(sorted({files[key] for key in keys})) or "-"

    held = scope.seats(somebody).values_list("office__code", flat=True).distinct()
    everything = Seats.objects.values_list("office", flat=True).distinct()
    return {
        "files": letters(scope.applications(somebody).values_list("pk", flat=True)),
        "evidence": letters(scope.evidence(somebody).values_list("application", flat=True)),
        "judged": letters(scope.judged(somebody).values_list("pk", flat=True)),
        "lists": letters(scope.proceedings(somebody).values_list("items__application", flat=True)),
        "objections": letters(scope.objections(somebody).values_list("application", flat=True)),
        "ballots": letters(scope.ballots(somebody).values_list("candidates", flat=True)),
        "cycles": "".join(sorted(cycles[one.pk] for one in scope.cycles(somebody))) or "-",
        "seats": "all" if len(held) == len(everything) else "".join(sorted(held)) or "-",
    }


def misseen(files, cycles):
    """(who, rows, what is seen, what the table says) wherever the two are not the same."""
    return [
        (who, column, found, row[column])
        for who, row in table(SEES).items()
        for column, found in seen(who, files, cycles).items()
        if found != row[column]
    ]


@pytest.mark.clause("R69", "R70")
def test_everybody_sees_the_rows_that_the_table_names_and_no_other(posts):
    assert misseen(*sights(posts)) == []


def test_the_work_of_an_office_leaves_out_what_a_person_only_applied_with(posts):
    file = submitted(posts)

    assert list(scope.worked(posts.hospital_handler)) == [file]
    assert list(scope.worked(posts.candidate)) == [file]  # who serves in that office too
    assert list(scope.applications(posts.candidate)) == [file]
    posts.people["candidate"].appointments.all().delete()
    assert list(scope.worked(posts.candidate)) == []
    assert list(scope.applications(posts.candidate)) == [file]


def test_the_lists_of_one_track_stay_with_it_and_those_of_both_are_seen_by_either(posts):
    for login, track in (("for_titles", "professional"), ("for_skills", "skilled")):
        posts.add_officer(login, "示例人员", "enterprise", Role.HANDLER, track)
    posts.add_seats("enterprise", "professional")
    skilled = posts.skilled_draft()
    answers = professional_sample()
    professional = posts.draft(posts.candidate, posts.enterprise, "professional", answers)
    for file in (skilled, professional):
        posts.submit(file)
        posts.pass_step(file)
    by = posts.enterprise_handler

    def seen_by_each():
        return [
            list(scope.proceedings(somebody))
            for somebody in (posts.enterprise_handler, posts.for_titles, posts.for_skills)
        ]

    one = proceeding.open_proceeding("peer_review", [skilled.pk], by=by)
    assert seen_by_each() == [[one], [], [one]]
    proceeding.take_off(one.pk, skilled.pk, by=by)
    assert seen_by_each() == [[one], [one], [one]]  # nobody is on it any more
    one.delete()

    both = proceeding.open_proceeding("peer_review", [skilled.pk, professional.pk], by=by)
    assert seen_by_each() == [[both], [both], [both]]


def test_the_comparison_reports_a_role_that_sees_too_much(posts, monkeypatch):
    found = sights(posts)
    monkeypatch.setattr(scope, "OFFICE_ROLES", (*scope.OFFICE_ROLES, Role.SUPERVISOR))

    assert misseen(*found) == [
        ("hospital_supervisor", "files", "A", "-"),
        ("hospital_supervisor", "evidence", "A", "-"),
        ("hospital_supervisor", "lists", "A", "-"),
        ("hospital_supervisor", "objections", "A", "-"),
        ("kashgar_supervisor", "seats", "kashgar", "-"),
        ("supervisor", "files", "S", "-"),
        ("supervisor", "evidence", "S", "-"),
        ("supervisor", "lists", "S", "-"),
    ]


def test_the_comparison_reports_an_application_that_is_seen_before_it_arrives(posts, monkeypatch):
    def everywhere_on_its_route(duties):
        offices = [office for duty in duties for office in duty.office_ids]
        on_route = Stop.objects.filter(application=OuterRef("pk"), office__in=offices)
        return Q(Exists(on_route))

    file = submitted(posts)
    ladder = file.ladder
    assert seers(file) ^ expected_seers(ladder, file.step) == set()

    monkeypatch.setattr(scope, "_reached", everywhere_on_its_route)

    early = {login for login, since in SEES_FROM.items() if since not in ladder[:2]}
    assert seers(file) - expected_seers(ladder, file.step) > early
