"""Who sits at the desks of several tests."""

import pytest

from juxian.regulation.words import Role
from tests.house.desks.filled_pages import draft, full, me

__all__ = ["draft", "full", "me"]


@pytest.fixture
def supervisor(client, world):
    """The browser of a supervisor of the organiser."""
    world.add_officer("supervisor", "监督人员", "hr", Role.SUPERVISOR)
    client.force_login(world.supervisor)
    return client
