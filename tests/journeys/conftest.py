"""The browser, the site and the people of a journey. Screenshots are kept in `var/journeys/`.

With `ALBUM=1` the walk over all pages keeps one of each as well.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from juxian.site.home import home
from tests.journeys.standing import Ground, Site, ground, standing
from tests.journeys.visitor import Visitor, visitor

LONGEST = ("test_pages_are_sound", "test_every_state_is_sound", "test_the_whole_road")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules first, so that no browser is left alone with one at the end."""
    place = {name: nth for nth, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that `CHROMIUM` names."""
    is_root = os.geteuid() == 0
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
            args=["--no-sandbox"] if is_root else [],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def shared_ground(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings: None,
    django_db_blocker,
) -> Iterator[Ground]:
    """After the browser, whose loop gives this thread another connection to the database."""
    with django_db_blocker.unblock(), ground(tmp_path_factory.mktemp("ground")) as made:
        yield made


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    shared_ground: Ground,
    django_db_blocker,
) -> Iterator[Site]:
    """A site of this module alone; it ends without an error in the server's log."""
    folder = tmp_path_factory.mktemp(request.module.__name__.rpartition(".test_")[2])
    with django_db_blocker.unblock(), standing(folder, shared_ground) as made:
        yield made
        assert "Traceback" not in made.log, made.log


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Path:
    """Where the pictures of this journey are kept; emptied when it begins."""
    folder = home() / "journeys" / request.node.name.removeprefix("test_")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


Comes = Callable[..., Visitor]


@pytest.fixture
def comes(browser: Browser, site: Site, album: Path) -> Iterator[Comes]:
    """Somebody comes to the site; with a login they sign in. Everybody leaves at the end."""
    with ExitStack() as guests:

        def somebody(login: str = "", **facts: object) -> Visitor:
            who = guests.enter_context(visitor(browser, site.address, album, **facts))
            if login:
                who.sign_in(login)
            return who

        yield somebody
