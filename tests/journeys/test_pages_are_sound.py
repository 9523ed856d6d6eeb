"""Every page that anybody can reach from their menu: sound in itself, readable, usable by all."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, time
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import Resolver404, resolve

from juxian.records.models import Application
from juxian.selectors.work_query import WorkQuery
from tests.house.world import BEIJING
from tests.journeys.scenery import furnish
from tests.journeys.standing import Site
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

ALBUM = "ALBUM" in os.environ  # pictures of every page, for somebody to look at
MOST_PAGES = 80  # of one person
NARROWING = {"in", *(one.name for one in fields(WorkQuery))} - {"tab"}  # the same list, shorter
MOST_ALIKE = 2  # pages of one view, asked in the same way, for one person

FILES = (  # what is kept, not read as a page
    "applicant:file applicant:file_page applicant:small applicant:photo applicant:pdf"
    " applicant:table_template applicant:receipt_pdf"
    " office:proof office:proof_page office:photo"
    " office:scan office:form_paper office:nomination_paper office:summary_paper"
    " office:evaluation_paper office:sign_in_paper office:tilt_sheet"
    " office:parcel_paper office:report_file secretariat:results_template"
    " office:roster_template applicant:portfolio_sheet office:document_pdf office:document_word"
    " office:made_file"
    " office:scan_page_image office:shortage_letter office:parcel_receipt"
    " care:sheet_template care:checked_sheet care:request_proof care:access_file"
    " care:offices_file"
    " secretariat:package expert:evidence_page account_logout"
)
ABOUT_A_FILE = (
    "applicant:begin applicant:tasks applicant:row applicant:paste applicant:evidence"
    " applicant:change_file applicant:proxy applicant:check"
    " applicant:submit applicant:withdraw applicant:progress applicant:returned applicant:receipt"
    " applicant:take_back"
    " applicant:form office:inbox office:glance office:file office:endorse office:send_back"
    " office:reject office:sign office:classify"
    " office:lists office:evaluation office:publicity office:opinion office:decision"
    " office:proxies office:begin_for office:nominations office:nomination office:reason"
    " office:preference"
    " office:submit_list office:attach office:attach_objection"
    " office:notices office:objection office:enter_objection office:papers office:write_document"
    " office:file_documents expert:home"
    " expert:pledge expert:recusal expert:dossier expert:evidence expert:ballot secretariat:home"
    " secretariat:cycle secretariat:seats secretariat:change_seats secretariat:convene"
    " secretariat:move_seats office:give_back office:tilt office:recall office:supplement"
    " office:reconsider"
    " secretariat:panel secretariat:review secretariat:ballot secretariat:export"
    " secretariat:results secretariat:call_up secretariat:release_reserve"
)
REACHED = {  # by a login or a file's applicant: what they must come to from where they begin
    "": "public:home public:guide public:notices public:notice public:objection public:progress"
    " public:verify public:self_check public:employer public:employer_progress account_login"
    " account_signup",
    "draft": "applicant:home applicant:tasks applicant:section applicant:row applicant:paste"
    " applicant:evidence applicant:view_file applicant:change_file applicant:proxy"
    " applicant:check applicant:submit applicant:print applicant:withdraw applicant:choose"
    " applicant:portfolio common:inbox",
    "returned": "applicant:returned applicant:tasks applicant:section applicant:evidence",
    "employer_check": "applicant:progress applicant:form applicant:receipt applicant:print"
    " applicant:withdraw applicant:take_back",
    "hospital_handler": "office:inbox office:file office:endorse office:reject office:send_back"
    " office:lists office:evaluation office:attach office:notices office:publicity"
    " office:enter_objection office:objection office:papers office:write_document office:proxies"
    " office:file_documents office:glance office:made_files"
    " office:begin_for office:roster public:notice_by_key public:objection_by_key",
    "kashgar_handler": "office:inbox office:file office:decision office:nominations"
    " office:nomination office:reason office:preference office:submit_list office:papers"
    " office:give_back office:tilt office:reports office:hand_in"
    " office:parcels office:parcel"
    " office:post_parcel office:outbox office:outgoing care:home",
    "kashgar_discipline": "office:inbox office:file office:opinion care:mine",
    "technical_handler": "office:inbox office:file office:reports office:received_reports"
    " office:remind_reports office:report office:parcels office:parcel"
    " office:sending_rules office:sending_rule office:robot",
    "secretary": "secretariat:home secretariat:open_cycle secretariat:cycle secretariat:allotment"
    " secretariat:seats secretariat:change_seats secretariat:grant_seats secretariat:convene"
    " secretariat:move_seats secretariat:supplements"
    " secretariat:panel"
    " secretariat:review secretariat:ballot secretariat:void_ballot secretariat:export"
    " secretariat:results secretariat:call_up secretariat:release_reserve office:publicity"
    " office:objection office:received_reports",
    "supervisor": "supervision:home supervision:cycle supervision:traces supervision:file"
    " supervision:ballot",
    "operator": "operation:status care:home care:office care:give_post care:change_post"
    " care:change_office care:access care:requests care:sheets care:send_in care:mine",
    "expert1": "expert:home expert:recusal expert:ballot expert:dossier expert:evidence",
    "expert4": "expert:home expert:pledge",
}
READ_ON_PHONES = ("public", "applicant", "supervision", "operation")
SAME_FOR_ALL = ("public", "common", "account", "mfa")
GRAVE = ("serious", "critical")
BROKEN_PICTURES = """async () => {
    const broken = [];
    for (const one of document.images) {
        one.loading = "eager";
        await one.decode().catch(() => broken.push(one.src));
    }
    return broken;
}"""

Page = tuple[str, tuple[str, ...]]
"""A view and the names of what its address asks: pages that are alike."""


@pytest.fixture(scope="module")
def files(site: Site) -> dict[str, Application]:
    return furnish(site.world)


@pytest.fixture(scope="module")
def examined() -> set[Page]:
    """What axe has seen at somebody else's desk already."""
    return set()


