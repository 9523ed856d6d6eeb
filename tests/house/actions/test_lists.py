"""Lists: taking files up together, taking one off, and who may."""

import pytest

from juxian.actions import decision, evaluation, person, proceeding
from juxian.actions.application import withdraw
from juxian.records.clock import day, now
from juxian.records.models import Proceeding, Trace
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Role
from tests.house.actions.refusing import open_list
from tests.house.actions.unchanged import refuses
from tests.house.world import PDF


def take_up(world, *files, step="peer_review", by=None):
    keys = [file.pk for file in files]
    return proceeding.open_proceeding(step, keys, by=by or world.hospital_handler)


def at_peers(world, count=1):
    files = [world.submitted(number=2 * number) for number in range(count)]
    world.pass_step(*files)
    return files


@pytest.mark.clause("R44")
def test_a_list_belongs_to_the_office_that_holds_its_files(world):
    files = at_peers(world, 2)

    listed = take_up(world, *files)

    assert (listed.office, listed.step, listed.kind) == (world.hospital, "peer_review", "review")
    assert list(listed.items.order_by("pk").values_list("application", "turn", "act")) == [
        (files[0].pk, 1, ""),
        (files[1].pk, 1, ""),
    ]
    assert Trace.objects.latest("pk").detail == {"step": "peer_review", "files": 2}


def test_a_list_of_nobody_is_refused(world):
    with_none = {"step": "peer_review", "application_ids": [], "by": world.hospital_handler}

    refuses(NotReady, "请先选择要办理的申报", proceeding.open_proceeding, **with_none)


def test_a_list_with_somebody_who_does_not_exist_is_refused(world):
    (file,) = at_peers(world)
    said = {"step": "peer_review", "application_ids": [file.pk, 0], "by": world.hospital_handler}

    refuses(
        NotPossible,
        "没有找到这份申报，可能已被移除；请刷新页面",
        proceeding.open_proceeding,
        **said,
    )


def test_a_list_of_a_step_done_file_by_file_is_refused(world):
    file = world.submitted()
    said = {"application_ids": [file.pk], "by": world.hospital_handler}

    refuses(
        NotPossible,
        "“所在单位审核”须逐份办理",
        proceeding.open_proceeding,
        step="employer_check",
        **said,
    )


def test_every_file_of_a_list_must_be_at_its_step_and_the_officers_own(world):
    (file,) = at_peers(world)
    early = world.submitted(number=2)
    said = f"{early.number}不在这个环节，请刷新页面后重新选择"

    refuses(NotReady, said, lambda: take_up(world, file, early))
    refuses(
        NotAllowed,
        f"{file.number}不由您办理",
        lambda: take_up(world, file, by=world.kashgar_handler),
    )
    withdraw(file.pk, by=file.applicant)
    refuses(
        NotReady,
        f"{file.number}不在这个环节，请刷新页面后重新选择",
        lambda: take_up(world, file),
    )


def test_files_of_two_offices_are_not_taken_up_together(world):
    """Even by somebody who serves in both."""
    (file,) = at_peers(world)
    other = world.skilled_draft()
    world.submit(other)
    world.pass_step(other)
    both = world.add_officer("both", "两处任职", "hospital", Role.HANDLER)
    person.appoint(both, world.enterprise, Role.HANDLER, by=None)

    refuses(
        NotReady,
        f"{other.number}与其他申报不属于同一批次和单位，请分开办理",
        lambda: take_up(world, file, other, by=world.both),
    )


def test_a_file_is_on_one_open_list_of_its_step_at_a_time(world):
    (file,) = at_peers(world)
    listed = take_up(world, file)

    refuses(NotReady, f"{file.number}已列入另一份正在办理的名单", lambda: take_up(world, file))
    proceeding.take_off(listed.pk, file.pk, by=world.hospital_handler)

    assert [item.application_id for item in take_up(world, file).items.all()] == [file.pk]
    assert Trace.objects.filter(act="take_off").get().detail == {"application": file.pk}


