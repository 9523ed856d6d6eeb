"""A cycle just before, with what the applicant submitted in it."""

from datetime import datetime

from juxian.actions import cycle
from tests.house.clock import set_clock
from tests.house.world import BEIJING, FILING, PACK

BEFORE = datetime(2020, 3, 12, 11, tzinfo=BEIJING)
WINDOW = (datetime(2020, 3, 2, tzinfo=BEIJING), datetime(2020, 3, 15, tzinfo=BEIJING))


def earlier(world, *, until="", code="earlier", numbering="BF2020", **wanted):
    """An application submitted in a cycle that is over now, passed on until that step."""
    present = world.cycle
    set_clock(BEFORE)
    world.cycle = cycle.open_cycle(
        PACK,
        by=world.secretary,
        organiser_id=world.hr.pk,
        code=code,
        title="上一批选拔",
        numbering=numbering,
        window=WINDOW,
    )
    file = world.submitted(**wanted)
    if until:
        world.pass_until(until, file)
    world.cycle = present
    set_clock(FILING)
    return file
