"""The ranked nomination under buckets, and the papers that go with it."""

import pytest
from django.urls import reverse

from juxian.records.models import Proceeding, Seats, Trace
from tests.house.clock import set_clock
from tests.house.desks.board_scenes import (
    buckets,
    five_candidates,
    give_all_reasons,
    ordinary,
    rank,
    submit,
)
from tests.house.desks.office_world import at, on, says, send, text, took_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(world):
    return five_candidates(world)


@pytest.fixture
def opened(world, files):
    return took_up(world, *files)


@pytest.fixture
def clerk(client, world):
    client.force_login(world.kashgar_handler)
    return client


@pytest.mark.clause("R49", "R34")
def test_an_order_is_kept_and_seats_are_proposed_to_the_first(clerk, world, opened, files):
    answer = rank(clerk, opened, *reversed(files))

    assert answer.status_code == 302
    assert [i.application_id for i in opened.items.order_by("rank")] == [
        file.pk for file in reversed(files)
    ]
    assert buckets(opened) == [ordinary(world)] * 4 + [""]


def test_the_board_says_why_the_last_has_no_seat(clerk, opened, files):
    rank(clerk, opened, *files)

    give_all_reasons(clerk, opened, *files)
    page = text(at(clerk, "nomination", opened.pk))

    assert "核对并上报 4 人" in page
    assert "第5名可用的指标为" in page
    assert "名额已满" in page


def test_equal_ranks_are_refused_and_everything_typed_is_kept(clerk, opened, files):
    answer = rank(clerk, opened, *files, **{f"rank-{files[1].pk}": 1})

    assert answer.status_code == 422
    assert "顺序 1 重复" in text(answer)
    assert text(answer).count("与别人的顺序相同") >= 2
    assert {item.rank for item in opened.items.all()} == {None}


def test_a_blank_rank_is_asked_for(clerk, opened, files):
    answer = rank(clerk, opened, *files, **{f"rank-{files[1].pk}": ""})

    assert answer.status_code == 422
    assert "请填写顺序" in text(answer)


def test_gaps_between_ranks_do_not_matter(clerk, opened, files):
    rank(clerk, opened, *files, **{f"rank-{files[0].pk}": 99})

    last = opened.items.order_by("rank").last()

    assert (last.application_id, last.rank) == (files[0].pk, 5)


@pytest.mark.clause("R38", "R40")
def test_a_seat_may_be_given_up_and_none_taken_that_does_not_fit(clerk, world, opened, files):
    rank(clerk, opened, *files)
    url = f"/office/nominations/{opened.pk}/bucket/{files[0].pk}/"
    nonpublic = Seats.objects.filter(office=world.kashgar, granted=1).first().bucket

    refused = clerk.post(url, {"bucket": nonpublic})
    clerk.post(url, {"bucket": ""})

    assert says(refused)[-1].startswith("此人不符合“")
    assert buckets(opened)[0] == ""


def test_an_unknown_bucket_counts_as_none(clerk, opened, files):
    rank(clerk, opened, *files)

    clerk.post(f"/office/nominations/{opened.pk}/bucket/{files[0].pk}/", {"bucket": "x"})

    assert buckets(opened)[0] == ""


@pytest.mark.clause("R49")
def test_one_act_sends_the_whole_list_up(clerk, opened, files):
    rank(clerk, opened, *files)
    give_all_reasons(clerk, opened, *files[:4])

    answer = submit(clerk, opened, **{f"reason__{files[4].pk}": "名额已满"})
    stands = []
    for file in files:
        file.refresh_from_db()
        stands.append((file.step, file.standing))

    assert says(answer)[-1] == "推荐名单已上报，共 4 人。"
    assert "去打印推荐表和装箱单" in text(at(clerk, "nomination", opened.pk))
    assert stands == [("formal_check", "open")] * 4 + [("nomination", "not_selected")]


@pytest.mark.clause("R67")
def test_the_board_waits_for_a_reason_for_everybody_it_nominates(clerk, opened, files):
    rank(clerk, opened, *files)
    give_all_reasons(clerk, opened, *files[2:])

    page = text(at(clerk, "nomination", opened.pk))
    answer = submit(clerk, opened, **{f"reason__{files[4].pk}": "名额已满"})

    said = f"{files[0].name}、{files[1].name}还没有推荐理由，请先写好再上报"
    assert (said in page, page.count("待写理由"), "核对并上报" in page) == (True, 2, False)
    assert (answer.status_code, said in text(answer)) == (422, True)


