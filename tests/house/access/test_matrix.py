"""Who may do what: every person, every act, at every step, allowed or the exact refusal."""

import re

import pytest

from juxian.access import acts as access
from juxian.access import duties
from juxian.actions import verification
from juxian.actions._move import move
from juxian.records.packs import pack_of
from juxian.regulation import procedure as regulation
from juxian.regulation.procedure import Rule, out
from juxian.regulation.refusal import NotAllowed, NotPossible, Refusal
from juxian.regulation.words import Act, Kind, Party, Standing
from juxian.selectors.certification import to_certify
from tests.house.access.matrix_world import (
    draft,
    file_as_it_is,
    matrix_world,
    person_named,
    submitted,
    table,
    written,
)

pytestmark = pytest.mark.django_db

# What can be done at each step, and by whom:
#   A the applicant alone; H the office that holds the file; B that office, by the record of a
#   list; N the office that nominated; E the one that evaluated; - nobody, since the regulation
#   has no such act there.
POSSIBLE = """
step                 kind       submit withdraw take_back endorse send_back send_down reject admit dismiss clear uphold concur dissent approve decline recommend pass_over recall relist reconsider
fill                 fill       A      A        -         -       -         -         -      -     -       -     -      -      -       -       -       -         -         -      -      -
employer_check       verify     -      A        A         H       H         -         H      -     -       -     -      -      -       -       -       -         -         -      -      -
peer_review          review     -      A        -         -       -         -         -      B     B       -     -      -      -       -       -       -         -         -      -      -
employer_notice      publicize  -      A        -         -       -         -         -      -     -       B     B      -      -       -       -       -         -         -      -      E
county_check         verify     -      A        -         H       H         H         H      -     -       -     -      -      -       -       -       -         -         -      -      -
discipline           opine      -      A        -         -       -         -         -      -     -       -     -      B      B       -       -       -         -         -      -      -
nominator_check      verify     -      A        -         H       H         H         H      -     -       -     -      -      -       -       -       -         -         -      -      -
nominator_recheck    verify     -      A        -         H       H         H         H      -     -       -     -      -      -       -       -       -         -         -      -      -
nominator_sign       verify     -      A        -         H       H         H         H      -     -       -     -      -      -       -       -       -         -         -      -      -
nominator_panel      review     -      A        -         -       -         -         -      B     B       -     -      -      -       -       -       -         -         -      -      -
nominator_decision   decide     -      A        -         -       -         -         -      -     -       -     -      -      -       B       B       -         -         -      -      E
nomination           recommend  -      -        -         -       H         H         -      -     -       -     -      -      -       -       -       B         B         -      -      -
formal_check         verify     -      -        -         H       H         H         H      -     -       -     -      -      -       -       -       -         -         N      -      -
subject_group        review     -      -        -         -       -         -         -      B     B       -     -      -      -       -       -       -         -         -      -      -
committee            review     -      -        -         -       -         -         -      B     B       -     -      -      -       -       -       -         -         -      -      E
public_notice        publicize  -      -        -         -       -         -         -      -     -       B     B      -      -       -       -       -         -         -      -      -
government_decision  decide     -      -        -         -       -         -         -      -     -       -     -      -      -       B       B       -         -         -      -      -
ministry_result      decide     -      -        -         -       -         -         -      -     -       -     -      -      -       B       B       -         -         -      -      -
"""  # noqa: E501 - a table

# Where the file is when it is at a step, and what the post is called for.
WORKPLACES = {
    "hospital": ("employer_check", "peer_review", "employer_notice"),
    "county": ("county_check",),
    "discipline": ("discipline",),
    "kashgar": ("nominator_check", "nominator_panel", "nominator_decision", "nomination"),
    "recheck": ("nominator_recheck",),
    "sign": ("nominator_sign",),
    "division": ("formal_check",),
    "committee": (
        "subject_group",
        "committee",
        "public_notice",
        "government_decision",
        "ministry_result",
    ),
}

