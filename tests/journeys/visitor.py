"""One person at one browser: what they press, fill in and see; what the browser complains about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.house.world import PASSWORD

DESKTOP = (1280, 900)
PHONE = (390, 844)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PATIENCE = 10_000  # milliseconds
LONG = 60_000  # for a picture of a whole long page on a busy machine
TOLD_TO_MEND = 422
ONLY_FAULTS = {"resultTypes": ["violations"]}  # axe then says no more of what is sound


@dataclass
class Visitor:
    """`album` is the folder of the pictures taken; `complaints` what should never have happened."""

    page: Page
    address: str
    album: Path
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.where}: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and f"status of {TOLD_TO_MEND}" not in message.text:
            self.complaints.append(f"{self.where}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.url}: {response.status}")

    @property
    def where(self) -> str:
        return self.page.url.removeprefix(self.address)

    def open(self, path: str) -> None:
        """Go to an address of the site, as from a bookmark."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        self.open("/accounts/login/")
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("口令").fill(password)
        self.press("登录")
        expect(self.page.locator("header details.menu")).to_be_visible()

    def press(self, label: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """The first button of that name, or of a name that has it in it."""
        (within or self.page).get_by_role("button", name=label, exact=exact).first.click()

    def leaves_by(self, label: str) -> None:
        """Press what sends the page's form, and wait for the page that comes."""
        with self.page.expect_navigation():
            self.press(label)

    def follow(self, label: str, *, within: Locator | None = None, exact: bool = True) -> None:
        (within or self.page).get_by_role("link", name=label, exact=exact).first.click()

    def fill(self, **given: Any) -> None:
        """Controls by their names: text, days and picks of a list."""
        for name, value in given.items():
            put(self.control(name), value)

    def control(self, name: str) -> Locator:
        return self.page.locator(f'main [name="{name}"]')

    def choose(self, name: str, value: str) -> None:
        """A radio button or a tick among several of the same name."""
        self.page.locator(f'main [name="{name}"][value="{value}"]').check()

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    def is_told(self, text: str) -> None:
        """A message at the top of the page, or the sentence of a refusal."""
        said = self.page.locator('[role="status"], [role="alert"]')
        expect(said.filter(has_text=text).first).to_be_visible()

    def is_whose_turn(self, text: str) -> None:
        """What the strip at the top of the page says."""
        expect(self.page.locator(".turn").first).to_contain_text(text)

    def downloads(self, link: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.follow(link)
        return Path(waiting.value.path()).read_bytes()

    def violations(self) -> list[dict[str, Any]]:
        """What axe finds wrong with the page as it is."""
        found: list[dict[str, Any]] = (
            Axe().run(self.page, options=ONLY_FAULTS).response["violations"]
        )
        return found

    def is_sound(self, state: str) -> None:
        """Nothing that axe finds, nothing beyond the edge of a phone; a picture of each size."""
        found = [
            (one["id"], [node["target"] for node in one["nodes"]]) for one in self.violations()
        ]
        assert found == [], state
        self.picture(state)
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert self.page.evaluate(TOO_WIDE) <= 0, state
        self.picture(f"手机{state}")
        assert size is not None
        self.page.set_viewport_size(size)

    def picture(self, name: str) -> None:
        """The whole page, for the album; the first of a name is enough."""
        if not any(self.album.glob(f"???-{name}.png")):
            self.page.wait_for_load_state("load")
            self.keep(f"{name}.png", self.page.screenshot(full_page=True, timeout=LONG))

    def keep(self, name: str, content: bytes) -> None:
        """A file for the album, numbered as it was made."""
        self.album.mkdir(parents=True, exist_ok=True)
        number = len(list(self.album.iterdir())) + 1
        (self.album / f"{number:03}-{name}").write_bytes(content)


def put(control: Locator, value: Any) -> None:
    """Type or pick the value, whatever the control is."""
    if control.first.evaluate("one => one.tagName") == "SELECT":
        pick(control, str(value))
    else:
        control.fill(str(value))


def pick(control: Locator, value: str) -> None:
    """From the menu; or, of a long list, by typing the code into the search over it."""
    search = control.evaluate("one => one.hidden ? one.id.replace(/-kept$/, '') : ''")
    if not search:
        control.select_option(value)
        return
    typed = control.page.locator(f"#{search}")
    typed.fill(value)
    expect(typed).to_have_attribute("aria-activedescendant", f"{search}-list-0")
    typed.press("Enter")
    expect(control).to_have_value(value)


@contextmanager
def visitor(
    browser: Browser,
    address: str,
    album: Path,
    *,
    size: tuple[int, int] = DESKTOP,
    javascript: bool = True,
) -> Iterator[Visitor]:
    """Somebody who comes with a browser of their own and leaves with nothing to complain about."""
    context = browser.new_context(
        base_url=address,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=javascript,
    )
    try:
        who = Visitor(context.new_page(), address, album)
        yield who
        assert who.complaints == [], who.complaints
    finally:
        context.close()