@pytest.mark.clause("R67")
def test_a_reason_is_kept_as_written_and_one_too_long_is_not(clerk, opened, files):
    kept = send(clerk, "reason", opened.pk, files[0].pk, reason=" 扎根基层\r\n业绩突出 ")
    long = send(clerk, "reason", opened.pk, files[0].pk, reason="好" * 501)

    page = text(at(clerk, "reason", opened.pk, files[0].pk))

    assert says(kept)[-1] == f"{files[0].name}的推荐理由已保存。"
    assert (long.status_code, "最多500字，现有501字" in text(long)) == (422, True)
    assert "扎根基层\n业绩突出</textarea>" in page


def test_one_reason_leads_to_the_next_and_the_last_one_back_to_the_board(clerk, opened, files):
    rank(clerk, opened, *files)

    ways = [
        send(clerk, "reason", opened.pk, file.pk, reason="扎根基层，业绩突出。").headers["Location"]
        for file in files[:4]
    ]

    others = [reverse("office:reason", args=[opened.pk, file.pk]) for file in files[1:4]]
    assert ways == [*others, reverse("office:nomination", args=[opened.pk])]


def test_the_reason_of_a_lapsed_nomination_is_offered_again(clerk, world, opened, files):
    give_all_reasons(clerk, opened, files[0])
    opened.items.filter(application=files[0]).update(act="recommend", void_at=on(2020, 4, 28))
    opened.concluded_at, opened.concluded_by = on(2020, 4, 28), world.kashgar_handler
    opened.save()
    again = took_up(world, files[0])

    page = text(at(clerk, "reason", again.pk, files[0].pk))

    assert f"{files[0].name}扎根基层，业绩突出。</textarea>" in page
    assert again.items.get().opinion == ""


@pytest.mark.clause("R46")
def test_the_board_says_whose_opinion_has_expired_and_the_discipline_body_renews_it(
    client, clerk, world, opened, files
):
    rank(clerk, opened, *files)
    give_all_reasons(clerk, opened, *files)
    heard = files[0].items.get(proceeding__kind="opine").proceeding
    Proceeding.objects.filter(pk=heard.pk).update(held_on=on(2019, 10, 1).date())
    said = f"{files[0].name}：纪检监察部门2019年10月1日的意见6个月内有效，已过期"

    before = text(at(clerk, "nomination", opened.pk))
    client.force_login(world.kashgar_discipline)
    asked = text(at(client, "opinion", heard.pk))
    answer = send(
        client,
        "renew_opinion",
        heard.pk,
        body="纪检监察部门",
        document_number="喀纪函〔2020〕9号",
        held_on="2020-04-27",
        **{f"choice__{files[0].pk}": "none"},
    )
    gone = at(client, "renew_opinion", heard.pk)
    client.force_login(world.kashgar_handler)
    after = text(at(client, "nomination", opened.pk))

    assert (said in before, "核对并上报" in before) == (True, False)
    assert f'btn-primary" href="/office/opinions/{heard.pk}/renew/"' in asked
    assert ("2020年4月1日 周三" in asked, "已过期" in asked) == (True, True)
    assert says(answer)[-1] == "新的意见已登记，以后以这份为准。"
    assert gone.status_code == 404
    assert (said in after, "核对并上报 4 人" in after) == (False, True)


def test_a_renewal_without_a_number_is_refused_on_its_page(client, world, opened, files):
    heard = files[0].items.get(proceeding__kind="opine").proceeding
    client.force_login(world.kashgar_discipline)

    page = text(at(client, "renew_opinion", heard.pk))
    answer = send(client, "renew_opinion", heard.pk, held_on="2020-04-27")
    letter = {"body": "纪委", "document_number": "9号", "held_on": "2020-04-27"}
    nobody = send(client, "renew_opinion", heard.pk, **letter)

    assert (files[0].name in page, "移出名单" in page) == (True, False)
    assert (answer.status_code, nobody.status_code) == (422, 422)
    assert "请登记至少一个人的新意见" in text(nobody)


@pytest.mark.parametrize("who", ["kashgar_handler", "hotan_discipline"])
def test_nobody_else_renews_an_opinion(client, world, opened, files, who):
    heard = files[0].items.get(proceeding__kind="opine").proceeding
    client.force_login(getattr(world, who))

    assert at(client, "renew_opinion", heard.pk).status_code == 404


def test_whoever_is_passed_over_needs_a_reason(clerk, opened, files):
    rank(clerk, opened, *files)

    answer = submit(clerk, opened)
    opened.refresh_from_db()

    assert (answer.status_code, opened.concluded_at) == (422, None)
    assert "请写明不推荐的理由" in text(answer)


def test_an_unticked_confirmation_sends_nothing(clerk, opened, files):
    rank(clerk, opened, *files)

    answer = submit(clerk, opened, is_checked="", **{f"reason__{files[4].pk}": "名额已满"})

    assert answer.status_code == 422
    assert "请核对后勾选确认" in text(answer)


