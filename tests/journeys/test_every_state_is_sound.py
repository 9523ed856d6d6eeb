"""The applicant's desk in each of its states: sound, and within reach, on both screens."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from juxian.records.models import Application
from juxian.site.home import home
from tests.house.world import BEIJING
from tests.journeys.desk_files import furnish_desk
from tests.journeys.desk_states import AFTER_THE_DEADLINE, STATES, State
from tests.journeys.standing import Site
from tests.journeys.visitor import DESKTOP, PHONE, TOO_WIDE, Visitor, visitor

EXPECTED = ("status of 401", "status of 403", "status of 409", "ERR_INTERNET_DISCONNECTED")
AXE = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations.map((one) => `${one.id} ${one.nodes.map((node) => node.target)}`);
}"""
# What is pressed with a finger, by itself or by its label; links in running text are words.
TOO_SMALL = """() => {
    const pressed = "main :is(button, .btn, input, select, textarea, summary, nav a)";
    const small = [];
    for (const one of document.querySelectorAll(pressed)) {
        const label = ["checkbox", "radio"].includes(one.type) ? one.labels[0] : null;
        const row = label?.closest(".form-check, .choice, .pick");
        const box = (row ?? label ?? one).getBoundingClientRect();
        const isThere = one.checkVisibility() && box.height > 2 && one.type !== "hidden";
        const isWord = getComputedStyle(one).display === "inline";
        const isOut = one.getAttribute("tabindex") === "-1";
        if (isThere && !isWord && !isOut && (box.height < 43.5 || box.width < 43.5)) {
            const called = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim();
            small.push(`${one.tagName} ${called || one.name} ${box.width} x ${box.height}`);
        }
    }
    return small;
}"""

# What says that the session ends, or that nothing is saved, is in front of all else.
COVERED = """() => {
    const covered = [];
    for (const one of document.querySelectorAll(".session-strip .btn, .keeping.told .btn")) {
        if (!one.checkVisibility()) continue;
        const box = one.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        if (!one.contains(document.elementFromPoint(x, y))) covered.push(one.textContent);
    }
    return covered;
}"""


@dataclass
class Desk:
    """The people at it stay signed in from one state to the next."""

    site: Site
    browser: Browser
    files: dict[str, Application]
    open_: ExitStack
    people: dict[str, Visitor] = field(default_factory=dict)

    def person(self, login: str) -> Visitor:
        who = self.people.get(login)
        if who is None:
            album = home() / "journeys" / "states"
            who = self.open_.enter_context(visitor(self.browser, self.site.address, album))
            self.people[login] = who
        if not any(one["name"] == "session" for one in who.page.context.cookies()):
            who.sign_in(login)
        return who

    def come_to(self, state: State) -> Visitor:
        file = self.files.get(state.at)
        who = self.person(state.whose or (file.applicant.login if file else state.at))
        path = state.path
        if not path.startswith("/"):
            assert file is not None
            path = f"/my/{file.number}/{path}"
        offices = {name: one.pk for name, one in self.site.world.offices.items()}
        who.open(path.format(**offices))
        if state.way is not None:
            state.way(who, file)
        return who


@pytest.fixture(scope="module")
def desk(site: Site, browser: Browser) -> Iterator[Desk]:
    with ExitStack() as guests:
        yield Desk(site, browser, furnish_desk(site.world), guests)


def faults(who: Visitor, state: State) -> list[str]:
    """What is wrong with the page on either screen; then there is a picture of it."""
    found = []
    for width, height in (DESKTOP, PHONE):
        who.page.set_viewport_size({"width": width, "height": height})
        who.page.evaluate(f"window.axe || (() => {{ {AXE_SCRIPT} }})()")
        over = who.page.evaluate(TOO_WIDE)
        found += [f"{width}: {over} pixels too wide"] if over > 0 else []
        found += [f"{width}: {one}" for one in who.page.evaluate(AXE)]
        found += [f"{width}: covered: {one}" for one in who.page.evaluate(COVERED)]
        if found:
            who.picture(f"{state.name.replace('/', '')}-{width}")
    found += [f"too small: {one}" for one in who.page.evaluate(TOO_SMALL)]
    who.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    found += [one for one in who.complaints if not any(word in one for word in EXPECTED)]
    who.complaints.clear()
    return found


PLANTED = """() => {
    const small = document.createElement("button");
    const strip = document.querySelector("[data-session]");
    [small.textContent, small.style.blockSize, small.style.inlineSize] = ["小", "20px", "500px"];
    document.querySelector("main").append(small, document.createElement("img"));
    const lid = document.createElement("p");
    [lid.style.position, lid.style.inset, lid.style.zIndex] = ["fixed", 0, 99];
    document.body.append(lid);
    strip.hidden = strip.querySelector("[data-session-says=soon]").hidden = false;
}"""


def test_what_is_wrong_with_a_state_is_found(desk: Desk) -> None:
    state = State("埋下的错", "draft")
    who = desk.come_to(state)
    who.page.evaluate(PLANTED)
    found = faults(who, state)
    kinds = (
        "image-alt",
        "390: 1",
        "1280: covered: 继续填写",
        "390: covered: 继续填写",
        "BUTTON 小",
    )
    assert [kind for kind in kinds if not any(kind in one for one in found)] == []


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.name)
def test_the_desk_is_sound_in_the_state(desk: Desk, state: State) -> None:
    assert faults(desk.come_to(state), state) == []


@pytest.mark.parametrize("state", AFTER_THE_DEADLINE, ids=lambda one: one.name)
def test_after_the_deadline_the_desk_is_sound_in_the_state(desk: Desk, state: State) -> None:
    desk.site.set_clock(datetime(2020, 12, 20, 10, tzinfo=BEIJING))
    assert faults(desk.come_to(state), state) == []