@dataclass
class Walk:
    """A person who follows every link of their own pages, the menu's first."""

    who: Visitor
    examined: set[Page]
    ahead: list[str]
    seen: set[str] = field(default_factory=set)
    alike: Counter[Page] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def go(self) -> None:
        while self.ahead and len(self.seen) < MOST_PAGES:
            path = self.ahead.pop(0)
            page = page_of(path)
            if path in self.seen or page is None or self.alike[page] >= MOST_ALIKE:
                continue
            if page in self.examined and page[0].startswith(SAME_FOR_ALL):
                continue
            self.seen.add(path)
            self.alike[page] += 1
            self.read(path)

    def read(self, path: str) -> None:
        answer = self.who.page.goto(self.who.address + path)
        assert answer is not None
        if answer.status != 200:
            self.faults.append(f"{path}: {answer.status}")
            return
        self.ahead += own_links(self.who)
        page = page_of(self.who.where)
        if page is None:
            return
        self.reached.add(page[0])
        self.says_whose_turn(path, page)
        self.shows_its_pictures(path)
        if page not in self.examined:
            self.examined.add(page)
            if ALBUM:
                self.who.picture(plain(path))
            self.axe(path)
            if page[0].partition(":")[0] in READ_ON_PHONES:
                self.on_a_phone(path)

    def says_whose_turn(self, path: str, page: Page) -> None:
        text = self.who.page.locator("main").inner_text()
        if page[0] in ABOUT_A_FILE.split() and not any(
            word in text for word in ("现在轮到", "目前", "已办结", "已开票", "结果")
        ):
            self.faults.append(f"{path}: nobody is told whose turn it is")

    def shows_its_pictures(self, path: str) -> None:
        for broken in self.who.page.evaluate(BROKEN_PICTURES):
            self.faults.append(f"{path}: no picture at {broken}")

    def axe(self, path: str) -> None:
        found = self.who.violations()
        for violation in found:
            if violation["impact"] in GRAVE:
                where = [node["target"] for node in violation["nodes"]]
                self.faults.append(f"{path}: axe {violation['id']} {where}")

    def on_a_phone(self, path: str) -> None:
        """Everything fits, and nothing that is there to be pressed has become hard to read."""
        self.who.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        over = self.who.page.evaluate(wide)
        if over > 0:
            self.faults.append(f"{path}: {over} pixels too wide for a phone")
        self.axe(f"{path} on a phone")
        if ALBUM:
            self.who.picture(f"手机{plain(path)}")
        self.who.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def plain(path: str) -> str:
    """An address as a file's name."""
    return path.replace("/", "·").replace("?", "·")[:60]


