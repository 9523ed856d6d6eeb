"""The board: moves, buckets chosen and proposed, two tracks, who is preferred among equals."""

import pytest

from juxian.records.models import Application, Seats
from tests.house.desks.board_scenes import (
    buckets,
    five_candidates,
    give_all_reasons,
    ordinary,
    outdoing,
    rank,
    submit,
)
from tests.house.desks.office_world import at, many, send, text, took_up

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


@pytest.mark.clause("R49")
def test_a_move_changes_places_with_the_neighbour_and_buckets_follow(clerk, world, opened, files):
    rank(clerk, opened, *files)

    for way, file in (("up", files[4]), ("up", files[0]), ("down", files[4])):
        send(clerk, "shift", opened.pk, file.pk, way=way)
        if file is files[4]:
            lists = [buckets(opened)]
    order = [item.application_id for item in opened.items.order_by("rank")]

    assert order == [file.pk for file in files]
    assert lists == [[ordinary(world)] * 4 + [""]]


@pytest.mark.clause("R33", "R49")
def test_who_is_put_in_a_full_bucket_keeps_the_list_back_until_the_proposal_is_taken(
    clerk, world, opened, files
):
    rank(clerk, opened, *files)
    give_all_reasons(clerk, opened, *files)
    send(clerk, "choose_bucket", opened.pk, files[4].pk, bucket=ordinary(world))

    page = text(at(clerk, "nomination", opened.pk))
    answer = submit(clerk, opened)
    send(clerk, "allocate", opened.pk)

    assert "“专业技术人才”名额4个，已列5名，超出1名，请调整后再上报。" in page
    assert f"{files[4].name}不再使用“专业技术人才”：" in page
    assert (
        f"第5名可用的指标为“专业技术人才”4个，依据通知三（一），已由排序在前的第1名{files[0].name}"
        in page
    )
    assert ("核对并上报" in page, answer.status_code) == (False, 422)
    assert buckets(opened) == [ordinary(world)] * 4 + [""]
    assert "建议分配" not in text(at(clerk, "nomination", opened.pk))


@pytest.mark.clause("R38")
def test_the_two_tracks_are_ranked_each_by_itself(clerk, world, opened, files):
    Application.objects.filter(pk__in=[files[1].pk, files[3].pk]).update(
        track="skilled", fits=["skilled"]
    )
    ranks = {f"rank-{file.pk}": n for file, n in zip(files, (2, 2, 1, 1, 3), strict=True)}

    clerk.post(f"/office/nominations/{opened.pk}/", ranks)
    placed = dict(opened.items.values_list("application", "rank"))
    used = dict(opened.items.values_list("application", "bucket"))

    assert placed == {file.pk: n for file, n in zip(files, (2, 2, 1, 1, 3), strict=True)}
    assert {used[file.pk] for file in (files[1], files[3])} == {"skilled"}


@pytest.mark.clause("R32", "R36")
def test_who_is_ranked_before_a_better_result_needs_a_preference_that_those_above_read(
    client, clerk, world, opened, files
):
    first = outdoing(opened.items.order_by("pk").first())
    Application.objects.filter(pk=first.pk).update(marks=["epidemic"])
    better = opened.items.order_by("pk").last().application
    everybody = [first, better, *files[1:]]
    rank(clerk, opened, *everybody)
    give_all_reasons(clerk, opened, *everybody)
    unplaced = {f"reason__{file.pk}": "名额已满" for file in files[3:]}
    said = f"{first.name}排在评审结果更好的"

    board = text(at(clerk, "nomination", opened.pk))
    refused = submit(clerk, opened, **unplaced)
    asked = text(at(clerk, "preference", opened.pk, first.pk))
    nobody = send(clerk, "preference", opened.pk, first.pk, preference="grassroots", reason="久")
    why = {"preference": "epidemic", "reason": "驰援武汉一线"}
    kept = send(clerk, "preference", opened.pk, first.pk, **why)
    sent = submit(clerk, opened, **unplaced)
    client.force_login(world.technical_handler)
    above = text(at(client, "file", first.number))

    assert f"{said}{better.name}前面，须写明优先的情形和理由。" in board
    assert (refused.status_code, said in text(refused)) == (422, True)
    assert ("抗疫一线" in asked, "长期扎根基层一线" in asked) == (True, False)
    assert (nobody.status_code, kept.status_code, sent.status_code) == (422, 302, 302)
    assert "第1名，使用“专业技术人才”；同等条件下优先（抗疫一线：驰援武汉一线）" in above


def test_a_preference_goes_with_the_need_of_it(clerk, world, opened, files):
    first = outdoing(opened.items.order_by("pk").first())
    better = opened.items.order_by("pk").last().application
    rank(clerk, opened, first, better, *files[1:])
    send(clerk, "preference", opened.pk, first.pk, preference="other", reason="集体研究")

    send(clerk, "shift", opened.pk, better.pk, way="up")
    item = opened.items.get(application=first)

    assert (item.rank, item.preference, item.preferred_because) == (2, "", "")
    assert at(clerk, "preference", opened.pk, first.pk).status_code == 404


@pytest.mark.clause("R49")
def test_ranks_go_up_without_gaps_and_a_later_list_goes_on_from_there(clerk, world, opened, files):
    rank(clerk, opened, *files)
    give_all_reasons(clerk, opened, *files)
    for file, bucket in ((files[1], ""), (files[4], ordinary(world))):
        send(clerk, "choose_bucket", opened.pk, file.pk, bucket=bucket)
    submit(clerk, opened, **{f"reason__{files[1].pk}": "本次不推荐"})
    Seats.objects.filter(office=world.kashgar, bucket=ordinary(world)).update(granted=5)
    more = many(files[0], 1, series=55)
    later = took_up(world, *more)
    rank(clerk, later, *more)
    give_all_reasons(clerk, later, *more)

    submit(clerk, later)

    assert dict(opened.items.values_list("application", "rank")) == {
        files[0].pk: 1,
        files[1].pk: None,
        files[2].pk: 2,
        files[3].pk: 3,
        files[4].pk: 4,
    }
    assert [item.rank for item in later.items.all()] == [5]
