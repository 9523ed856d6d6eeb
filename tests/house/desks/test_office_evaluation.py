"""Recording an evaluation from paper: live arithmetic, faults by row, concluding."""

import re

import pytest

from juxian.records.models import ProceedingMember
from juxian.regulation.tally import Papers, Tally
from tests.house.desks.office_world import listed, many, says, text, took_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    return world.submitted()


@pytest.fixture
def opened(world, file):
    return listed(world, "peer_review", file)


@pytest.fixture
def clerk(client, world):
    client.force_login(world.hospital_handler)
    return client


def sheet(*votes, present=7, absent=0, **otherwise):
    """A filled form: `votes` are (file, ayes, nays, abstained, recused)."""
    data = {
        "held_on": "2020-03-16",
        "place": "三楼会议室",
        "method": "会议评议",
        "chair": "专家0",
    }
    for number in range(present + absent):
        data[f"expert-{number}-name"] = f"专家{number}"
        data[f"expert-{number}-employer"] = "某大学"
        if number < present:
            data[f"expert-{number}-present"] = "on"
        else:
            data[f"expert-{number}-arrival"] = "出差"
    for file, *figures in votes:
        names = ("ayes", "nays", "abstained", "recused")
        data |= {f"{file.pk}-{name}": n for name, n in zip(names, figures, strict=True)}
        data[f"{file.pk}-opinion"] = "业绩突出"
    return data | otherwise


def record(client, opened, data):
    return client.post(f"/office/evaluations/{opened.pk}/", data)


@pytest.mark.clause("R44")
def test_experts_and_votes_are_kept_and_may_be_recorded_again(clerk, opened, file):
    record(clerk, opened, sheet((file, 6, 1, 0, 0)))
    record(clerk, opened, sheet((file, 7, 0, 0, 0), present=7, absent=2))
    opened.refresh_from_db()
    item = opened.items.get()

    assert (opened.members, opened.present, opened.place) == (9, 7, "三楼会议室")
    assert (item.ayes, item.nays, item.opinion) == (7, 0, "业绩突出")
    assert ProceedingMember.objects.filter(proceeding=opened).count() == 9


def test_the_record_comes_back_into_the_form(clerk, opened, file):
    record(clerk, opened, sheet((file, 6, 1, 0, 0)))

    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))

    assert 'value="专家6"' in page
    assert "办结：通过的进入下一环节" in page
    assert "同意6票" in page


@pytest.mark.clause("R44", "R67")
def test_votes_that_do_not_add_up_are_told_in_their_row_and_nothing_is_kept(clerk, opened, file):
    answer = record(clerk, opened, sheet((file, 5, 1, 0, 0)))
    opened.refresh_from_db()

    assert (answer.status_code, opened.present) == (422, None)
    assert "同意5票、反对1票、弃权0票合计6票" in text(answer)
    assert 'value="专家3"' in text(answer)


@pytest.mark.clause("R44", "R67")
def test_a_sitting_where_every_paper_came_back_needs_no_more_typing(clerk, opened, file):
    record(clerk, opened, sheet((file, 6, 1, 0, 0)))
    opened.refresh_from_db()
    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))

    assert opened.papers == Papers(issued=7, returned=7, unreturned=0, valid=7)
    for name in ("issued", "returned", "valid", f"{file.pk}-void", f"{file.pk}-unreturned"):
        assert typed(page, name) == ""


@pytest.mark.clause("R44", "R67")
def test_a_spoiled_paper_and_one_not_returned_are_recorded_with_two_figures(clerk, opened, file):
    data = sheet((file, 5, 0, 0, 0), returned=6, valid=5)

    record(clerk, opened, data)
    opened.refresh_from_db()
    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))

    assert opened.papers == Papers(issued=7, returned=6, unreturned=1, valid=5)
    assert opened.items.get().tally == Tally(5, 0, void=1, unreturned=1)
    figures = {name: typed(page, name) for name in ("issued", "returned", "valid")}
    assert figures == {"issued": "", "returned": "6", "valid": "5"}
    assert "发出 7 张，收回 6 张，未收回 1 张；有效 5 张" in page
    assert typed(page, f"{file.pk}-void") == ""


@pytest.mark.clause("R44")
def test_what_is_void_for_one_candidate_alone_is_typed_in_the_row(clerk, opened, file):
    record(clerk, opened, sheet((file, 6, 0, 0, 0)) | {f"{file.pk}-void": 1})
    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))
    clerk.post(f"/office/evaluations/{opened.pk}/conclude/")
    read = text(clerk.get(f"/office/evaluations/{opened.pk}/"))

    assert opened.items.get().tally == Tally(6, 0, void=1)
    assert typed(page, f"{file.pk}-void") == "1"
    assert "废票 1 · 未收回 0" in read
    assert "发出 7 张，收回 7 张，未收回 0 张；有效 7 张" in read


@pytest.mark.clause("R44")
@pytest.mark.parametrize(
    ("papers", "label", "sentence"),
    [
        ({"issued": 8}, "发出选票（张）", "发出8票多于实到7人。"),
        ({"returned": 8}, "收回选票（张）", "收回8票多于发出7票。"),
        ({"returned": 6, "valid": 7}, "有效选票（张）", "有效7票多于收回6票。"),
    ],
)
def test_papers_that_do_not_add_up_are_told_beside_the_figure_that_is_too_large(
    clerk, opened, file, papers, label, sentence
):
    wrong = list(papers)[-1]
    answer = record(clerk, opened, sheet((file, 7, 0, 0, 0), **papers))
    opened.refresh_from_db()

    assert (answer.status_code, opened.present) == (422, None)
    assert answer.context["form"].errors[wrong] == [sentence]
    assert "选票张数对不上，请核对" in text(answer)
    assert f'<a href="#id_{wrong}">{label}：{sentence}</a>' in text(answer)