@pytest.mark.clause("R73", "R74")
def test_after_the_close_nothing_goes_up(clerk, opened, files):
    rank(clerk, opened, *files)
    set_clock(on(2020, 5, 7))

    answer = submit(clerk, opened, **{f"reason__{files[4].pk}": "名额已满"})
    opened.refresh_from_db()

    assert (answer.status_code, opened.concluded_at) == (422, None)
    assert "逾期报送不予受理" in text(answer)


def test_an_unranked_list_does_not_go_up(clerk, opened, files):
    reasons = {f"reason__{file.pk}": "—" for file in files}

    answer = submit(clerk, opened, **reasons)

    assert answer.status_code == 422
    assert "请先排定推荐顺序" in text(answer)


def test_the_seats_of_the_office_are_shown_with_what_is_taken(clerk, opened, files):
    rank(clerk, opened, *files)
    give_all_reasons(clerk, opened, *files)
    submit(clerk, opened, **{f"reason__{files[4].pk}": "名额已满"})

    page = at(clerk, "nominations")
    used = [meter.used for holding in page.context["holdings"] for meter in holding.meters]

    assert max(used) == 4


def test_an_employer_without_seats_reads_who_nominates(client, world):
    client.force_login(world.hospital_handler)

    assert "本单位没有推荐名额" in text(at(client, "nominations"))


@pytest.mark.parametrize(
    "page", ["", "submit/", "bucket/1/", "reasons/1/", "shift/1/", "allocate/", "preferences/1/"]
)
def test_a_stranger_office_finds_no_nomination(client, world, opened, page):
    client.force_login(world.hotan_handler)

    assert client.post(f"/office/nominations/{opened.pk}/{page}").status_code == 404


@pytest.fixture
def sent(world):
    """One real file all the way up, so that its papers can be printed."""
    file = world.submitted()
    world.pass_until("formal_check", file)
    return file


def printed(answer):
    return answer.status_code, answer["Content-Type"], answer.content[:4]


@pytest.mark.clause("R65", "R67", "R69")
def test_every_paper_of_a_nomination_is_printed_and_leaves_a_trace(clerk, world, sent):
    listed = sent.items.get(proceeding__kind="recommend").proceeding_id
    judged = sent.items.filter(proceeding__office=world.kashgar, proceeding__kind="review").get()
    pdf, xlsx = "application/pdf", "application/vnd.openxmlformats-officedocument"

    form = at(clerk, "form_paper", sent.number)
    recommendation = at(clerk, "nomination_paper", sent.number)
    votes = at(clerk, "evaluation_paper", judged.proceeding_id)
    parcel = at(clerk, "parcel_paper", world.cycle.pk, world.kashgar.pk, 1)
    nominees = at(clerk, "summary_paper", listed)

    assert [printed(one) for one in (form, recommendation, votes, parcel)] == [
        (200, pdf, b"%PDF")
    ] * 4
    assert nominees["Content-Type"].startswith(xlsx)
    assert Trace.objects.filter(act="print", by=world.kashgar_handler).count() == 5


def test_papers_of_others_are_not_found(client, world, sent):
    listed = sent.items.get(proceeding__kind="recommend").proceeding_id
    client.force_login(world.hotan_handler)

    for name, args in (
        ("form_paper", [sent.number]),
        ("nomination_paper", [sent.number]),
        ("summary_paper", [listed]),
        ("evaluation_paper", [listed]),
        ("parcel_paper", [world.cycle.pk, world.kashgar.pk, 1]),
    ):
        assert at(client, name, *args).status_code == 404


def test_the_employer_prints_the_form_and_not_the_recommendation(client, world, sent):
    client.force_login(world.hospital_handler)

    assert at(client, "form_paper", sent.number).status_code == 200
    assert at(client, "nomination_paper", sent.number).status_code == 404


def test_nothing_to_pack_is_said_in_words(client, world):
    client.force_login(world.hotan_handler)

    answer = at(client, "parcel_paper", world.cycle.pk, world.hotan.pk, 1)

    assert says(answer) == ["还没有已上报的推荐人选；上报以后才能打印装箱单"]


def test_a_parcel_that_there_is_not_is_not_found(clerk, world, sent):
    assert at(clerk, "parcel_paper", world.cycle.pk, world.kashgar.pk, 2).status_code == 404


def test_the_papers_page_lists_the_nominees(clerk, sent):
    page = text(at(clerk, "papers"))

    assert "已上报 1 人" in page
    assert "装箱单：专业技术人才（1 人）" in page
