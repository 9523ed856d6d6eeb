"""Inboxes: the applicant is told of what concerns them, once."""

from juxian.actions import message, verification
from juxian.records.models import Handling, Message
from tests.house.actions.unchanged import everything


def inbox(file):
    """The lines the applicant of the file finds, and that nobody else finds one."""
    told = Message.objects.order_by("pk").values_list("person", "application", "text")
    assert {(person, about) for person, about, _text in told} <= {(file.applicant_id, file.pk)}
    return [text for _person, _about, text in told]


def tell_of_everything():
    for handling in Handling.objects.order_by("pk"):
        message.tell_of(handling.pk)


def test_the_applicant_is_told_what_was_done_at_which_step(world):
    file = world.submitted()
    world.send_back(file, {"summary.deeds": "事迹"})

    tell_of_everything()

    assert inbox(file) == [
        f"您的申报{file.number}：个人自愿申报，提交",
        f"您的申报{file.number}：所在单位审核，退回修改",
    ]


def test_telling_twice_tells_once(world):
    file = world.submitted()
    tell_of_everything()
    before = everything()

    tell_of_everything()

    assert everything() == before
    assert len(inbox(file)) == 1


def test_votes_and_opinions_are_not_told_of(world):
    file = world.submitted()
    world.pass_until("nominator_check", file)

    tell_of_everything()

    acts = list(Handling.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["submit", "endorse", "admit", "clear", "concur"]
    assert inbox(file) == [f"您的申报{file.number}：个人自愿申报，提交"]


def test_an_errand_about_nothing_writes_nothing(world):
    before = everything()

    message.tell_of(0)

    assert everything() == before


def test_a_refusal_is_told_of_in_the_words_of_the_list_of_acts(world):
    file = world.submitted()
    handling = verification.reject(file.pk, by=world.hospital_handler, opinion="业绩不符。")

    message.tell_of(handling.pk)

    assert inbox(file) == [f"您的申报{file.number}：所在单位审核，不予通过"]
