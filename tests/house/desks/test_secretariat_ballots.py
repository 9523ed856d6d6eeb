"""Secret ballots at the secretariat: the phrase, the count, the list it leads to."""

import pytest

from juxian.actions import panel
from juxian.records.models import Ballot, BallotPaper, Envelope, Proceeding
from tests.house.actions.ballot_world import allot, committee
from tests.house.desks.office_world import says, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(world):
    return committee(world, experts=3, candidates=3, places=1)


@pytest.fixture
def secretary(client, world):
    client.force_login(world.secretary)
    return client


def opened(client, sitting):
    """The ballot just opened, and the phrase as the page shows it."""
    answer = client.post(
        f"/secretariat/reviews/{sitting.listed.pk}/ballots/", {"panel": sitting.panel.pk}
    )
    return Ballot.objects.latest("pk"), answer.context["phrase"], answer


def close(client, ballot, phrase):
    return client.post(f"/secretariat/ballots/{ballot.pk}/", {"phrase": phrase})


def review(client, sitting):
    return text(client.get(f"/secretariat/reviews/{sitting.listed.pk}/"))


def stands(sitting):
    return [(one.step, one.standing) for one in sitting.fresh()]


@pytest.mark.clause("R51")
def test_the_phrase_is_shown_on_the_answer_itself_and_never_again(secretary, sitting):
    ballot, phrase, answer = opened(secretary, sitting)
    later = text(secretary.get(f"/secretariat/ballots/{ballot.pk}/"))

    assert (answer.status_code, phrase in text(answer)) == (200, True)
    assert "no-store" in answer["Cache-Control"]
    assert phrase not in later
    assert phrase not in str(dict(secretary.session))


def test_a_second_round_is_not_opened_while_one_runs(secretary, sitting):
    opened(secretary, sitting)

    again = secretary.post(
        f"/secretariat/reviews/{sitting.listed.pk}/ballots/", {"panel": sitting.panel.pk}
    )

    assert says(again) == ["这份名单上一轮表决还没有开票，请先开票或作废"]
    assert Ballot.objects.count() == 1


def test_only_panels_of_the_lists_own_track_are_offered_for_the_vote(secretary, world, sitting):
    """The newest comes first in the list of panels, and here it would be refused."""
    panel.convene(
        world.cycle.pk,
        by=world.secretary,
        step=sitting.panel.step,
        title="高技能人才评委会",
        track="skilled",
        person_ids=[one.pk for one in sitting.experts],
        chair_id=sitting.experts[0].pk,
        document_number="",
    )

    answer = secretary.get(f"/secretariat/reviews/{sitting.listed.pk}/")

    assert list(answer.context["panels"]) == [sitting.panel]


@pytest.mark.clause("R51")
def test_while_it_runs_only_the_number_of_voters_is_shown(secretary, sitting):
    ballot, _phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan"])

    page = text(secretary.get(f"/secretariat/ballots/{ballot.pk}/"))

    assert "投票，已投 1 人，应到 3 人" in page
    assert not any(expert.name in page for expert in sitting.experts)


def test_too_few_votes_are_not_counted(secretary, sitting):
    ballot, phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan"])

    answer = close(secretary, ballot, phrase)

    assert answer.status_code == 422
    assert not BallotPaper.objects.exists()


def test_a_wrong_phrase_opens_nothing_and_is_not_shown_back(secretary, sitting):
    ballot, _phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan", "aan", "ana"])

    answer = close(secretary, ballot, "AAAA-BBBB-CCCC")
    ballot.refresh_from_db()

    assert (answer.status_code, ballot.closed_at) == (422, None)
    assert "开票口令不对，选票没有打开" in text(answer)
    assert "AAAA-BBBB-CCCC" not in text(answer)


@pytest.mark.clause("R51")
def test_the_phrase_opens_the_ballot_and_shows_the_figures(secretary, sitting):
    ballot, phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan", "ana", "ann"])

    close(secretary, ballot, phrase)
    page = text(secretary.get(f"/secretariat/ballots/{ballot.pk}/"))

    assert BallotPaper.objects.count() == 9
    assert "表决结果" in page
    assert "同意3票" in page


