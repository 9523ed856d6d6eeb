"""How far nominations lean towards those the call favours: the page, the sheet, the report."""

import pytest

from juxian.records.models import Application, Trace
from juxian.selectors.tilt import Share, tilts_of
from tests.house.desks.board_scenes import five_candidates, give_all_reasons, rank, submit
from tests.house.desks.office_world import at, text, took_up
from tests.house.world import PACK

pytestmark = pytest.mark.django_db


@pytest.mark.clause("R32")
def test_shares_of_those_favoured_are_told_by_office_and_for_the_region(client, world):
    files = five_candidates(world)
    for file, marks in zip(files, (["epidemic"], ["epidemic"], [], [], ["nonpublic"]), strict=True):
        Application.objects.filter(pk=file.pk).update(marks=marks)
    Application.objects.filter(pk=files[3].pk).update(standing="withdrawn")
    listed = [files[0], files[2], files[1], files[4]]
    opened = took_up(world, files[0], files[1], files[2], files[4])
    client.force_login(world.kashgar_handler)
    rank(client, opened, *listed)
    give_all_reasons(client, opened, *listed)
    submit(client, opened)
    (own,) = tilts_of(world.cycle, [world.kashgar])
    *_lines, total = tilts_of(world.cycle, [world.hotan, world.kashgar])

    page = text(at(client, "tilt", PACK))
    sheet = at(client, "tilt_sheet", PACK)
    client.force_login(world.secretary)
    region = text(at(client, "tilt", PACK))
    client.force_login(world.hospital_handler)
    stranger = at(client, "tilt", PACK)

    shares = {mark.code: (share, of) for mark, share, of in own.shares}
    assert own.whole == Share(4, 1, 4)
    assert shares["epidemic"] == (Share(2, 1, 2), "50%")
    assert shares["grassroots"] == (Share(), "0%")
    assert (total.office, total.whole) == (None, own.whole)
    assert ("4 / 1 / 4" in page, "合计" in page) == (True, False)
    assert ("合计" in region, world.hotan.name in region) == (True, True)
    assert (sheet.content[:2], stranger.status_code) == (b"PK", 404)
    assert Trace.objects.filter(act="print", detail__paper="tilt").count() == 1
