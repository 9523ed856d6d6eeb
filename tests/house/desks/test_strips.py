"""Whose turn it is, since when and until when: on every page of the desks that work."""

import re

import pytest
from django.test import Client

from tests.house.desks.care_scenes import care_pages
from tests.house.desks.query_scenes import expert_pages, office_pages, secretariat_pages

pytestmark = pytest.mark.django_db

STRIP = re.compile(r'<section class="sheet turn.*?</section>', re.DOTALL)
TIMELESS = (  # nothing has begun yet: a pack that is offered, an office without any list
    "secretariat:open_cycle secretariat:results secretariat:export office:lists office:notices"
    " office:nominations office:proxies office:papers office:reports"
    " office:received_reports office:remind_reports office:hand_in office:begin_for office:roster"
    " office:views office:view office:batch_result"
    " care:home care:office care:give_post care:mine care:change_post care:change_office"
    " care:access care:requests care:sheets care:send_in"
    " office:parcels office:post_parcel office:outbox"
    " office:sending_rules office:sending_rule office:robot"
)
PIECES = "office:period expert:evidence_page"  # pieces of a page, pictures


@pytest.mark.parametrize("pages", [office_pages, secretariat_pages, expert_pages, care_pages])
def test_every_page_says_whose_turn_it_is_and_since_when(pages):
    silent, timed, timeless = set(), set(), set()
    for named, who, path in pages(1):
        name = named.partition(" ")[0]
        if name in PIECES.split():
            continue
        client = Client()
        client.force_login(who)
        strip = STRIP.search(client.get(path).content.decode())
        if strip is None:
            silent.add(named)
        elif re.search(r"起</span>|<span class=\"num\"> · ", strip.group()):
            timed.add(name)
        else:
            timeless.add(name)

    assert silent == set()
    assert timeless - timed - set(TIMELESS.split()) == set()