@pytest.mark.clause("R52", "R78")
def test_the_list_is_drawn_within_the_places(secretary, sitting):
    ballot, phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan", "aan", "ann"])
    close(secretary, ballot, phrase)

    answer = secretary.post(
        f"/secretariat/reviews/{sitting.listed.pk}/propose/", {"is_checked": "on"}
    )

    assert says(answer)[-1].startswith("拟入选 1 人")
    assert stands(sitting)[0] == ("public_notice", "open")
    assert stands(sitting)[2] == ("committee", "not_selected")


def test_a_list_is_not_drawn_unconfirmed(secretary, sitting):
    sitting.vote(["aan", "aan", "ann"])

    answer = secretary.post(f"/secretariat/reviews/{sitting.listed.pk}/propose/", {})

    assert answer.status_code == 422
    assert {step for step, _standing in stands(sitting)} == {"committee"}


def test_nothing_is_proposed_before_anything_was_counted(secretary, sitting):
    url = f"/secretariat/reviews/{sitting.listed.pk}/propose/"

    assert secretary.get(url).status_code == 404


@pytest.mark.clause("R78")
def test_without_an_allotment_no_list_is_drawn(secretary, world):
    sitting = committee(world, experts=3, candidates=2)
    sitting.vote(["aa", "aa", "aa"])

    answer = secretary.post(
        f"/secretariat/reviews/{sitting.listed.pk}/propose/", {"is_checked": "on"}
    )

    assert answer.status_code == 422
    assert "国家下达的名额还没有登记" in text(answer)


def test_a_tie_leads_to_another_round(secretary, sitting):
    sitting.vote(["aan", "aan", "aan"])

    page = review(secretary, sitting)

    assert "开始第 2 轮表决，2 人" in page


def test_a_tie_that_rounds_do_not_break_asks_for_the_chairs_order(secretary, sitting):
    for votes in (["aan", "aan", "aan"], ["aa", "aa", "aa"], ["aa", "aa", "aa"]):
        sitting.vote(votes)

    page = review(secretary, sitting)
    asked = text(secretary.get(f"/secretariat/reviews/{sitting.listed.pk}/propose/"))

    assert ("提出名单" in page, "轮表决，2 人" in page) == (True, False)
    assert ("第 1 名并列 2 人" in asked, asked.count("排定先后的理由")) == (True, 1)


def test_a_void_round_needs_a_reason_and_empties_its_envelopes(secretary, sitting):
    ballot, _phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan"])
    url = f"/secretariat/ballots/{ballot.pk}/void/"

    wordless = secretary.post(url, {"reason": ""})
    secretary.post(url, {"reason": "名单有误"})
    ballot.refresh_from_db()

    assert (wordless.status_code, ballot.is_void) == (422, True)
    assert bytes(Envelope.objects.get().sealed) == b""


def test_nobody_is_called_up_before_the_list_is_drawn(secretary, sitting):
    url = f"/secretariat/reviews/{sitting.listed.pk}/call-up/"

    early = secretary.post(url, {"reason": "名额空出"})

    assert early.status_code == 422
    assert "请先提出拟入选名单" in text(early)


@pytest.mark.parametrize("page", ["call-up", "release"])
def test_the_reserve_is_moved_with_a_reason_alone(secretary, sitting, page):
    url = f"/secretariat/reviews/{sitting.listed.pk}/{page}/"

    assert secretary.get(url).status_code == 200
    assert secretary.post(url, {"reason": ""}).status_code == 422


@pytest.fixture
def drawn(secretary, sitting):
    """One admitted, one in reserve, one dismissed."""
    sitting.vote(["aan", "aan", "ann"])
    secretary.post(f"/secretariat/reviews/{sitting.listed.pk}/propose/", {"is_checked": "on"})
    return sitting


@pytest.mark.clause("R52")
def test_a_place_come_free_is_taken_by_the_first_in_reserve(secretary, world, drawn):
    allot(world, 2)

    answer = secretary.post(
        f"/secretariat/reviews/{drawn.listed.pk}/call-up/", {"reason": "增加一个名额"}
    )

    assert says(answer)[-1] == f"{drawn.candidates[1].name} 已递补为拟入选人员。"
    assert stands(drawn)[1] == ("public_notice", "open")


@pytest.mark.clause("R52")
def test_a_reserve_no_longer_needed_is_let_go(secretary, drawn):
    answer = secretary.post(
        f"/secretariat/reviews/{drawn.listed.pk}/release/", {"reason": "名单已定"}
    )

    assert says(answer)[-1] == "备选 1 人已结束等待。"
    assert stands(drawn)[1] == ("committee", "not_selected")


