"""Relations that the records alone prove."""

import pytest

from juxian.regulation.recusal import COMPUTED, DECLARED, RELATIONS, Tied, found_relation

HOSPITAL, SCHOOL = 10, 20


@pytest.mark.clause("R50")
@pytest.mark.parametrize(
    ("member", "candidate", "is_candidate", "relation"),
    [
        (Tied(1, HOSPITAL), Tied(2, SCHOOL), False, ""),
        (Tied(1, HOSPITAL), Tied(2, HOSPITAL), False, "employer"),
        (Tied(1, HOSPITAL, "A1"), Tied(2, SCHOOL, "A1"), False, "employer"),
        (Tied(1, HOSPITAL, ""), Tied(2, SCHOOL, ""), False, ""),
        (Tied(1, None), Tied(2, None), False, ""),
        (Tied(1, HOSPITAL), Tied(1, SCHOOL), True, "self"),
        (Tied(1, HOSPITAL), Tied(2, HOSPITAL), True, "rival"),
    ],
)
def test_a_relation_is_found_by_person_by_employer_and_by_standing_oneself(
    member, candidate, is_candidate, relation
):
    assert found_relation(member, candidate, is_candidate=is_candidate) == relation


def test_nobody_declares_what_the_records_prove():
    assert not set(COMPUTED) & set(DECLARED)
    assert {**COMPUTED, **DECLARED} == RELATIONS