# Who may do the acts H and B at each workplace: yes, or why not (see REFUSALS).
MAY_HANDLE = """
who                  hospital county discipline kashgar recheck sign division committee
candidate            own      away   away       away    away    away away     away
applicant            away     away   away       away    away    away away     away
welder               away     away   away       away    away    away away     away
stranger             away     away   away       away    away    away away     away
expert1              away     away   away       away    away    away away     away
hospital_handler     yes      away   away       away    away    away away     away
hospital_for_titles  yes      away   away       away    away    away away     away
hospital_for_skills  track    away   away       away    away    away away     away
hospital_discipline  post     away   away       away    away    away away     away
hospital_reviewer    post     away   away       away    away    away away     away
hospital_signatory   post     away   away       away    away    away away     away
hospital_secretary   post     away   away       away    away    away away     away
hospital_supervisor  post     away   away       away    away    away away     away
hospital_operator    post     away   away       away    away    away away     away
hospital_past        away     away   away       away    away    away away     away
hospital_future      away     away   away       away    away    away away     away
hospital_suspended   away     away   away       away    away    away away     away
ward_handler         away     away   away       away    away    away away     away
bureau_handler       away     away   away       away    away    away away     away
county_handler       away     yes    away       away    away    away away     away
county_discipline    away     post   away       away    away    away away     away
kashgar_handler      away     away   post       yes     post    post away     away
kashgar_for_skills   away     away   post       track   post    post away     away
kashgar_discipline   away     away   yes        post    post    post away     away
kashgar_reviewer     away     away   post       post    yes     post away     away
kashgar_signatory    away     away   post       post    post    yes  away     away
kashgar_all          away     away   post       yes     eyes    eyes away     away
kashgar_secretary    away     away   post       post    post    post away     away
kashgar_supervisor   away     away   post       post    post    post away     away
kashgar_operator     away     away   post       post    post    post away     away
kashgar_section      away     away   away       away    away    away away     away
hotan_handler        away     away   away       away    away    away away     away
hotan_discipline     away     away   away       away    away    away away     away
hotan_hospital_handler away   away   away       away    away    away away     away
county_of_hotan      away     away   away       away    away    away away     away
technical_handler    away     away   away       away    away    away yes      post
vocational_handler   away     away   away       away    away    away away     away
technical_secretary  away     away   away       away    away    away post     yes
hr_handler           away     away   away       away    away    away yes      post
hr_for_skills        away     away   away       away    away    away track    post
hr_discipline        away     away   away       away    away    away post     post
secretary            away     away   away       away    away    away post     yes
skills_secretary     away     away   away       away    away    away post     track
supervisor           away     away   away       away    away    away post     post
operator             away     away   away       away    away    away post     post
"""

REFUSALS = {
    "not_the_applicant": (NotAllowed, "只有申报人本人可以办理这一步"),
    "own": (NotAllowed, "不能办理自己的申报，请由本单位其他人员办理"),
    "track": (NotAllowed, "这份申报不属于您负责的类别"),
    "post": (NotAllowed, "“{step}”不由您的岗位办理"),
    "away": (NotAllowed, "这份申报现在由{office}办理，不在您所在的单位"),
    "eyes": (NotAllowed, "本环节须由另一人办理：您已在本单位的前一环节办理过这份申报"),
    "not_the_nominator": (NotAllowed, "只有上报推荐名单的单位可以办理这一步"),
    "not_the_evaluator": (NotAllowed, "只有组织评议的单位可以办理这一步"),
    "nowhere": (
        NotPossible,
        "这份申报现在处于“{step}”环节，不能办理这一步；请刷新页面查看最新进度",
    ),
    "over": (NotPossible, "这份申报已经办结，不能再办理"),
}
PARTIES = {
    "A": Party.APPLICANT,
    "H": Party.HOLDER,
    "B": Party.BODY,
    "N": Party.NOMINATOR,
    "E": Party.EVALUATOR,
}
EVALUATED_AT = {
    "employer_notice": "peer_review",
    "nominator_decision": "nominator_panel",
    "committee": "subject_group",
}


AT_STEP, AT_WORK = table(POSSIBLE), table(MAY_HANDLE)
WORKPLACE_OF = {step: place for place, steps in WORKPLACES.items() for step in steps}


def expected(step, who, act):
    """What the tables say: a party that may, or the key of a refusal."""
    by = AT_STEP[step][act]
    if by == "-":
        return "nowhere"
    if by == "A":
        return PARTIES[by] if who == "candidate" else "not_the_applicant"
    if by == "N":
        return PARTIES[by] if AT_WORK[who]["kashgar"] == "yes" else "not_the_nominator"
    if by == "E":
        said = AT_WORK[who][WORKPLACE_OF[EVALUATED_AT[step]]]
        return {"yes": PARTIES[by], "own": said}.get(said, "not_the_evaluator")
    said = AT_WORK[who][WORKPLACE_OF[step]]
    return PARTIES[by] if said == "yes" else said


def answer(person, act, file):
    """The party by which the act is open; or the refusal, which the door must give as well."""
    try:
        return access.check(person, act, file).by
    except Refusal as refusal:
        with pytest.raises(type(refusal), match=f"^{re.escape(str(refusal))}$"):
            move(file, act, by=person, opinion="理由")
        return type(refusal), str(refusal)


def in_full(said, file):
    """A refusal of the tables with the names of this file's step and office."""
    if said not in REFUSALS:
        return said
    kind, words = REFUSALS[said]
    names = {"step": access.step_of(file).title, "office": file.holder}
    return kind, words.format(**names)


def differences(file):
    """(step, who, act, what was answered) wherever that is not what the tables say."""
    file = file_as_it_is(file)
    before = written()
    found = []
    for who in AT_WORK:
        person = person_named(who)
        for act in Act:
            said = answer(person, act, file)
            if said != in_full(expected(file.step, who, act), file):
                found.append((file.step, who, act.value, said))
    assert written() == before
    return found


