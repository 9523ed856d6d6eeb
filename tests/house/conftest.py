"""What every test of the house above the regulation starts from."""

import pytest

from tests.house.world import World, build


@pytest.fixture(autouse=True)
def _evidence_kept_apart(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_DIR.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db) -> World:
    """Offices, people and an open cycle on 16 March 2020; see World for files on their way."""
    return build()
