"""Evidence: what the answers make due, and which file supports which claim."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from juxian.regulation.answers import facts
from juxian.regulation.form import When
from juxian.regulation.pack_reading import load
from juxian.regulation.support import bare_claims, claims_open_to, due_of, enough_for, supports_of
from tests.rules.sample_answers import professional_sample, skilled_sample

PACKS = Path(__file__).parents[2] / "packs"
PACK = load(PACKS / "2020-special-allowance")
PIONEERS = load(PACKS / "2026-pioneers")
ALWAYS = ["id_card", "education", "title"]


def codes(materials):
    return [material.code for material in materials]


def answered(track="professional", **changes):
    sample = professional_sample() if track == "professional" else skilled_sample()
    for section, values in changes.items():
        sample[section] |= values
    return facts(PACK.form.for_track(track), sample)


CLAIMED = {
    "conditions.primary": "A3",
    "conditions.secondary": ["A7"],
    "conditions.statements": [
        {"id": "one", "condition": "A3", "statement": "说明"},
        {"id": "two", "condition": "A7", "statement": "说明"},
    ],
}


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        pytest.param({}, [], id="nothing that gives or exempts"),
        pytest.param({"honours.bqw": True}, ["national_talent"], marks=pytest.mark.clause("R41")),
        pytest.param({"honours.bqw": False}, []),
        pytest.param(
            {"honours.academician": "both"}, ["academician"], marks=pytest.mark.clause("R10")
        ),
        pytest.param({"honours.academician": "none"}, []),
        pytest.param({"post.epidemic": True}, ["epidemic"], marks=pytest.mark.clause("R37")),
        pytest.param({"post.unit_leader": True}, ["post"], marks=pytest.mark.clause("R8")),
        pytest.param(
            {"declaration.secrecy": "treated"}, ["secrecy"], marks=pytest.mark.clause("R58")
        ),
        pytest.param({"declaration.secrecy": "none"}, []),
        pytest.param({"skill.level": "1"}, [], id="a certificate of another track"),
    ],
)
def test_what_an_answer_gives_or_exempts_must_be_proved(answer, due):
    assert set(codes(due_of(PACK, "professional", answer))) == {*ALWAYS, *due}


@pytest.mark.clause("R23c")
@pytest.mark.parametrize(("level", "is_due"), [("1", True), ("3", True), ("0", False)])
def test_a_skilled_worker_gives_the_certificate_there_is(level, is_due):
    due = codes(due_of(PACK, "skilled", {"skill.level": level}))

    assert due == ["id_card", "education", *(["skill"] if is_due else [])]


def test_an_answer_of_any_kind_can_make_a_material_due():
    material = replace(PACK.material("other"), required_when=(When("post.rank", filled=True),))

    assert material.is_due("skilled", {"post.rank": "999"})
    assert not material.is_due("skilled", {"post.rank": ""})


@pytest.mark.clause("R14e", "R23d")
@pytest.mark.parametrize(
    ("files", "supported"),
    [
        ([], {}),
        ([("id_card", "")], {}),
        ([("awards", "")], dict.fromkeys([f"A{n}" for n in range(1, 9)] + ["B2"], 1)),
        ([("mentoring", "achievements.mentoring.x")], {"A1": 1, "A7": 1, "B8": 1}),
        ([("awards", "conditions.statements.one")], {"A3": 1}),
        ([("other", "conditions.statements.two"), ("other", "")], {"A7": 1}),
        ([("no_such", "")], {}),
    ],
)
def test_a_file_supports_the_statement_it_names_or_what_its_material_does(files, supported):
    assert supports_of(PACK, "professional", CLAIMED, files) == Counter(supported)


@pytest.mark.clause("R14e")
def test_every_claimed_condition_wants_a_file_of_its_own():
    def bare(*files):
        return [claim.code for claim in bare_claims(PACK, "professional", CLAIMED, files)]

    assert bare(("id_card", "")) == ["A3", "A7"]
    assert bare(("mentoring", "")) == ["A3"]
    assert bare(("mentoring", ""), ("benefit", "conditions.statements.one")) == []
    assert bare(("awards", "conditions.statements.two")) == ["A3"]
    assert bare(("awards", "")) == []


def test_a_bare_claim_is_called_as_on_the_form_and_names_what_may_be_given():
    (claim,) = bare_claims(PACK, "skilled", {"conditions.primary": "B5"}, ())

    assert (claim.code, claim.label) == ("B5", "5. 绝招绝技")
    assert codes(claim.materials) == ["method"]


def test_nothing_is_claimed_before_anything_is_answered_or_where_no_condition_is_chosen():
    assert bare_claims(PACK, "professional", {}, ()) == ()
    assert bare_claims(PIONEERS, "pioneer", {"work.years": 5}, ()) == ()


def test_of_every_condition_that_may_be_claimed_some_material_is_proof():
    tracks = {track.code: claims_open_to(PACK, track.code) for track in PACK.tracks}

    assert tracks == {
        "professional": tuple(f"A{n}" for n in range(1, 9)),
        "skilled": tuple(f"B{n}" for n in range(1, 9)),
    }


@pytest.mark.parametrize("track", ["professional", "skilled"])
def test_what_is_enough_leaves_no_claim_bare_and_nothing_due(track):
    given = answered(track)
    enough = enough_for(PACK, track, given)
    files = [(material.code, "") for material in enough]

    assert set(due_of(PACK, track, given)) <= set(enough)
    assert bare_claims(PACK, track, given, files) == ()
