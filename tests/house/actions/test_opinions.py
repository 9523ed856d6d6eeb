"""How long an opinion counts, and the newer one that takes its place."""

from contextlib import suppress
from datetime import date

import pytest

from juxian.actions import nomination, opinion
from juxian.records.models import Application, Proceeding, ProceedingItem, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Kind
from juxian.selectors.invariants import broken
from juxian.selectors.opinion import renewable
from juxian.selectors.paper_lists import nomination_input
from tests.house.actions.refusing import open_list, refused
from tests.house.world import give_reasons

CODE = opinion.OpinionCode


@pytest.fixture
def sought(world):
    """A list ready to go up; its opinion was given, and is entered, on the same day."""
    file = world.submitted()
    listed, by = open_list(world, "nomination", file)
    nomination.arrange(listed.pk, by=by, order=[file.pk])
    give_reasons(listed, file, by=by)
    heard = Proceeding.objects.get(kind="opine")
    return file, listed, heard


def given_on(heard, day):
    Proceeding.objects.filter(pk=heard.pk).update(held_on=day)
    heard.refresh_from_db()


def today(listed):
    return Proceeding.objects.get(pk=listed.pk).opened_at.date()


def renew(world, heard, file, code=CODE.NONE, by=None, **changes):
    said = "" if code is CODE.NONE else "正在核查"
    wanted = {
        "document_number": "喀纪函〔2020〕9号",
        "held_on": date(2020, 3, 20),
        "answers": {file.pk: opinion.OpinionAnswer(code, said)},
    }
    reply = opinion.Reply(**(wanted | changes))
    return opinion.renew(heard.pk, by=by or world.kashgar_discipline, reply=reply)


@pytest.mark.clause("R46")
def test_an_opinion_past_its_months_keeps_the_list_back_and_says_who_must_ask_again(world, sought):
    file, listed, heard = sought
    given_on(heard, date(2019, 9, 1))

    refused(
        NotReady,
        f"^{file.name}：.*2019年9月1日的意见6个月内有效，已过期；请.*重新出具意见",
        lambda: nomination.submit_list(listed.pk, by=world.kashgar_handler),
        file,
    )


@pytest.mark.clause("R46")
@pytest.mark.parametrize(("months_before", "counts"), [(6, True), (7, False)])
def test_an_opinion_counts_to_the_day_six_months_on(world, sought, months_before, counts):
    file, listed, heard = sought
    nominated = today(listed)
    year, month = divmod(nominated.year * 12 + nominated.month - 1 - months_before, 12)
    given_on(heard, date(year, month + 1, nominated.day))

    with suppress(NotReady):
        nomination.submit_list(listed.pk, by=world.kashgar_handler)
    file.refresh_from_db()

    assert file.step == ("formal_check" if counts else "nomination")


@pytest.mark.clause("R46")
def test_an_expired_opinion_does_not_hinder_passing_over(world, sought):
    file, listed, heard = sought
    given_on(heard, date(2019, 9, 1))

    nomination.submit_list(listed.pk, by=world.kashgar_handler, passed_over={file.pk: "另有安排。"})

    assert Application.objects.get(pk=file.pk).standing == "not_selected"


@pytest.mark.clause("R46")
def test_a_renewed_opinion_lets_the_list_go_up_and_moves_nobody(world, sought):
    file, listed, heard = sought
    given_on(heard, date(2019, 9, 1))

    renewed = renew(world, heard, file)
    file.refresh_from_db()
    moved = file.step
    nomination.submit_list(listed.pk, by=world.kashgar_handler)
    file.refresh_from_db()

    assert (moved, file.step) == ("nomination", "formal_check")
    assert (renewed.step, renewed.document_number) == ("discipline", "喀纪函〔2020〕9号")
    assert [(item.act, item.code) for item in renewed.items.all()] == [("concur", "none")]
    assert Trace.objects.filter(act="renew", subject_id=str(renewed.pk)).count() == 1
    assert broken() == ()