def wrong_buttons(file):
    """(step, who, acts offered) wherever a page would offer other acts than the tables allow.

    What the office that nominated may do is offered on its list, not on the file.
    """
    shown = (Party.APPLICANT, Party.HOLDER, Party.BODY, "eyes")
    file = file_as_it_is(file)
    found = []
    for who in AT_WORK:
        offered = access.acts_open_to(person_named(who), file)
        wanted = tuple(act for act in Act if expected(file.step, who, act) in shown)
        if offered != wanted:
            found.append((file.step, who, offered))
    return found


@pytest.fixture
def posts(db, settings, tmp_path):
    return matrix_world(settings, tmp_path)


def test_the_tables_speak_of_every_step_act_and_kind(posts):
    steps = pack_of(posts.cycle).procedure.steps

    assert [(step.code, step.kind.value) for step in steps] == [
        (code, row["kind"]) for code, row in AT_STEP.items()
    ]
    assert {row["kind"] for row in AT_STEP.values()} == {kind.value for kind in Kind}
    assert {tuple(row) for row in AT_STEP.values()} == {("kind", *(act.value for act in Act))}
    assert {*WORKPLACE_OF, "fill"} == set(AT_STEP)


@pytest.mark.clause("R43", "R46", "R47", "R59", "R69")
def test_everybody_may_do_at_every_step_what_the_tables_say_and_nothing_else(posts):
    file = draft(posts)
    found, offered = differences(file), wrong_buttons(file)
    posts.submit(file)

    while file.standing == Standing.OPEN:
        found += differences(file)
        offered += wrong_buttons(file)
        if file.step == "nominator_check":
            verification.endorse(file.pk, by=posts.kashgar_all, opinion="同意")
            file.refresh_from_db()
        else:
            posts.pass_step(file)

    assert file.standing == Standing.SELECTED
    assert found == []
    assert offered == []


@pytest.mark.parametrize("standing", [one for one in Standing if one.is_final])
def test_a_file_that_is_done_with_takes_no_act_from_anybody(posts, standing):
    file = submitted(posts)
    type(file).objects.filter(pk=file.pk).update(standing=standing)
    file = file_as_it_is(file)
    before = written()

    answers = {answer(person_named(who), act, file) for who in AT_WORK for act in Act}

    assert answers == {REFUSALS["over"]}
    assert {access.acts_open_to(person_named(who), file) for who in AT_WORK} == {()}
    assert written() == before


def test_a_returned_file_is_the_applicants_alone_again(posts):
    file = submitted(posts)
    posts.send_back(file, {"summary.deeds": "事迹"})

    assert differences(file) == []
    assert wrong_buttons(file) == []


def test_the_comparison_reports_an_act_given_to_the_wrong_party(posts, monkeypatch):
    file = submitted(posts)
    slipped = Rule(Act.REJECT, (Kind.VERIFY,), Party.APPLICANT, out(Standing.REJECTED))
    rules = tuple(slipped if rule.act is Act.REJECT else rule for rule in regulation.RULES)
    monkeypatch.setattr(regulation, "RULES", rules)

    found = differences(file)

    assert found[0] == ("employer_check", "candidate", "reject", Party.APPLICANT)
    assert {(step, act) for step, _who, act, _said in found} == {("employer_check", "reject")}
    assert [who for _step, who, _act, _said in found] == list(AT_WORK)
    assert wrong_buttons(file)[0][:2] == ("employer_check", "candidate")


def test_the_comparison_reports_an_office_whose_reach_has_grown(posts, monkeypatch):
    file = submitted(posts)
    monkeypatch.setattr(duties.Duty, "covers", lambda duty, _office, track: duty.track != "skilled")

    found = {who for _step, who, _act, said in differences(file) if said is Party.HOLDER}

    assert found == {
        "ward_handler",
        "bureau_handler",
        "county_handler",
        "kashgar_handler",
        "kashgar_all",
        "kashgar_section",
        "hotan_handler",
        "hotan_hospital_handler",
        "county_of_hotan",
        "technical_handler",
        "hr_handler",
    }


def test_the_comparison_reports_a_missing_act(posts, monkeypatch):
    file = submitted(posts)
    rules = tuple(rule for rule in regulation.RULES if rule.act is not Act.ENDORSE)
    monkeypatch.setattr(regulation, "RULES", rules)

    found = differences(file)

    assert {act for _step, _who, act, _said in found} == {"endorse"}
    assert {said for _step, _who, _act, said in found} == {
        in_full("nowhere", file_as_it_is(file)),
    }
    certify = {condition.code: True for condition in to_certify(file)}
    with pytest.raises(NotPossible):
        verification.endorse(file.pk, by=posts.hospital_handler, certified=certify)
