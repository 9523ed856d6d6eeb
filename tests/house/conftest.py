"""What every test of the house above the regulation starts from."""

import pytest

from tests.house.clock import set_clock
from tests.house.kept import once
from tests.house.world import FILING, World, build


@pytest.fixture(autouse=True)
def _evidence_kept_apart(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_DIR.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db) -> World:
    """Offices, people and an open cycle on 16 March 2020; see World for files on their way."""
    set_clock(FILING)
    made: World = once("world", build)
    made.keeps = True
    return made
