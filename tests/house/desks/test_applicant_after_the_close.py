"""The applicant's desk after the last day: it says so, and keeps what was filled."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.house.clock import set_clock

pytestmark = pytest.mark.django_db

CLOSED = "申报已经截止"
OVERDUE = "已过重新提交的期限"
PAGES = ("tasks", "evidence", "check", "submit", "section")


def read(client, name, file):
    args = [file.number, "basic"] if name == "section" else [file.number]
    return client.get(reverse(f"applicant:{name}", args=args)).content.decode()


def saying(client, file, words):
    return [name for name in PAGES if words in read(client, name, file)]


def test_every_page_of_a_draft_says_that_it_is_closed_from_the_close_on(client, world):
    draft = world.professional_draft()
    client.force_login(draft.applicant)
    before = saying(client, draft, CLOSED)
    set_clock(world.cycle.closes_at)

    assert (before, saying(client, draft, CLOSED)) == ([], list(PAGES))
    home = client.get(reverse("applicant:home")).content.decode()
    assert (CLOSED in home, "您本人填写" in home) == (True, False)
    assert "核对并提交</a>" not in read(client, "tasks", draft)


def test_a_return_says_that_its_own_day_is_over(client, world):
    sent = world.submitted()
    world.send_back(sent, {"summary.deeds": "主要突出贡献事迹（简）"}, days=9)
    client.force_login(sent.applicant)
    reply = reverse("applicant:returned", args=[sent.number])
    assert OVERDUE not in client.get(reply).content.decode()
    set_clock(sent.due_at + timedelta(minutes=1))

    assert OVERDUE in client.get(reply).content.decode()
    assert OVERDUE in read(client, "tasks", sent)
