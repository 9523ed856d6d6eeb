"""Copies (抄送): what is done to a file elsewhere is shown to the offices that it has passed."""

import pytest
from django.urls import reverse

from juxian.actions.application import withdraw
from juxian.actions.copying import hand_on
from juxian.jobs.tasks import tell
from juxian.records.models import FileCopy
from tests.house.desks.office_world import at, says, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world):
    """Sent back to its applicant by the prefecture, past the employer, and told of."""
    one = world.submitted()
    world.pass_until("nominator_check", one)
    world.send_back(one, {"summary.deeds": "主要业绩"})
    copy_last(one)
    return one


def copy_last(file):
    """As the worker does that an act leaves its word to."""
    tell(handling=file.handlings.latest("pk").pk)


def copied_at(client, who):
    client.force_login(who)
    return text(at(client, "inbox", tab="copied"))


def offices_copied(file):
    return sorted(FileCopy.objects.filter(application=file).values_list("office__name", flat=True))


def test_whoever_passed_it_sees_what_was_done_and_by_whom_and_nobody_else(client, world, file):
    at_hospital = copied_at(client, world.hospital_handler)
    at_prefecture = copied_at(client, world.kashgar_handler)
    elsewhere = copied_at(client, world.hotan_handler)

    assert '抄送 <span class="num">1</span>' in at_hospital
    assert f"{world.kashgar.name}：退回修改，2020年" in at_hospital
    assert offices_copied(file) == [world.hospital.name]
    assert [file.number in page for page in (at_hospital, at_prefecture, elsewhere)] == [
        True,
        False,
        False,
    ]
    assert "没有抄送的事项" in elsewhere


def test_telling_twice_copies_once_and_what_goes_its_way_is_not_copied(world, file):
    copy_last(file)
    for handling in file.handlings.filter(act__in=("submit", "endorse", "admit")):
        tell(handling=handling.pk)

    assert FileCopy.objects.count() == 1


def test_reading_the_file_reads_the_copy_and_it_stays_in_the_list(client, world, file):
    new = copied_at(client, world.hospital_handler)
    client.get(reverse("office:file", args=[file.number]))
    read = copied_at(client, world.hospital_handler)

    assert 'class="unread"' in new
    assert 'class="unread"' not in read
    assert '抄送 <span class="num">' not in read
    assert file.number in read


def test_a_reader_of_another_office_leaves_it_unread(client, world, file):
    client.force_login(world.kashgar_handler)
    client.get(reverse("office:file", args=[file.number]))

    assert FileCopy.objects.get().read_at is None


def test_all_are_read_at_once(client, world, file):
    client.force_login(world.hospital_handler)
    answer = send(client, "read_copies")

    assert says(answer) == ["已将1条抄送标为已阅。"]
    assert FileCopy.objects.get().read_at is not None


def test_a_nomination_is_copied_to_those_below(client, world):
    one = world.submitted()
    world.pass_until("formal_check", one)
    copy_last(one)

    assert f"{world.kashgar.name}：推荐上报" in copied_at(client, world.hospital_handler)
    assert world.kashgar.name not in offices_copied(one)


def test_a_withdrawal_is_copied_in_the_applicant_s_name(client, world):
    one = world.submitted()
    world.pass_until("nominator_check", one)
    withdraw(one.pk, by=one.applicant, reason="个人原因")
    copy_last(one)

    assert "申报人：撤回" in copied_at(client, world.hospital_handler)
    assert offices_copied(one) == sorted([world.hospital.name, world.kashgar.name])


def test_the_successor_of_a_closed_office_has_its_copies(world, file):
    hand_on(world.hospital, world.hotan)

    assert offices_copied(file) == [world.hotan.name]