def test_a_stranger_finds_no_list_panel_or_ballot(client, world, sitting):
    ballot = sitting.opened().ballot
    client.force_login(world.technical_handler)

    for page in (
        f"reviews/{sitting.listed.pk}/",
        f"reviews/{sitting.listed.pk}/propose/",
        f"panels/{sitting.panel.pk}/",
        f"ballots/{ballot.pk}/",
        f"ballots/{ballot.pk}/void/",
    ):
        assert client.get(f"/secretariat/{page}").status_code == 404


def test_a_member_of_the_panel_is_no_secretary(client, sitting):
    ballot = sitting.opened().ballot
    client.force_login(sitting.experts[0])

    assert client.get(f"/secretariat/ballots/{ballot.pk}/").status_code == 404


def test_the_panel_page_names_members_pledges_and_the_chair(secretary, sitting):
    page = text(secretary.get(f"/secretariat/panels/{sitting.panel.pk}/"))

    assert all(expert.name in page for expert in sitting.experts)
    assert "主任委员" in page


@pytest.mark.clause("R52")
def test_a_drawn_list_is_still_led_to_from_the_board(secretary, world, drawn):
    """Calling up and releasing the reserve come after the list is drawn."""
    board = text(secretary.get(f"/secretariat/cycles/{world.cycle.code}/"))

    review = f"/secretariat/reviews/{drawn.listed.pk}/"
    assert f'href="{review}"' in board
    assert "表决结果、递补和备选" in board
    led = text(secretary.get(review))
    assert (f'href="{review}call-up/"' in led, f'href="{review}release/"' in led) == (True, True)


@pytest.mark.clause("R52")
def test_a_list_is_not_drawn_before_the_allotment_is_registered(client, world):
    sitting = committee(world, experts=3, candidates=2)
    sitting.vote(["an", "an", "aa"])
    client.force_login(world.secretary)
    register = f"/secretariat/cycles/{world.cycle.code}/allotments/professional/"

    waiting, asked = review(client, sitting), propose_page(client, sitting)
    allot(world, 1)
    ready, offered = review(client, sitting), propose_page(client, sitting)

    for page in (waiting, asked):
        assert "名额还没有登记" in page
        assert f'href="{register}"' in page
    assert "is_checked" not in asked
    assert ("名额还没有登记" in ready, "is_checked" in offered) == (False, True)


def propose_page(client, sitting):
    return text(client.get(f"/secretariat/reviews/{sitting.listed.pk}/propose/"))


def test_only_a_review_opens_as_a_review(secretary, world, sitting):
    """A list of another kind has no votes to show."""
    Proceeding.objects.filter(pk=sitting.listed.pk).update(kind="decide")

    assert secretary.get(f"/secretariat/reviews/{sitting.listed.pk}/").status_code == 404


def board_says(client, world):
    """The strip that opens the cycle's page."""
    page = text(client.get(f"/secretariat/cycles/{world.cycle.code}/"))
    return page[page.index("现在轮到") : page.index("<h1")]


def test_the_board_of_the_cycle_opens_with_the_next_thing_to_do(secretary, world, sitting):
    assert "组织专业技术人才第 1 轮表决，3 人" in board_says(secretary, world)
    ballot, phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan"])
    assert "专业技术人才投票，已投 1 人，应到 3 人" in board_says(secretary, world)
    sitting.cast(ballot, ["aan", "aan", "aan"])
    assert "专业技术人才全部投票完毕，可以开票" in board_says(secretary, world)
    close(secretary, ballot, phrase)
    assert "组织专业技术人才第 2 轮表决，2 人" in board_says(secretary, world)
    allot(world, 2)
    assert "专业技术人才表决已完成，可以提出名单" in board_says(secretary, world)
    secretary.post(f"/secretariat/reviews/{sitting.listed.pk}/propose/", {"is_checked": "on"})
    assert "去待办" in board_says(secretary, world)


def test_when_all_have_voted_the_list_leads_to_the_count(secretary, sitting):
    ballot, _phrase, _answer = opened(secretary, sitting)
    sitting.cast(ballot, ["aan", "aan", "aan"])

    assert "去开票" in review(secretary, sitting)
