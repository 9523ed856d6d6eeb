"""The procedure: every act from every position, walked at random and by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.procedure import (
    FORWARD,
    RULES,
    Position,
    Procedure,
    Step,
    after,
    rule_for,
    rules_at,
)
from juxian.regulation.refusal import NotPossible
from juxian.regulation.words import Act, Kind, Level, Party, ReturnTo, Standing

FILL = Step("fill", Kind.FILL, "填报", withdrawable=True)
CHECK = Step("check", Kind.VERIFY, "单位审核", withdrawable=True)
PANEL = Step("panel", Kind.REVIEW, "评审")
CHECK_ABOVE = Step("check_above", Kind.VERIFY, "上级审核", level=Level.NOMINATOR)
FORMAL = Step("formal", Kind.VERIFY, "形式审查", level=Level.PROVINCE)


@st.composite
def procedures(draw):
    kinds = draw(st.lists(st.sampled_from([k for k in Kind if k is not Kind.FILL]), max_size=7))
    steps = [Step("fill", Kind.FILL, "填报", withdrawable=draw(st.booleans()))]
    for number, kind in enumerate(kinds):
        steps.append(
            Step(
                f"s{number}",
                kind,
                kind,
                returns_to=draw(st.sampled_from(ReturnTo)),
                withdrawable=draw(st.booleans()),
            )
        )
    return Procedure(tuple(steps), resubmission_restarts=draw(st.booleans()))


@st.composite
def walks(draw):
    procedure = draw(procedures())
    at, path = Position("fill"), []
    for _ in range(draw(st.integers(0, 30))):
        rules = rules_at(procedure, at)
        if not rules:
            break
        act = draw(st.sampled_from(rules)).act
        path.append((at, act))
        at = after(procedure, at, act)
    return procedure, path, at


def forward(procedure, at):
    return after(procedure, at, FORWARD[procedure.step(at.step).kind])


@given(procedures())
def test_every_step_passed_in_order_ends_selected(procedure):
    at = Position("fill")
    for step in procedure.steps:
        assert (at.step, at.standing, at.turn) == (step.code, Standing.OPEN, 1)
        at = forward(procedure, at)

    assert at.standing is Standing.SELECTED


@given(walks())
def test_nobody_is_stranded_somebody_can_act_until_it_is_final(walk):
    procedure, _path, at = walk

    rules = rules_at(procedure, at)
    assert at.standing.is_final is (not [rule for rule in rules if not rule.reopens])


@given(walks())
def test_from_anywhere_going_forward_ends_selected_in_no_more_than_two_climbs(walk):
    procedure, _path, at = walk
    passed = 0
    while not at.standing.is_final:
        at = forward(procedure, at)
        passed += 1

    assert passed <= 2 * len(procedure.steps)


@given(walks())
def test_only_resubmission_opens_a_new_turn(walk):
    procedure, path, _at = walk
    for at, act in path:
        new = after(procedure, at, act)
        resubmitted = act is Act.SUBMIT and bool(at.resumes_at)
        assert new.turn == at.turn + resubmitted


@given(walks())
def test_returned_means_with_the_applicant_and_open_means_with_an_office_or_a_draft(walk):
    procedure, path, last = walk
    for at in [at for at, _act in path] + [last]:
        if at.standing is Standing.RETURNED:
            assert procedure.step(at.step).kind is Kind.FILL
            assert at.resumes_at
        if at.standing is Standing.OPEN and procedure.step(at.step).kind is Kind.FILL:
            assert at.turn == 1 or at.resumes_at


@given(walks())
def test_what_was_submitted_can_be_taken_back_until_an_office_acts_and_comes_again(walk):
    procedure, path, _at = walk
    for at, act in path:
        new = after(procedure, at, act)
        takes = [rule.act for rule in rules_at(procedure, new) if rule.act is Act.TAKE_BACK]
        assert (takes == [Act.TAKE_BACK]) is (act is Act.SUBMIT and not new.standing.is_final)
        if takes:
            taken = after(procedure, new, Act.TAKE_BACK)
            again = after(procedure, taken, Act.SUBMIT)
            assert (taken.step, taken.standing, taken.turn) == (at.step, at.standing, new.turn)
            assert again == replace(new, turn=new.turn + 1)


@given(walks())
def test_an_application_leaves_only_by_an_act_that_says_so(walk):
    procedure, path, _at = walk
    ends = {
        Act.WITHDRAW: Standing.WITHDRAWN,
        Act.REJECT: Standing.REJECTED,
        Act.UPHOLD: Standing.REJECTED,
        Act.DISSENT: Standing.REJECTED,
        Act.DISMISS: Standing.NOT_SELECTED,
        Act.DECLINE: Standing.NOT_SELECTED,
        Act.PASS_OVER: Standing.NOT_SELECTED,
    }
    kept = (Act.RECALL, Act.RELIST)
    for at, act in path:
        new = after(procedure, at, act)
        if act in ends:
            assert (new.standing, new.step) == (ends[act], at.step)
        elif new.standing.is_final and act not in kept:
            assert new.standing is Standing.SELECTED


@given(walks())
def test_what_is_sent_back_climbs_again_the_way_it_went_down(walk):
    procedure, _path, at = walk
    if not at.resumes_at or at.standing.is_final:
        return
    if procedure.resubmission_restarts and at.step == procedure.first.code:
        assert forward(procedure, at).resumes_at == ()
        return
    for expected in reversed(at.resumes_at):
        at = forward(procedure, at)
        assert (at.step, at.standing) == (expected, Standing.OPEN)
    assert at.resumes_at == ()


@given(walks())
def test_the_steps_that_sent_a_file_down_lie_above_it_one_over_the_other(walk):
    procedure, path, last = walk
    for at in [at for at, _act in path] + [last]:
        climb = [procedure.index(code) for code in at.resumes_at]
        assert climb == sorted(set(climb), reverse=True)
        assert all(index > procedure.index(at.step) for index in climb)


@given(walks())
def test_withdrawing_is_open_to_the_applicant_exactly_while_the_step_allows_it(walk):
    procedure, path, _at = walk
    for at, _act in path:
        acts = [rule.act for rule in rules_at(procedure, at)]
        may = procedure.step(at.step).withdrawable and not at.standing.is_final
        assert (Act.WITHDRAW in acts) is may


@pytest.mark.clause("R63")
def test_resubmission_resumes_at_the_step_that_sent_it_back():
    procedure = Procedure((FILL, CHECK, PANEL, FORMAL), resubmission_restarts=False)

    returned = after(procedure, Position("formal"), Act.SEND_BACK)
    again = after(procedure, returned, Act.SUBMIT)

    assert returned == Position("fill", Standing.RETURNED, turn=1, resumes_at=("formal",))
    assert again == Position("formal", turn=2, reverts_to=Standing.RETURNED)


def test_a_first_submission_reverts_to_a_draft_and_a_mended_one_to_its_return():
    procedure = Procedure((FILL, CHECK, PANEL, FORMAL), resubmission_restarts=False)

    first = after(procedure, Position("fill"), Act.SUBMIT)
    draft = after(procedure, first, Act.TAKE_BACK)
    again = after(procedure, draft, Act.SUBMIT)
    mended = after(procedure, Position("fill", Standing.RETURNED, 2, ("formal",)), Act.SUBMIT)

    assert first == Position("check", reverts_to=Standing.OPEN)
    assert draft == Position("fill", resumes_at=("check",))
    assert again == Position("check", turn=2, reverts_to=Standing.OPEN)
    assert after(procedure, mended, Act.TAKE_BACK) == Position(
        "fill", Standing.RETURNED, turn=3, resumes_at=("formal",)
    )


def test_resubmission_restarts_from_the_first_office_where_the_pack_says_so():
    procedure = Procedure((FILL, CHECK, PANEL, FORMAL), resubmission_restarts=True)

    returned = after(procedure, Position("formal"), Act.SEND_BACK)

    assert after(procedure, returned, Act.SUBMIT) == Position(
        "check", turn=2, reverts_to=Standing.RETURNED
    )


def test_a_nomination_may_send_back_and_takes_a_seat():
    rules = {rule.act: rule for rule in RULES if Kind.RECOMMEND in rule.at}

    own = {Act.WITHDRAW, Act.TAKE_BACK}
    again = {Act.RELIST, Act.RECONSIDER}
    assert set(rules) == {*own, *again, Act.SEND_BACK, Act.SEND_DOWN, Act.RECOMMEND, Act.PASS_OVER}
    assert [rule.act for rule in RULES if rule.takes_seat] == [Act.RECOMMEND]


def test_each_kind_of_step_has_at_most_one_rule_per_act_while_a_file_is_open_and_one_after():
    pairs = [(kind, rule.act, rule.reopens) for rule in RULES for kind in rule.at]
    assert len(pairs) == len(set(pairs))


def test_every_kind_of_step_can_be_passed_and_every_act_has_a_rule():
    assert {rule.act for rule in RULES} == set(Act)
    for kind, act in FORWARD.items():
        assert [kind in rule.at for rule in RULES if rule.act is act] == [True]
    assert set(FORWARD) == set(Kind)


@pytest.mark.clause("R42")
def test_submitting_taking_back_and_withdrawing_are_the_applicants_own_acts():
    own = {rule.act for rule in RULES if rule.by is Party.APPLICANT}

    assert own == {Act.SUBMIT, Act.WITHDRAW, Act.TAKE_BACK}


def test_whatever_goes_against_the_applicant_needs_a_reason():
    unreasoned = {rule.act for rule in RULES if not rule.needs_reason}

    assert unreasoned == {*FORWARD.values(), Act.WITHDRAW, Act.TAKE_BACK, Act.DISMISS}


def test_a_final_application_cannot_move():
    procedure = Procedure((FILL,))

    with pytest.raises(NotPossible, match="已经办结"):
        after(procedure, Position("fill", Standing.SELECTED), Act.SUBMIT)


def test_an_act_of_another_step_is_refused_in_words_that_name_the_step():
    procedure = Procedure((FILL, CHECK))

    with pytest.raises(NotPossible, match="“单位审核”"):
        rule_for(procedure, Position("check"), Act.ADMIT)


def test_a_step_that_the_procedure_lacks_is_refused():
    with pytest.raises(NotPossible, match="没有环节 other"):
        Procedure((FILL,)).step("other")


def test_the_step_that_follows_the_last_is_none():
    procedure = Procedure((FILL, CHECK))

    assert (procedure.following("fill"), procedure.following("check")) == (CHECK, None)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ((FILL, CHECK, CHECK), "环节代码重复"),
        ((), "第一个环节须为填报"),
        ((CHECK,), "第一个环节须为填报"),
        ((FILL, replace(FILL, code="again")), "填报只能是第一个环节"),
    ],
)
def test_steps_that_are_no_ladder_are_refused(steps, why):
    with pytest.raises(ValueError, match=why):
        Procedure(steps)


def test_a_ladder_leaves_out_other_channels_missing_levels_and_what_one_office_need_not_repeat():
    procedure = Procedure(
        (
            FILL,
            CHECK,
            Step("county", Kind.VERIFY, "县级审核", level=Level.COUNTY),
            Step("special", Kind.VERIFY, "专门审核", channels=("b",)),
            Step(
                "repeat", Kind.VERIFY, "再审", level=Level.NOMINATOR, skipped_when_same_office=True
            ),
            FORMAL,
        )
    )
    levels = (Level.EMPLOYER, Level.NOMINATOR, Level.PROVINCE)

    apart = procedure.ladder("a", levels, same_office=False)
    same = procedure.ladder("a", levels, same_office=True)
    special = procedure.ladder("b", tuple(Level), same_office=True)

    assert apart == ("fill", "check", "repeat", "formal")
    assert same == ("fill", "check", "formal")
    assert special == ("fill", "check", "county", "special", "formal")


def test_the_ladder_of_a_route_without_the_employer_begins_with_filling_all_the_same():
    procedure = Procedure((FILL, CHECK, FORMAL))

    assert procedure.ladder("a", (Level.PROVINCE,), same_office=False) == ("fill", "formal")


def test_a_file_moves_along_its_own_ladder():
    procedure = Procedure((FILL, CHECK, PANEL, FORMAL))
    own = procedure.along(("fill", "check", "formal"))

    assert after(own, Position("check"), Act.ENDORSE) == Position("formal")
    assert procedure.along(()) is procedure


def test_kinds_done_to_a_list_are_all_but_filling_and_verifying():
    assert [kind for kind in Kind if not kind.is_collective] == [Kind.FILL, Kind.VERIFY]


@pytest.mark.parametrize(
    ("held_on", "months", "until"),
    [
        (date(2020, 4, 6), 6, date(2020, 10, 6)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 12, 1), 12, date(2021, 12, 1)),
        (date(2020, 4, 6), None, None),
    ],
)
def test_an_opinion_counts_to_the_same_day_of_a_later_month(held_on, months, until):
    assert Step("heard", Kind.OPINE, "意见", valid_months=months).valid_until(held_on) == until


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_a_later_opinion_never_ends_sooner(held_on, months):
    step = Step("heard", Kind.OPINE, "意见", valid_months=months)

    first, second = step.valid_until(held_on), step.valid_until(held_on + timedelta(days=1))

    assert held_on < first <= second


NOMINATE = Step("nominate", Kind.RECOMMEND, "推荐上报", level=Level.NOMINATOR)


def test_a_nomination_is_recalled_until_the_step_after_it_is_passed_and_may_be_made_again():
    procedure = Procedure((FILL, CHECK, NOMINATE, FORMAL, replace(FORMAL, code="second")))

    recalled = after(procedure, Position("formal", turn=2), Act.RECALL)

    assert recalled == Position("nominate", Standing.NOT_SELECTED, turn=2)
    assert after(procedure, recalled, Act.RELIST) == Position("nominate", turn=2)
    for code in ("check", "second"):
        with pytest.raises(NotPossible):
            rule_for(procedure, Position(code), Act.RECALL)
    for standing in (Standing.REJECTED, Standing.WITHDRAWN, Standing.SELECTED):
        assert rules_at(procedure, Position("nominate", standing)) == ()
