"""One person does not pass a file twice within an office in a turn (经办、复核分离)."""

from datetime import date

import pytest

from juxian.actions import person, verification
from juxian.regulation.refusal import NotAllowed
from juxian.regulation.words import Role
from juxian.selectors.certification import to_certify
from tests.house.access.matrix_world import matrix_world, submitted
from tests.house.actions.refusing import refused
from tests.rules.sample_answers import skilled_sample

pytestmark = pytest.mark.django_db
AGAIN = "^本环节须由另一人办理：您已在本单位的前一环节办理过这份申报$"


def pass_until(world, step, file):
    """With everything at the prefecture's first check done by the one who has all three posts."""
    while file.step != step:
        if file.step == "nominator_check":
            verification.endorse(file.pk, by=world.kashgar_all, opinion="同意")
            file.refresh_from_db()
        else:
            world.pass_step(file)


def endorse(world, file, by):
    certified = {condition.code: True for condition in to_certify(file)}
    verification.endorse(file.pk, by=by, opinion="同意", certified=certified)
    file.refresh_from_db()


@pytest.fixture
def posts(db, settings, tmp_path):
    return matrix_world(settings, tmp_path)


def test_whoever_handled_a_file_in_an_office_neither_reviews_nor_signs_it_there(posts):
    file = submitted(posts)
    pass_until(posts, "nominator_recheck", file)

    refused(NotAllowed, AGAIN, lambda: endorse(posts, file, posts.kashgar_all), file)
    endorse(posts, file, posts.kashgar_reviewer)
    refused(NotAllowed, AGAIN, lambda: endorse(posts, file, posts.kashgar_all), file)
    endorse(posts, file, posts.kashgar_signatory)

    assert file.step == "nominator_panel"


def test_the_four_eyes_ask_about_this_turn_only(posts):
    file = submitted(posts)
    pass_until(posts, "nominator_recheck", file)
    posts.send_back(file, {"summary.deeds": "事迹"}, by=posts.kashgar_reviewer)
    answer = file.corrections.get().items.get()
    type(answer).objects.filter(pk=answer.pk).update(reply="已核实，无须修改。")
    file.refresh_from_db()
    posts.submit(file)
    while file.step != "nominator_recheck":
        posts.pass_step(file)  # the check is endorsed by the handler now

    endorse(posts, file, posts.kashgar_all)

    assert (file.step, file.turn) == ("nominator_sign", 2)


def test_the_four_eyes_look_over_every_level_of_an_office_that_nominates_its_own_people(posts):
    both = posts.add_officer("enterprise_both", "示例人员", "enterprise", Role.HANDLER)
    for post in (Role.REVIEWER, Role.SIGNATORY):
        person.appoint(both, posts.enterprise, post, by=None, starts_on=date(2020, 1, 1))
    file = posts.draft(posts.welder, posts.enterprise, "skilled", skilled_sample())
    posts.submit(file)
    endorse(posts, file, posts.enterprise_both)
    while file.step != "nominator_recheck":
        posts.pass_step(file)

    assert (file.holder, "nominator_check" in file.ladder) == (posts.enterprise, False)
    refused(NotAllowed, AGAIN, lambda: endorse(posts, file, posts.enterprise_both), file)
    endorse(posts, file, posts.enterprise_reviewer)

    assert file.step == "nominator_sign"
