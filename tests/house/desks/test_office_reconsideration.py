"""The page on which a concluded evaluation is taken up again, and the two lists that it links."""

import pytest

from juxian.actions import evaluation, proceeding
from juxian.records.models import Proceeding
from tests.house.actions.test_evaluation import sitting
from tests.house.desks.office_world import at, listed, says, send, text
from tests.house.desks.test_office_evaluation import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(world):
    return world.submitted(), world.submitted(number=2)


@pytest.fixture
def old(client, world, files):
    """Concluded with the votes of the two typed the wrong way round; who did it is signed in."""
    opened = listed(world, "nominator_panel", *files)
    votes = zip(files, ((2, 5), (6, 1)), strict=True)
    tallies = {file.pk: evaluation.CandidateTally(*figures) for file, figures in votes}
    by = world.kashgar_handler
    evaluation.record(opened.pk, by=by, sitting=sitting(6, count=8), tallies=tallies)
    evaluation.conclude(opened.pk, by=by)
    client.force_login(by)
    opened.refresh_from_db()
    return opened


def again(client, old):
    """The answer, and the new list."""
    answer = send(client, "reconsider", old.pk, what="entry", reason="两人的票数登记反了")
    return answer, Proceeding.objects.get(corrects=old)


def as_opened(page):
    """The form as a browser would send it untouched."""
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in typed.items() if value not in (None, False, "")}
    zeros = {name: 0 for name, value in typed.items() if value == "0"}
    return {name: "on" if value is True else value for name, value in sent.items()} | zeros


def put_right(client, new, first, second):
    """The two votes exchanged, everything else as it was brought over."""
    data = as_opened(at(client, "evaluation", new.pk))
    data |= {f"{first.pk}-ayes": 6, f"{first.pk}-nays": 1}
    data |= {f"{second.pk}-ayes": 2, f"{second.pk}-nays": 5}
    record(client, new, data)
    send(client, "conclude_evaluation", new.pk)
    new.refresh_from_db()


@pytest.mark.clause("R44")
def test_a_mistyped_figure_is_put_right_by_one_edit(client, old, files):
    first, second = files
    answer, new = again(client, old)
    put_right(client, new, first, second)
    for file in files:
        file.refresh_from_db()

    assert answer.headers["Location"] == f"/office/evaluations/{new.pk}/"
    assert says(answer)[-1] == "已建立复议名单，请登记评议后办结；原来的评议已失效。"
    assert (first.step, second.standing) == ("nominator_decision", "not_selected")
    assert (new.held_on, new.members, new.present) == (old.held_on, 8, 7)


@pytest.mark.clause("R44")
def test_the_old_record_stays_readable_and_the_two_lists_link_each_other(client, old):
    offered = text(at(client, "evaluation", old.pk))
    _answer, new = again(client, old)

    before, after = (text(at(client, "evaluation", one.pk)) for one in (old, new))

    link = f"/office/evaluations/{old.pk}/reconsider/"
    assert (link in offered, link in before) == (True, False)
    assert ("本次评议不再计算" in before, "同意6票" in before) == (True, True)
    assert (f"/evaluations/{new.pk}/" in before, f"/evaluations/{old.pk}/" in after) == (True, True)
    assert ("更正登记错误" in after, "两人的票数登记反了" in after) == (True, True)
    assert at(client, "reconsider", old.pk).headers["Location"] == f"/office/evaluations/{new.pk}/"
    assert "已由复议更正" in text(at(client, "lists"))


def test_who_stands_in_the_way_is_told_before_anything_is_typed(client, world, old, files):
    first, second = files
    second.refresh_from_db()
    opened = proceeding.open_proceeding(second.step, [second.pk], by=world.kashgar_handler)
    barred = text(at(client, "reconsider", old.pk))
    proceeding.take_off(opened.pk, second.pk, by=world.kashgar_handler)

    faulty = send(client, "reconsider", old.pk, what="entry")

    told = "请先从那份名单移出"
    shown = [words in barred for words in ("现在不能复议", told, 'class="sheet confirm"')]
    assert shown == [True, True, False]
    assert (faulty.status_code, "请写明复议的理由" in text(faulty)) == (422, True)
    assert first.name in text(faulty)