@pytest.mark.clause("R46")
@pytest.mark.parametrize("code", [CODE.DISAGREED, CODE.DEFERRED])
def test_a_newer_opinion_that_does_not_support_keeps_the_person_from_being_nominated(
    world, sought, code
):
    file, listed, heard = sought
    renewed = renew(world, heard, file, code)

    refused(
        NotReady,
        "不能推荐；请不使用指标，上报时写明理由",
        lambda: nomination.submit_list(listed.pk, by=world.kashgar_handler),
        file,
    )
    renew(world, renewed, file, CODE.CLEARED)
    nomination.submit_list(listed.pk, by=world.kashgar_handler)

    assert Application.objects.get(pk=file.pk).step == "formal_check"


@pytest.mark.clause("R46")
def test_an_opinion_is_renewed_by_the_same_body_with_a_letter_and_an_answer_for_everybody(
    world, sought
):
    file, _listed, heard = sought

    def no(kind, match, **changes):
        refused(kind, match, lambda: renew(world, heard, file, **changes), file)

    no(NotAllowed, "不由您办理", by=world.kashgar_handler)
    no(NotAllowed, "不由您办理", by=world.hotan_discipline)
    no(NotReady, "文号", document_number=" ")
    no(NotReady, "不能晚于今天", held_on=date(2030, 1, 1))
    no(NotReady, "出具已超过6个月，不再有效", held_on=date(2019, 9, 1))
    no(NotReady, "至少一个人", answers={})
    everybody = {pk: opinion.OpinionAnswer(CODE.NONE) for pk in (file.pk, 0)}
    no(NotReady, "每一个人", answers=everybody)
    no(NotReady, "写明情况", answers={file.pk: opinion.OpinionAnswer(CODE.CLEARED, " ")})


def test_whoever_was_not_asked_about_keeps_the_opinion_there_was(world):
    files = [world.submitted(), world.submitted(number=2), world.submitted(number=4)]
    listed, by = open_list(world, "nomination", *files)
    nomination.arrange(listed.pk, by=by, order=[file.pk for file in files])
    give_reasons(listed, *files, by=by)
    heard = Proceeding.objects.get(kind="opine")
    given_on(heard, date(2019, 9, 1))

    renewed = renew(world, heard, files[1])

    assert [item.application_id for item in renewed.items.all()] == [files[1].pk]
    assert [item.application_id for item in renewable(heard)] == [files[0].pk, files[2].pk]
    refused(
        NotReady,
        f"^{files[0].name}、{files[2].name}：[^：]*已过期[^：]*$",
        lambda: nomination.submit_list(listed.pk, by=by),
        *files,
    )


def test_only_the_latest_opinion_on_people_who_still_wait_is_renewed(world, sought):
    file, listed, heard = sought
    assert [item.application_id for item in renewable(heard)] == [file.pk]

    renewed = renew(world, heard, file)
    assert (renewable(heard), len(renewable(renewed))) == ([], 1)
    nomination.submit_list(listed.pk, by=world.kashgar_handler)

    assert renewable(renewed) == []
    refused(NotPossible, "没有等待上报的人", lambda: renew(world, renewed, file), file)


def test_an_open_list_takes_its_first_opinion_and_none_before_it(world):
    file = world.submitted()
    listed, _by = open_list(world, "discipline", file)

    refused(NotPossible, "请直接登记意见", lambda: renew(world, listed, file), file)
    assert renewable(listed) == []


@pytest.mark.clause("R46")
def test_a_reply_that_has_expired_before_it_is_entered_is_refused(world):
    file = world.submitted()
    listed, by = open_list(world, "discipline", file)

    reply = opinion.Reply("3号", date(2019, 9, 1), {file.pk: opinion.OpinionAnswer(CODE.NONE)})

    refused(
        NotReady,
        "出具已超过6个月，不再有效",
        lambda: opinion.conclude(listed.pk, by=by, reply=reply),
        file,
    )
    assert ProceedingItem.objects.get(proceeding=listed).act == ""


@pytest.mark.clause("R46", "R67")
def test_the_recommendation_form_prints_the_reason_and_the_newest_opinion(world, sought):
    file, listed, heard = sought
    renew(world, heard, file, CODE.CLEARED)
    nomination.submit_list(listed.pk, by=world.kashgar_handler)

    given = nomination_input(listed.items.select_related("application__cycle").get())
    words = [fact.words for fact in given.opinions if fact.kind is Kind.OPINE]

    assert given.nominee.reason == "长期扎根南疆，贡献突出。"
    assert words == [("有反映，已查清，不影响推荐。（喀纪函〔2020〕9号）",)]