def page_of(path: str) -> Page | None:
    """None for what is no page: files, and addresses of nobody."""
    parts = urlsplit(path)
    try:
        view = resolve(parts.path).view_name
    except Resolver404:
        return None
    if view in FILES.split():
        return None
    asked = {name for name, _value in parse_qsl(parts.query)}
    return view, tuple(sorted(asked - NARROWING))


def own_links(who: Visitor) -> Iterator[str]:
    """Addresses of this site that the page leads to, also from menus that are folded."""
    links = who.page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    for link in links:
        if link.startswith(who.address):
            yield link.removeprefix(who.address).partition("#")[0]


def doors_of(somebody: str, files: dict[str, Application]) -> list[str]:
    """Pages that buttons lead to, which no link does."""
    draft, checked = files["draft"].number, files["employer_check"].number
    doors = {
        "": ["/accounts/signup/"],
        "draft": [
            "/my/begin/",
            f"/my/{draft}/education/records/new/",
            f"/my/{draft}/achievements/awards/new/",
            f"/my/{draft}/achievements/awards/award-1/",
            f"/my/{draft}/achievements/papers/paste/",
        ],
        "employer_check": [f"/my/{checked}/receipt/"],
        "hospital_handler": [f"/office/files/{checked}/send-back/?item=summary.deeds"],
    }
    return doors.get(somebody, [])


@pytest.mark.parametrize("somebody", REACHED, ids=lambda somebody: somebody or "anybody")
def test_every_page_is_sound_for(
    somebody: str,
    files: dict[str, Application],
    comes: Callable[..., Visitor],
    examined: set[Page],
) -> None:
    who = comes(files[somebody].applicant.login if somebody in files else somebody)
    begins_at = who.where if somebody else "/"
    walk = Walk(who, examined, [begins_at, *doors_of(somebody, files)])
    walk.go()
    assert walk.faults == []
    assert set(REACHED[somebody].split()) - walk.reached == set()


def test_the_walk_finds_what_is_wrong(comes: Callable[..., Visitor]) -> None:
    walk = Walk(comes(), set(), [])
    walk.who.open("/verify/")
    walk.who.page.evaluate(
        """() => {
            const picture = document.createElement("img");
            picture.src = document.querySelector("link[rel=icon]").href;
            picture.width = 500;
            document.querySelector("main").append(picture);
        }"""
    )
    walk.on_a_phone("/verify/")
    wide, unnamed = walk.faults
    assert wide.endswith("pixels too wide for a phone")
    assert "axe image-alt" in unnamed


def test_a_refused_form_counts_its_faults(comes: Callable[..., Visitor]) -> None:
    who = comes()
    who.open("/progress/")
    who.press("查询")
    who.is_told("有 2 处需要修改")


def test_what_was_not_asked_is_not_shown(
    files: dict[str, Application], comes: Callable[..., Visitor]
) -> None:
    """Who fought no epidemic is not said to be fighting it to this day."""
    secretary = comes("secretary")
    secretary.open(f"/office/files/{files['welder'].number}/")
    secretary.sees("是否在一线参与抗击新冠肺炎疫情")
    secretary.does_not_see("抗疫工作结束日期")


def test_the_choices_of_a_question_stand_beside_their_words(
    files: dict[str, Application], comes: Callable[..., Visitor]
) -> None:
    officer = comes("hospital_handler")
    officer.open(f"/office/files/{files['employer_check'].number}/endorse/")
    choice = officer.page.locator("fieldset label").first
    radio, words = choice.locator("input"), choice.locator("span")
    near, far = radio.bounding_box(), words.bounding_box()
    assert near is not None
    assert far is not None
    assert far["x"] - near["x"] < 3 * near["height"]


def test_the_office_and_the_public_count_the_same_days_left(
    site: Site, files: dict[str, Application], comes: Callable[..., Visitor]
) -> None:
    """On the last day of a notice, which is still one of its days."""
    listed = files["employer_notice"].items.get(proceeding__kind="publicize").proceeding
    site.set_clock(datetime.combine(listed.ends_on, time(10), tzinfo=BEIJING))
    officer = comes("hospital_handler")
    officer.open(f"/office/publicity/{listed.pk}/")
    officer.sees("剩 1 个工作日")
    officer.follow("看公示页")
    officer.sees("剩 1 个工作日")
