"""What the first page weighs on the wire, for a browser that has nothing of the site yet."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, StorageState

from juxian.records.models import Application
from juxian.records.packs import pack_of
from tests.journeys.standing import Site
from tests.journeys.visitor import Visitor

Comes = Callable[..., Visitor]


@pytest.fixture(scope="module")
def draft(site: Site) -> Application:
    return site.world.professional_draft()


def at(draft: Application, section: str) -> str:
    return f"/my/{draft.number}/{section}/"


KILOBYTES = 250  # of the first page that a browser without anything of the site loads


def test_every_page_of_the_desk_is_light_on_its_first_load(
    site: Site, draft: Application, browser: Browser, comes: Comes
) -> None:
    who = comes("applicant")
    state = who.page.context.storage_state()
    form = pack_of(draft.cycle).form.for_track(draft.track)
    pages = ["/my/", f"/my/{draft.number}/", *(at(draft, one.code) for one in form.sections)]
    pages += [at(draft, one) for one in ("evidence", "check", "submit", "print", "withdraw")]
    pages += [
        f"{at(draft, section.code)}{table.code}/new/"
        for section in form.sections
        for table in section.fields
        if table.columns and not table.one_row_each
    ]

    weights = {page: weight_of(browser, site.address + page, state) for page in pages}

    assert {page: weight for page, weight in weights.items() if weight > KILOBYTES} == {}
    assert len(weights) > 25
    said = "".join(f"{weight:6.1f} KB  {page}\n" for page, weight in weights.items())
    who.keep("weights.txt", said.encode())


def weight_of(browser: Browser, address: str, state: StorageState) -> float:
    """Kilobytes that come over the wire for a page, all that it loads, and its longest list."""
    context = browser.new_context(storage_state=state, locale="zh-CN")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    came: list[float] = []
    wire.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    wire.send("Network.enable")
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    for search in page.get_by_role("combobox").and_(page.locator("input")).all():
        search.focus()
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(came) / 1000