def test_only_who_is_on_a_list_is_taken_off_it_and_by_its_own_office(world):
    files = at_peers(world, 2)
    listed = take_up(world, files[0])
    said = {"proceeding_id": listed.pk, "application_id": files[1].pk}

    refuses(
        NotPossible,
        "名单上没有这份申报",
        proceeding.take_off,
        by=world.hospital_handler,
        **said,
    )
    refuses(
        NotAllowed,
        "这份名单不由您办理",
        proceeding.take_off,
        by=world.hotan_hospital_handler,
        **said,
    )


def test_a_list_that_everybody_was_taken_off_is_closed(world):
    (file,) = at_peers(world)
    listed = take_up(world, file)
    by = world.hospital_handler
    proceeding.take_off(listed.pk, file.pk, by=by)

    refuses(
        NotPossible,
        "这份名单已办结，不能再改",
        evaluation.conclude,
        proceeding_id=listed.pk,
        by=by,
    )
    assert Trace.objects.latest("pk").detail == {"kind": "review", "files": 0}
    assert take_up(world, file).concluded_at is None


def test_a_list_is_found_by_the_work_of_its_kind_only(world):
    (file,) = at_peers(world)
    listed = take_up(world, file)
    said = {
        "by": world.hospital_handler,
        "body": "党委会",
        "held_on": day(now()),
        "document_number": "8号",
    }

    for key in (listed.pk, 0):
        refuses(NotPossible, "没有找到这份名单", decision.conclude, proceeding_id=key, **said)


def test_a_list_that_is_concluded_takes_nothing_more(world):
    (file,) = at_peers(world)
    world.pass_step(file)
    listed = Proceeding.objects.get()
    said = {"proceeding_id": listed.pk, "by": world.hospital_handler}

    refuses(NotPossible, "这份名单已办结，不能再改", evaluation.conclude, **said)
    refuses(
        NotPossible,
        "这份名单已办结，不能再改",
        proceeding.attach_file,
        title="会议纪要",
        content=PDF,
        **said,
    )


@pytest.mark.clause("R59")
def test_a_list_with_somebody_who_withdrew_is_not_concluded_until_they_are_taken_off(world):
    files = [world.submitted(), world.submitted(number=2)]
    listed, by = open_list(world, "nominator_decision", *files)
    withdraw(files[1].pk, by=files[1].applicant)
    said = {
        "proceeding_id": listed.pk,
        "by": by,
        "body": "行署常务会议",
        "held_on": day(now()),
        "document_number": "8号",
    }

    refuses(
        NotReady,
        f"{files[1].number}已不在这个环节（可能已撤回），请先移出名单",
        decision.conclude,
        **said,
    )
    proceeding.take_off(listed.pk, files[1].pk, by=by)
    decision.conclude(**said)

    files[0].refresh_from_db()
    assert (files[0].step, files[0].standing) == ("nomination", "open")


@pytest.mark.clause("R59")
def test_a_list_whose_people_have_all_withdrawn_is_still_its_offices_to_clear(world):
    (file,) = at_peers(world)
    listed = take_up(world, file)
    withdraw(file.pk, by=file.applicant)
    said = {"proceeding_id": listed.pk, "application_id": file.pk}

    refuses(
        NotAllowed,
        "这份名单不由您办理",
        proceeding.take_off,
        by=world.kashgar_handler,
        **said,
    )
    proceeding.take_off(by=world.hospital_handler, **said)

    assert not listed.items.exists()


def test_a_scan_needs_a_name_and_keeps_what_it_proves(world):
    (file,) = at_peers(world)
    listed = take_up(world, file)
    said = {"proceeding_id": listed.pk, "by": world.hospital_handler, "content": PDF}

    faults = refuses(NotReady, "请填写扫描件的名称", proceeding.attach_file, title="  ", **said)
    kept = proceeding.attach_file(title=" 会议纪要 ", **said)

    assert faults == (("title", "请填写名称"),)
    assert (kept.title, kept.file.media_type) == ("会议纪要", "application/pdf")