def test_a_number_of_papers_that_is_none_is_asked_again(clerk, opened, file):
    answer = record(clerk, opened, sheet((file, 7, 0, 0, 0), returned="六"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["returned"] == ["请填写数字"]


@pytest.mark.clause("R44")
def test_the_server_reckons_with_spoiled_papers_while_they_are_typed(clerk, opened, file):
    short = sheet((file, 5, 0, 0, 0))

    before = clerk.post(f"/office/evaluations/{opened.pk}/figures/", short)
    after = clerk.post(f"/office/evaluations/{opened.pk}/figures/", short | {"returned": 5})

    wrong = clerk.post(f"/office/evaluations/{opened.pk}/figures/", short | {"returned": 8})

    assert "票数不符" in text(before)
    assert "票数不符" not in text(after)
    assert "发出 7 张，收回 5 张，未收回 2 张；有效 5 张" in text(after)
    assert ("收回8票多于发出7票。" in text(wrong), "票数不符" in text(wrong)) == (True, False)


def typed(page, name):
    """What a control of the page holds; "" for nothing."""
    control = re.search(rf'<input[^>]*name="{name}"[^>]*>', page).group()
    value = re.search(r'value="([^"]*)"', control)
    return value.group(1) if value else ""


def test_a_missing_figure_is_asked_for(clerk, opened, file):
    answer = record(clerk, opened, sheet((file, 7, 0, "", 0)))

    assert answer.status_code == 422
    assert "弃权：请填写票数" in text(answer)


def test_an_evaluation_without_experts_is_refused(clerk, opened, file):
    answer = record(clerk, opened, sheet((file, 0, 0, 0, 0), present=0))

    assert answer.status_code == 422
    assert "请登记参加评议的专家" in text(answer)


def test_a_day_to_come_is_refused(clerk, opened, file):
    answer = record(clerk, opened, sheet((file, 7, 0, 0, 0), held_on="2031-01-01"))

    assert answer.status_code == 422
    assert "日期不能晚于今天" in text(answer)


def test_the_server_reckons_while_it_is_typed_and_keeps_it_as_a_draft(clerk, opened, file):
    data = sheet((file, 5, 2, 0, 0), absent=1)

    answer = clerk.post(f"/office/evaluations/{opened.pk}/figures/", data)
    opened.refresh_from_db()

    assert "应到 8 人，实到 7 人" in text(answer)
    assert f'id="result-{file.pk}" hx-swap-oob="true"' in text(answer)
    assert "通过" in text(answer)
    assert opened.present is None
    assert 'value="专家6"' in text(clerk.get(f"/office/evaluations/{opened.pk}/"))


@pytest.mark.parametrize("typed", ["", "x", "-1"])
def test_half_a_row_waits_for_the_rest(clerk, opened, file, typed):
    answer = clerk.post(f"/office/evaluations/{opened.pk}/figures/", sheet((file, 5, typed, 0, 0)))

    assert "待填" in text(answer)


def test_more_rows_keep_what_was_typed_and_find_nothing_wrong_yet(clerk, opened, file):
    data = sheet((file, "", "", "", ""), present=3, place="") | {"more": "1"}

    answer = record(clerk, opened, data)

    assert answer.status_code == 200
    assert 'value="专家2"' in text(answer)
    assert 'name="expert-7-name"' in text(answer)
    assert "请填写票数" not in text(answer)


@pytest.mark.clause("R44", "R14c")
def test_concluding_sends_the_carried_on_and_lets_the_lost_go(clerk, world, file):
    world.pass_until("peer_review", file)
    (other,) = many(file, 1)
    opened = took_up(world, file, other)
    record(clerk, opened, sheet((file, 7, 0, 0, 0), (other, 2, 5, 0, 0)))

    answer = clerk.post(f"/office/evaluations/{opened.pk}/conclude/")
    file.refresh_from_db()
    other.refresh_from_db()

    assert says(answer)[-1] == "评议已办结：通过 1 人，未通过 1 人。"
    assert (file.step, other.standing) == ("employer_notice", "not_selected")


def test_too_few_experts_conclude_nothing(clerk, opened, file):
    record(clerk, opened, sheet((file, 3, 0, 0, 0), present=3, absent=4))

    answer = clerk.post(f"/office/evaluations/{opened.pk}/conclude/")
    file.refresh_from_db()

    assert answer.status_code == 422
    assert "到会专家未达到法定人数，评议无效，请重新组织评议" in text(answer)
    assert file.step == "peer_review"


def test_nothing_is_concluded_before_anything_is_recorded(clerk, opened, file):
    answer = clerk.post(f"/office/evaluations/{opened.pk}/conclude/")

    assert says(answer) == ["请先登记评议情况和票数"]


@pytest.mark.parametrize("page", ["", "figures/", "conclude/"])
def test_a_stranger_office_finds_none_of_it(client, world, opened, page):
    client.force_login(world.hotan_handler)

    assert client.post(f"/office/evaluations/{opened.pk}/{page}").status_code == 404


def test_a_concluded_evaluation_is_only_read(clerk, opened, file):
    record(clerk, opened, sheet((file, 7, 0, 0, 0)))
    clerk.post(f"/office/evaluations/{opened.pk}/conclude/")

    page = text(clerk.get(f"/office/evaluations/{opened.pk}/"))
    again = record(clerk, opened, sheet((file, 0, 7, 0, 0)))

    assert ">保存评议记录<" not in page
    assert again.status_code == 422
    assert "这份名单已办结，不能再改" in text(again)
